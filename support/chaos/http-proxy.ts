/**
 * A proxy in front of an HTTP service: passes every request on, except those that are struck. What only one kind of service
 * can do wrong is passed in (a lagging node, a layer without its proofs).
 */
import type http from 'node:http';
import { type Answer, type Exchange, type Forward, type Proxy, give, startProxy } from '../devnet/http/proxy.ts';
import type { Dice } from './dice.ts';
import type { ChaosKind, Service } from './kinds.ts';

/** What only this service can do wrong: the wrong answer, or undefined when the kind does not fit the request. */
export type OwnKinds = (kind: ChaosKind, exchange: Exchange, forward: Forward) => Promise<Answer | undefined>;

export interface HttpProxyOptions {
  readonly service: Service;
  /** The service behind; its path is kept. */
  readonly url: string;
  readonly dice: Dice;
  readonly ownKinds: OwnKinds;
  /** What the service always refuses: with which kind, if it does. */
  readonly refused?: (exchange: Exchange, forward: Forward) => Promise<Refused | undefined>;
}

export interface Refused {
  readonly kind: ChaosKind;
  readonly answer: Answer;
}

const LONGEST_DELAY_MS = 400;
const GARBAGE: Answer = { status: 200, headers: { 'content-type': 'text/html' }, body: '<html><body>Bad gateway' };

export const startHttpProxy = (options: HttpProxyOptions): Promise<Proxy> =>
  startProxy(`chaos before ${options.service}`, options.url, (exchange, forward, response) =>
    serve(options, forward, exchange, response),
  );

async function serve(
  { service, dice, ownKinds, refused }: HttpProxyOptions,
  forward: Forward,
  exchange: Exchange,
  response: http.ServerResponse,
): Promise<void> {
  const refusal = await refused?.(exchange, forward);
  if (refusal !== undefined) {
    dice.strike(refusal.kind);
    return give(response, refusal.answer);
  }
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

function giveHalf(response: http.ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.write(body.slice(0, Math.floor(body.length / 2)), () => response.destroy());
}
