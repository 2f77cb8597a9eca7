/** What a network's public nodes allow, and how an answer says that it was too much. */
import type { Verdict } from '../verdict.ts';

/** A field that is missing stands for no limit. */
export interface NodeLimits {
  /** Blocks of one look at logs. */
  readonly logBlocks?: number;
  /** Calls of one batch. */
  readonly batchCalls?: number;
  /** Blocks back of which the state can be read. */
  readonly historyBlocks?: number;
  /** Requests a second; a batch is one. */
  readonly requestsPerS?: number;
}

export type NodeLimit = keyof NodeLimits;

const WORDS: Readonly<Record<NodeLimit, RegExp>> = {
  logBlocks: /too many blocks|block range|blocks? distance|range (is )?(too (large|wide)|exceed)/i,
  batchCalls: /batch.*(too large|limit|size|exceed|too many)|too many.*batch/i,
  historyBlocks: /missing trie node|historical state|state .*(not available|unavailable|pruned)|pruned/i,
  requestsPerS: /too many requests|rate limit|request limit|HTTP 429/i,
};
const IN_WORDS: Readonly<Record<NodeLimit, string>> = {
  logBlocks: 'logs of fewer blocks at once',
  batchCalls: 'fewer calls in a batch',
  historyBlocks: 'the state of newer blocks only',
  requestsPerS: 'fewer requests a second',
};

/** Which limit an error of a node tells of. */
export const limitIn = (message: string): NodeLimit | undefined =>
  (Object.keys(WORDS) as NodeLimit[]).find((limit) => WORDS[limit].test(message));

/** Which limit was met, and where the network's record says how wide it is. */
export function limitText(limit: NodeLimit, limits: NodeLimits): string {
  const known = limits[limit];
  return `the chain's nodes give ${IN_WORDS[limit]}: chain.limits.${limit} of the network's record is ${known ?? 'not set'}`;
}

/** A node refused because of its limits; to ask again would not help. Nothing was done. */
export class LimitMet extends Error implements Verdict {
  override name = 'LimitMet';
  readonly verdict = 'unknown';
  readonly kind = 'LimitMet';
}
