/**
 * What only one kind of HTTP service can do wrong: nodes that lag or mix up answers, a verifier in trouble, a
 * data-availability layer without its proofs.
 */
import type { Dice } from './dice.ts';
import type { Answer } from '../devnet/http/proxy.ts';
import type { NodeLimits } from '../clients/flare/node-limits.ts';
import { LimitedNode } from '../devnet/chain/limited-node.ts';
import type { HttpProxyOptions, OwnKinds } from './http-proxy.ts';
import { LIMIT_KINDS, type LimitKind } from './kinds.ts';
import { answerLate, parseRequests } from './lagging-node.ts';

/** Blocks that a lagging node is behind, at most. */
const MOST_BEHIND = 3;
const JSON_HEADERS = { 'content-type': 'application/json' };

export const chainKinds =
  (dice: Dice): OwnKinds =>
  async (kind, exchange, forward) => {
    if (kind === 'stale') return answerLate(exchange, forward, dice.between('chain', 1, MOST_BEHIND));
    if (kind === 'out-of-order') {
      if (!Array.isArray(parseRequests(exchange.body))) return undefined;
      const answer = await forward(exchange);
      const answers: unknown[] = JSON.parse(answer.body);
      return { ...answer, body: JSON.stringify(answers.toReversed()) };
    }
    if (kind !== 'foreign-answer') return undefined;
    const answer = await forward(exchange);
    const answers: object | object[] = JSON.parse(answer.body);
    const foreign = [answers].flat().map((one) => ({ ...one, id: 1_000_000_007 }));
    return { ...answer, body: JSON.stringify(foreign) };
  };

/** A node with these limits. */
export function chainLimits(kinds: readonly LimitKind[], limits: NodeLimits): NonNullable<HttpProxyOptions['refused']> {
  const node = new LimitedNode(limits);
  return async (exchange, forward) => {
    for (const kind of kinds) {
      const answer = await node.refusal(LIMIT_KINDS[kind], exchange, forward);
      if (answer !== undefined) return { kind, answer };
    }
    return undefined;
  };
}

export const verifierKinds: OwnKinds = (kind) =>
  Promise.resolve(kind === 'server-error' ? { status: 500, headers: {}, body: 'internal error' } : undefined);

const NO_PROOF: Answer = { status: 400, headers: JSON_HEADERS, body: '{"error":"attestation request not found"}' };

export const dataAvailabilityKinds: OwnKinds = async (kind, exchange, forward) => {
  if (kind === 'not-found') return { status: 404, headers: {}, body: 'not found' };
  if (kind !== 'proofs-late') return undefined;
  if (exchange.path.includes('proof')) return NO_PROOF;
  if (!exchange.path.endsWith('/fsp/status')) return undefined;
  const answer = await forward(exchange);
  const status: { latest_fdc: { voting_round_id: number } } = JSON.parse(answer.body);
  const late = {
    ...status,
    latest_fdc: { ...status.latest_fdc, voting_round_id: status.latest_fdc.voting_round_id - 1 },
  };
  return { ...answer, body: JSON.stringify(late) };
};
