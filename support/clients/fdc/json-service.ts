/**
 * One REST service that speaks JSON, at one or more URLs: calls it, tries again where that can help, gives typed errors
 * where it cannot.
 *
 * A lost connection, a timeout, 429 and 5xx lead to the next URL, and after the last one to a pause, doubling each time
 * unless the server says how long. Knows nothing of the FDC.
 */
import { ServiceRefused, ServiceUnavailable } from './errors.ts';
import type { Waiter } from '../../units/waiter.ts';

export interface JsonServiceOptions {
  /** Equivalent base URLs, at least one; the first that works is kept. */
  readonly urls: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly waiter: Waiter;
  /** Real milliseconds for one call; 15 000 unless said otherwise. */
  readonly timeoutMs?: number;
  /** Rounds over all URLs; 5 unless said otherwise. */
  readonly tries?: number;
}

export interface JsonAnswer {
  readonly httpStatus: number;
  readonly text: string;
  readonly json: unknown;
}

type Failure = { readonly why: string; readonly retryAfterS: number | undefined };

export class JsonService {
  readonly #options: JsonServiceOptions;
  readonly #urls: readonly string[];
  /** Position of the URL in use. */
  #current = 0;

  constructor(options: JsonServiceOptions) {
    if (options.urls.length === 0) throw new RangeError('a service needs a URL');
    this.#options = options;
    this.#urls = options.urls.map((url) => url.replace(/\/+$/, ''));
  }

  /** Base URL in use. */
  get url(): string {
    return this.#urls[this.#current] ?? '';
  }

  /** The JSON of a 2xx answer. Throws ServiceRefused or ServiceUnavailable. */
  async get(path: string): Promise<unknown> {
    return this.accept(path, await this.send('GET', path));
  }

  /** As `get`, with a JSON body. */
  async post(path: string, body: unknown): Promise<unknown> {
    return this.accept(path, await this.send('POST', path, body));
  }

  /** The JSON of a 2xx answer, ServiceRefused for any other. */
  accept(path: string, answer: JsonAnswer): unknown {
    if (answer.httpStatus < 300) return answer.json;
    throw new ServiceRefused(this.url + path, answer.httpStatus, answer.text);
  }

  /** Any answer that trying again would not change, also a 4xx. Throws ServiceUnavailable. */
  async send(method: 'GET' | 'POST', path: string, body?: unknown): Promise<JsonAnswer> {
    const { waiter, tries = 5 } = this.#options;
    for (let attempt = 0; ; attempt += 1) {
      const answer = await this.#tryEveryUrl(method, path, body);
      if ('json' in answer) return answer;
      if (attempt === tries - 1) throw new ServiceUnavailable(`${answer.why}, ${tries} tries`);
      await waiter.sleepS(answer.retryAfterS ?? 2 ** attempt);
    }
  }

  async #tryEveryUrl(method: string, path: string, body: unknown): Promise<JsonAnswer | Failure> {
    const failures: Failure[] = [];
    while (failures.length < this.#urls.length) {
      const answer = await this.#try(method, path, body);
      if ('json' in answer) return answer;
      failures.push(answer);
      this.#current = (this.#current + 1) % this.#urls.length;
    }
    return { why: failures.map(({ why }) => why).join('; '), retryAfterS: failures[0]?.retryAfterS };
  }

  async #try(method: string, path: string, body: unknown): Promise<JsonAnswer | Failure> {
    const { headers, timeoutMs = 15_000 } = this.#options;
    const url = this.url + path;
    try {
      const response = await fetch(url, {
        method,
        headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.timeout(timeoutMs),
      });
      const text = await response.text();
      const { status: httpStatus } = response;
      if (httpStatus !== 429 && httpStatus < 500) return { httpStatus, text, json: parseJson(text) };
      const retryAfter = response.headers.get('retry-after') ?? '';
      const retryAfterS = /^\d+$/.test(retryAfter) ? Number(retryAfter) : undefined;
      return { why: `${url}: HTTP ${httpStatus} ${text.slice(0, 200)}`, retryAfterS };
    } catch (error) {
      return { why: `${url}: ${reasonOf(error)}`, retryAfterS: undefined };
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // an error page of a gateway: the caller has the text
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
