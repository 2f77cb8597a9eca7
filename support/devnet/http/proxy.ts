/** Stands before an HTTP service on the loopback interface: what is asked can be passed on, answered otherwise or not at all. */
import type http from 'node:http';
import { type HttpRequest, startRawServer } from './http-server.ts';

export interface Exchange {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Forward = (exchange: Exchange) => Promise<Answer>;

export interface Proxy {
  readonly url: string;
  stop(): Promise<void>;
}

/** More than any service behind takes. */
const BODY_LIMIT_BYTES = 4_000_000;

/** Stands before `url` as `name`; `answer` gives each exchange its response. */
export async function startProxy(
  name: string,
  target: string,
  answer: (exchange: Exchange, forward: Forward, response: http.ServerResponse) => Promise<void>,
): Promise<Proxy> {
  const { origin, pathname } = new URL(target);
  const forward: Forward = (exchange) => passOn(origin, exchange);
  const server = await startRawServer({ owner: name, bodyLimitBytes: BODY_LIMIT_BYTES }, (request, response) =>
    // The service behind does not answer, so neither does the proxy.
    answer(exchangeOf(request), forward, response).catch(() => void response.destroy()),
  );
  return { url: server.url + (pathname === '/' ? '' : pathname), stop: () => server.stop() };
}

function exchangeOf({ method, target, headers, text }: HttpRequest): Exchange {
  const kept = Object.entries(headers).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && !HOP_HEADERS.has(entry[0]),
  );
  return { method, path: target, headers: Object.fromEntries(kept), body: text };
}

/** Of this connection only, not of the one behind; an Origin was judged by this side's Host. */
const HOP_HEADERS = new Set([
  'host',
  'origin',
  'sec-fetch-site',
  'connection',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
]);

async function passOn(origin: string, { method, path, headers, body }: Exchange): Promise<Answer> {
  const response = await fetch(origin + path, { method, headers, body: method === 'GET' ? null : body });
  const kept = ['content-type', 'retry-after'].flatMap((name) => {
    const value = response.headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return { status: response.status, headers: Object.fromEntries(kept), body: await response.text() };
}

export function give(response: http.ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
