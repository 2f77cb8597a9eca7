/**
 * The ways in which a network may misbehave on the way to and from a service, and which service knows which.
 */

import type { NodeLimit } from '../clients/flare/node-limits.ts';

export const SERVICES = ['chain', 'ledger', 'verifier', 'data-availability'] as const;
export type Service = (typeof SERVICES)[number];

/** What each kind does, and how often it is drawn against the others where nothing else is said. */
const KINDS = {
  delay: { weight: 20, does: 'the answer comes late' },
  'drop-before': { weight: 10, does: 'the connection breaks and the request never arrives' },
  'drop-after': { weight: 15, does: 'the request is done, its answer is lost' },
  duplicate: { weight: 10, does: 'the request arrives twice' },
  'too-many-requests': { weight: 8, does: 'HTTP 429 with Retry-After, or slowDown' },
  unavailable: { weight: 8, does: 'HTTP 503, or tooBusy' },
  garbage: { weight: 8, does: 'an answer that is not JSON' },
  truncated: { weight: 8, does: 'half an answer' },
  stale: { weight: 15, does: 'a node that lags some blocks or ledgers behind answers' },
  'out-of-order': { weight: 8, does: 'the answers of a batch in another order' },
  'foreign-answer': { weight: 5, does: 'the answer to somebody else’s request' },
  'socket-closed': { weight: 6, does: 'the server closes the websocket' },
  'socket-silent': { weight: 1, does: 'nothing comes through the websocket any more' },
  'server-error': { weight: 10, does: 'HTTP 500' },
  'not-found': { weight: 10, does: 'HTTP 404' },
  'proofs-late': { weight: 10, does: 'the layer does not have the round yet' },
  'log-range-limited': { weight: 0, does: 'the node gives the logs of so many blocks only' },
  'batch-limited': { weight: 0, does: 'the node takes so many calls in a batch only' },
  'history-pruned': { weight: 0, does: 'the node has forgotten the states of older blocks' },
  'rate-limited': { weight: 0, does: 'the node takes so many requests in a second only' },
} as const;

export type ChaosKind = keyof typeof KINDS;

const isKind = (name: string): name is ChaosKind => name in KINDS;

export const CHAOS_KINDS: readonly ChaosKind[] = Object.keys(KINDS).filter(isKind);

/** The kinds that may strike, each with its percentage. */
export const entriesOf = (rates: Rates): [ChaosKind, number][] =>
  CHAOS_KINDS.flatMap((kind): [ChaosKind, number][] => {
    const percent = rates[kind];
    return percent === undefined ? [] : [[kind, percent]];
  });

export const describeKind = (kind: ChaosKind): string => KINDS[kind].does;

/**
 * What a node always refuses, where it is told to: no matter of chance, and no trouble for whoever keeps within the limits of the
 * network's record.
 */
export const LIMIT_KINDS = {
  'log-range-limited': 'logBlocks',
  'batch-limited': 'batchCalls',
  'history-pruned': 'historyBlocks',
  'rate-limited': 'requestsPerS',
} as const satisfies Partial<Record<ChaosKind, NodeLimit>>;

export type LimitKind = keyof typeof LIMIT_KINDS;

export const limitKinds = CHAOS_KINDS.filter((kind): kind is LimitKind => kind in LIMIT_KINDS);

const OVER_HTTP = [
  'delay',
  'drop-before',
  'drop-after',
  'duplicate',
  'too-many-requests',
  'unavailable',
  'garbage',
  'truncated',
] as const;

/** Kinds that a service can misbehave in. */
export const KINDS_OF: Readonly<Record<Service, readonly ChaosKind[]>> = {
  chain: [...OVER_HTTP, 'stale', 'out-of-order', 'foreign-answer'],
  ledger: [...OVER_HTTP, 'stale', 'foreign-answer', 'socket-closed', 'socket-silent'],
  verifier: [...OVER_HTTP, 'server-error'],
  'data-availability': [...OVER_HTTP, 'not-found', 'proofs-late'],
};

/** Percent of a service's requests that each kind strikes; what is not named never does. */
export type Rates = Readonly<Partial<Record<ChaosKind, number>>>;

/** Lets so many percent of all requests of a service be struck, shared out by the usual weights. */
export function usualRates(percent: number): Readonly<Record<Service, Rates>> {
  const of = (service: Service): Rates => {
    const all = KINDS_OF[service].reduce((sum, kind) => sum + KINDS[kind].weight, 0);
    return Object.fromEntries(KINDS_OF[service].map((kind) => [kind, (percent * KINDS[kind].weight) / all]));
  };
  return {
    chain: of('chain'),
    ledger: of('ledger'),
    verifier: of('verifier'),
    'data-availability': of('data-availability'),
  };
}
