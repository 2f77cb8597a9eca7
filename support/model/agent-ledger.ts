/**
 * Compares an agent's ledger account with what the protocol has booked of it: which payments were proven, and how they must
 * have changed its underlying balance.
 */

/** A validated payment to or from an agent's account, but not to itself. */
export interface AgentPayment {
  /** Lower-case hex with 0x, as the protocol tells it. */
  readonly hash: string;
  /** Lower-case hex of its only memo, without 0x, where that is as long as a reference; else empty. */
  readonly reference: string;
  readonly isIncoming: boolean;
  /** 0 when it failed. */
  readonly deliveredDrops: bigint;
  readonly feeDrops: bigint;
}

/** An agent's account since the play began. */
export interface AgentLedger {
  readonly balanceDrops: bigint;
  readonly payments: readonly AgentPayment[];
}

/** Payments that the protocol has been shown. */
export interface BookedPayments {
  /** By their hashes: redemption payments, top-ups, payments of closed mintings. */
  readonly hashes: ReadonlySet<string>;
  /** Of executed mintings, by the payment reference: their event names no payment. */
  readonly minted: ReadonlyMap<string, MintedPayment>;
}

export interface MintedPayment {
  readonly dueDrops: bigint;
  /** The payment that the execution proved, where it is known: somebody else's can bear the same reference. */
  readonly provenHash: string | undefined;
}

/** What a payment takes from its sender: the amount and the fee, the fee alone when it failed. */
export const spentDrops = ({ deliveredDrops, feeDrops }: AgentPayment): bigint => deliveredDrops + feeDrops;

/**
 * The underlying balance that an agent must have: its account's balance, without unproven payments in, and with unproven
 * payments out added back. `offsetUba`: underlying balance − ledger balance when the play began.
 */
export function bookedBalanceUba(ledger: AgentLedger, booked: BookedPayments, offsetUba: bigint): bigint {
  const executed = new Set<string>();
  return ledger.payments.reduce((balanceUba, payment) => {
    const minted = booked.minted.get(payment.reference);
    // A payment that is too small executes nothing, and a second one for the same minting neither.
    const executes =
      payment.isIncoming &&
      minted !== undefined &&
      payment.deliveredDrops >= minted.dueDrops &&
      (minted.provenHash ?? payment.hash) === payment.hash &&
      !executed.has(payment.reference);
    if (executes) executed.add(payment.reference);
    if (executes || booked.hashes.has(payment.hash)) return balanceUba;
    return payment.isIncoming ? balanceUba - payment.deliveredDrops : balanceUba + spentDrops(payment);
  }, ledger.balanceDrops + offsetUba);
}
