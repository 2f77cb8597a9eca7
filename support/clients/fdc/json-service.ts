/**
 * One JSON REST service at one or more URLs: calls it, retries where that can help, and throws typed errors where it
 * cannot.
 *
 * A lost connection, a timeout, 429, 5xx and a success that is not JSON lead to the next URL, and after the last one to a
 * pause that doubles each time unless the server says how long. Pauses are in the network's time, so that they repeat where
 * it is virtual.
 */
import { createHash } from 'node:crypto';
import { Endpoints, TransientFailure, publicUrl, retryAfterMsOf } from '../endpoints.ts';
import { ServiceRefused } from './errors.ts';
import type { Waiter } from '../../units/waiter.ts';

export interface JsonServiceOptions {
  /** Name for people in errors; `service` unless said otherwise. */
  readonly name?: string;
  /** Equivalent base URLs, at least one; the first that works is kept. */
  readonly urls: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly waiter: Waiter;
  /** Real milliseconds for one call; 15 000 unless said otherwise. */
  readonly timeoutMs?: number;
  /** Rounds over all URLs; 5 unless said otherwise. */
  readonly tries?: number;
}

export interface SendOptions {
  /** Statuses below 500, besides 429, that may pass. */
  readonly passing?: readonly number[];
}

export interface JsonAnswer {
  readonly httpStatus: number;
  readonly text: string;
  readonly json: unknown;
}

const FIRST_PAUSE_MS = 1000;

export class JsonService {
  readonly #options: JsonServiceOptions;
  readonly #endpoints: Endpoints;

  constructor(options: JsonServiceOptions) {
    this.#options = options;
    this.#endpoints = new Endpoints({
      service: options.name ?? 'service',
      urls: options.urls.map((url) => url.replace(/\/+$/, '')),
      tries: options.tries ?? 5,
      firstPauseMs: FIRST_PAUSE_MS,
      // Virtual time goes by in whole seconds.
      pause: (milliseconds) => options.waiter.sleepS(Math.ceil(milliseconds / 1000)),
    });
  }

  /** Base URL in use. */
  get url(): string {
    return this.#endpoints.url;
  }

  /** The JSON of a 2xx answer. Throws ServiceRefused or ServiceUnavailable. */
  async get(path: string, options: SendOptions = {}): Promise<unknown> {
    return this.accept(path, await this.send('GET', path, undefined, options));
  }

  /** As `get`, with a JSON body. */
  async post(path: string, body: unknown): Promise<unknown> {
    return this.accept(path, await this.send('POST', path, body));
  }

  /** The JSON of a 2xx answer, ServiceRefused for any other. */
  accept(path: string, answer: JsonAnswer): unknown {
    if (answer.httpStatus < 300) return answer.json;
    throw new ServiceRefused(publicUrl(this.url + path), answer.httpStatus, answer.text);
  }

  /** Any answer that a retry would not change, a 4xx too. Throws ServiceUnavailable. */
  async send(method: 'GET' | 'POST', path: string, body?: unknown, options: SendOptions = {}): Promise<JsonAnswer> {
    const text = body === undefined ? null : JSON.stringify(body);
    return this.#endpoints.ask(
      (url) => this.#try(method, url + path, text, options.passing ?? []),
      repeatable(path + (text ?? '')),
    );
  }

  async #try(method: string, url: string, body: string | null, passing: readonly number[]): Promise<JsonAnswer> {
    const { headers, timeoutMs = 15_000 } = this.#options;
    const where = publicUrl(url);
    const response = await fetchText(url, {
      method,
      headers: { ...headers, ...(body !== null && { 'content-type': 'application/json' }) },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response instanceof Error) throw new TransientFailure(`${where}: ${reasonOf(response)}`, { cause: response });
    const { httpStatus, text, retryAfter } = response;
    const json = parseJson(text);
    if (httpStatus === 429 || httpStatus >= 500 || passing.includes(httpStatus)) {
      const retryAfterMs = retryAfterMsOf(retryAfter);
      throw new TransientFailure(`${where}: HTTP ${httpStatus} ${text.slice(0, 200)}`, { retryAfterMs });
    }
    if (httpStatus < 300 && json === undefined)
      throw new TransientFailure(`${where}: the answer is not JSON: ${text.slice(0, 200)}`);
    return { httpStatus, text, json };
  }
}

interface TextAnswer {
  readonly httpStatus: number;
  readonly text: string;
  readonly retryAfter: string | null;
}

/** The whole answer, or why there is none. */
async function fetchText(url: string, request: RequestInit): Promise<TextAnswer | Error> {
  try {
    const response = await fetch(url, request);
    return {
      httpStatus: response.status,
      text: await response.text(),
      retryAfter: response.headers.get('retry-after'),
    };
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Numbers from 0 to 1, different for different requests and always the same for the same one, so that a run repeats. */
function repeatable(request: string): () => number {
  let drawn = 0;
  return () => {
    const digest = createHash('sha256').update(`${drawn++} ${request}`).digest();
    return digest.readUInt32BE(0) / 2 ** 32;
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // an error page of a gateway: the caller has the text
  }
}

function reasonOf(error: Error): string {
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
