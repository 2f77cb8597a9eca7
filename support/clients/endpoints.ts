/**
 * What clients do when a service fails: they try its next endpoint at once, then after growing pauses, and finally throw an
 * error that says who failed, how often and why. The caller knows what may be asked twice and what counts as failing.
 */
import type { Verdict } from './verdict.ts';

/** The service failed in a way that may pass, here or at another endpoint. */
export class TransientFailure extends Error implements Verdict {
  override name = 'TransientFailure';
  readonly verdict = 'unknown';
  readonly kind: string = 'TransientFailure';
  /** Milliseconds to wait before asking again, if the service says so. */
  readonly retryAfterMs: number | undefined;
  constructor(message: string, options: { retryAfterMs?: number | undefined; cause?: unknown } = {}) {
    super(message, options);
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** A service could not be reached or kept failing, and all tries are used up. */
export class ServiceUnavailable extends Error implements Verdict {
  override name = 'ServiceUnavailable';
  readonly verdict = 'unknown';
  readonly kind = 'ServiceUnavailable';
}

export interface EndpointsOptions {
  /** Name for people, such as `chain`. */
  readonly service: string;
  /** Equivalent URLs, at least one, the preferred first. */
  readonly urls: readonly string[];
  /** Rounds over all URLs. */
  readonly tries: number;
  /** Length of the first pause; each is twice as long as the one before. */
  readonly firstPauseMs: number;
  /** Ends early, without an error, when the signal is aborted. */
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

const LONGEST_PAUSE_MS = 10_000;
/** Longest wait that a server can ask for. */
const LONGEST_RETRY_AFTER_MS = 60_000;
/** Real time after which no further round begins. */
const GIVE_UP_AFTER_MS = 180_000;
/** Real time after which the preferred endpoint is tried again. */
const COME_BACK_AFTER_MS = 30_000;

export class Endpoints {
  readonly #options: EndpointsOptions;
  readonly #closing = new AbortController();
  #current = 0;
  #leftFirstAtMs = 0;

  constructor(options: EndpointsOptions) {
    if (options.urls.length === 0) throw new RangeError(`${options.service}: a service needs a URL`);
    this.#options = options;
  }

  /** The URL in use. */
  get url(): string {
    return this.#options.urls[this.#current] ?? '';
  }

  /** From now on failures are not retried, not even of calls under way: nobody waits for a network that was left. */
  close(): void {
    this.#closing.abort();
  }

  /**
   * Returns what `act` gives at the first endpoint where it does not throw a TransientFailure; other errors are passed on.
   * Each round tries each endpoint once, whoever else asks meanwhile. `random` spreads the pauses of clients that failed
   * together. Throws ServiceUnavailable.
   */
  async ask<T>(act: (url: string) => Promise<T>, random: () => number = Math.random): Promise<T> {
    const { tries, firstPauseMs, pause } = this.#options;
    const { signal } = this.#closing;
    const startMs = performance.now();
    this.#comeBack();
    for (let round = 0; ; round += 1) {
      let retryAfterMs: number | undefined;
      let last: TransientFailure | undefined;
      for (const [at, url] of this.#round()) {
        try {
          return await act(url);
        } catch (error) {
          if (!(error instanceof TransientFailure)) throw error;
          last = error;
          retryAfterMs ??= error.retryAfterMs;
          this.#moveOnFrom(at);
        }
      }
      if (round + 1 >= tries || performance.now() - startMs > GIVE_UP_AFTER_MS) throw this.#gaveUp(round + 1, last);
      if (!signal.aborted) await pause(pauseMs(round, firstPauseMs, retryAfterMs, random), signal);
      if (signal.aborted) throw this.#gaveUp(round + 1, last);
    }
  }

  /** Every endpoint with its index, the current one first. */
  #round(): [number, string][] {
    const all = [...this.#options.urls.entries()];
    return [...all.slice(this.#current), ...all.slice(0, this.#current)];
  }

  /** Unless another caller has moved on already. */
  #moveOnFrom(failed: number): void {
    if (failed !== this.#current) return;
    if (failed === 0) this.#leftFirstAtMs = performance.now();
    this.#current = (failed + 1) % this.#options.urls.length;
  }

  #comeBack(): void {
    if (this.#current !== 0 && performance.now() - this.#leftFirstAtMs > COME_BACK_AFTER_MS) this.#current = 0;
  }

  #gaveUp(rounds: number, last: TransientFailure | undefined): ServiceUnavailable {
    const { service, urls } = this.#options;
    const tries = `${rounds} ${rounds === 1 ? 'try' : 'tries'}`;
    const places = urls.map(publicUrl).join(', ');
    return new ServiceUnavailable(`${service} at ${places}: ${last?.message}, ${tries}`, { cause: last });
  }
}

/** Between half and all of a pause that doubles each time, or as long as the server says. */
function pauseMs(round: number, firstPauseMs: number, retryAfterMs: number | undefined, random: () => number): number {
  if (retryAfterMs !== undefined) return Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS);
  const wholeMs = Math.min(firstPauseMs * 2 ** round, LONGEST_PAUSE_MS);
  return wholeMs * (0.5 + random() / 2);
}

/** Pauses in real time; such failures have nothing to do with the network's time. */
export const realPause = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end);
  });

/** Milliseconds of a Retry-After header, as seconds or as a date; undefined when it says neither. */
export function retryAfterMsOf(header: string | null | undefined): number | undefined {
  if (header === null || header === undefined || header === '') return undefined;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const atMs = Date.parse(header);
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - Date.now());
}

/** A URL without what may be secret: credentials, query, and parts of the path that are long enough to be keys. */
export function publicUrl(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname.replace(/[^/]{24,}/g, '…').replace(/\/$/, '')}`;
}
