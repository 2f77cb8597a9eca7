/**
 * A proxy in front of an HTTP service: passes every request on, except those that are struck. What only one kind of service
 * can do wrong is passed in (a lagging node, a layer without its proofs).
 */
import type http from 'node:http';
import { type HttpRequest, startRawServer } from '../devnet/http/http-server.ts';
import type { Dice } from './dice.ts';
import type { ChaosKind, Service } from './kinds.ts';

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

/** What only this service can do wrong: the wrong answer, or undefined when the kind does not fit the request. */
export type OwnKinds = (kind: ChaosKind, exchange: Exchange, forward: Forward) => Promise<Answer | undefined>;

export interface HttpProxyOptions {
  readonly service: Service;
  /** The service behind; its path is kept. */
  readonly url: string;
  readonly dice: Dice;
  readonly ownKinds: OwnKinds;
}

export interface Proxy {
  readonly url: string;
  stop(): Promise<void>;
}

const LONGEST_DELAY_MS = 400;
/** More than any service behind takes. */
const BODY_LIMIT_BYTES = 4_000_000;
const GARBAGE: Answer = { status: 200, headers: { 'content-type': 'text/html' }, body: '<html><body>Bad gateway' };

export const startHttpProxy = (options: HttpProxyOptions): Promise<Proxy> =>
  startProxy(`chaos before ${options.service}`, options.url, (exchange, forward, response) =>
    serve(options, forward, exchange, response),
  );

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

async function serve(
  { service, dice, ownKinds }: HttpProxyOptions,
  forward: Forward,
  exchange: Exchange,
  response: http.ServerResponse,
): Promise<void> {
  const kind = dice.draw(service, exchange.path + exchange.body);
  if (kind === undefined) return give(response, await forward(exchange));
  const own = await ownKinds(kind, exchange, forward);
  const act = OVER_HTTP[kind];
  if (own === undefined && act === undefined) {
    dice.spare();
    return give(response, await forward(exchange));
  }
  dice.strike(kind);
  if (own !== undefined) return give(response, own);
  await act?.({ response, send: () => forward(exchange), delayMs: dice.between(service, 20, LONGEST_DELAY_MS) });
}

interface Strike {
  readonly response: http.ServerResponse;
  /** Passes the request on. */
  readonly send: () => Promise<Answer>;
  readonly delayMs: number;
}

/** What can be done to any HTTP service. */
const OVER_HTTP: Readonly<Partial<Record<ChaosKind, (strike: Strike) => Promise<void> | void>>> = {
  delay: async ({ response, send, delayMs }) => {
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    give(response, await send());
  },
  'drop-before': ({ response }) => void response.destroy(),
  'drop-after': async ({ response, send }) => {
    await send();
    response.destroy();
  },
  duplicate: async ({ response, send }) => {
    await send();
    give(response, await send());
  },
  'too-many-requests': ({ response }) =>
    give(response, { status: 429, headers: { 'retry-after': '1' }, body: 'too many requests' }),
  unavailable: ({ response }) => give(response, { status: 503, headers: {}, body: 'service unavailable' }),
  garbage: ({ response }) => give(response, GARBAGE),
  truncated: async ({ response, send }) => giveHalf(response, await send()),
};

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

function giveHalf(response: http.ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.write(body.slice(0, Math.floor(body.length / 2)), () => response.destroy());
}
