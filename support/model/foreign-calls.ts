/**
 * What others' transactions bring a user or take, by what their senders asked the contracts for: the amounts are computed from
 * that, never taken from the events that tell of them. A new kind is one entry.
 */
import type { Movement } from './statement.ts';

/** A transaction of somebody else's that moved money of the user's, as its sender asked for it. */
export interface ForeignCall {
  readonly hash: string;
  /** Address, lower-case. */
  readonly sender: string;
  /** Contract and function, such as `fAsset.transfer`. */
  readonly what: string;
  /** By name; addresses lower-case. */
  readonly args: Readonly<Record<string, string | bigint>>;
}

type Effect = Pick<Movement, 'account' | 'amount' | 'text'>;

/** Of a call on a user (EVM address, lower-case). */
const EFFECTS: Readonly<Record<string, (call: ForeignCall, user: string) => readonly Effect[]>> = {
  /** The receiver gets just what the sender asked for: transfers cost nothing but gas (FAsset.transfer, v1.3). */
  'fAsset.transfer': ({ sender, args: { to, amount } }, user) => (to === user ? [handedOn(sender, amount)] : []),
  'fAsset.transferFrom': ({ sender, args: { from, to, amount } }, user) =>
    to === user && from !== user ? [handedOn(sender, amount)] : [],
};

function handedOn(sender: string, amount: string | bigint | undefined): Effect {
  return { account: 'fAsset', amount: BigInt(amount ?? 0), text: `FAssets handed on by ${sender}` };
}

/** Movements of one user (EVM address, lower-case); a call of a kind that has no entry explains nothing. */
export function explainCalls(user: string, calls: readonly ForeignCall[]): Movement[] {
  return calls.flatMap((call) =>
    (EFFECTS[call.what]?.(call, user) ?? []).map((effect) => ({ ...effect, cause: 'background', source: call.hash })),
  );
}
