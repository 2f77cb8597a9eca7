/** A misbehaviour around the protocol that every user must survive. Only data. */
import type { ChainTrouble } from '../clients/flare/troubled-rpc.ts';
import type { FaultPlan } from '../devnet/fault-plan.ts';

/** How redemptions end while the fault is on, if nobody else interferes. */
export type RedemptionEnding = 'SUCCESSFUL' | 'DEFAULTED_UNCONFIRMED' | 'DEFAULTED_FAILED';

/** What a misbehaving agent may pay besides what is due; anything else stays a mismatch. */
export interface OddPayments {
  /** Exactly so much less than what is due. */
  readonly shortByDrops?: bigint;
  /** The same once more. */
  readonly twice?: boolean;
  readonly withoutReference?: boolean;
  /** Nothing that counts comes before the payment window is over. */
  readonly unpaid?: boolean;
  /** Late, short or failed, so that proving it makes the protocol pay collateral. */
  readonly endInDefault?: boolean;
}

/** Needs a network that can inject faults. The verdict on every step must stay `right`, none may be `unknown`. */
export interface Fault {
  readonly name: string;
  /** What goes wrong, in one sentence. */
  readonly story: string;
  /** Change of the devnet's fault plan; it comes on top of what is there. */
  readonly plan: FaultPlan;
  /** Trouble of users' transactions on their way to the chain. */
  readonly chain?: ChainTrouble;
  /** When a step begins, after the user's look, the price of XRP is shifted from the usual one by the next of these. */
  readonly priceShiftsBips?: readonly number[];
  /** When a step begins, after the user's look, the chain asks the next of these for a unit of gas. */
  readonly baseFeesWei?: readonly bigint[];
  readonly ending: RedemptionEnding;
  readonly payments?: OddPayments;
}
