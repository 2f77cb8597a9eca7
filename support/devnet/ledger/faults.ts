/**
 * Faults that can be planted in the ledger while it runs, to see whether the suite finds them.
 *
 * With nothing set the ledger is right. A fault changes what is applied, never what is printed about it.
 */
import type { TecResult } from './engine-result.ts';
import type { TransactionJson } from './transaction-json.ts';

export interface LedgerFaults {
  /** Every transaction, or those of one type, pays its fee twice; the second one is destroyed as well. */
  chargeFeeTwice?: boolean | string;
  /** Payments for which this names a code fail with it, whatever their merit. */
  failPaymentsWith?: (payment: TransactionJson) => TecResult | undefined;
  /** Payments arrive this much short; the sender still pays the whole amount. The difference is destroyed. */
  deliverShortByDrops?: bigint;
  /** No ledger closes at such a time, Unix seconds. */
  isStalled?: (nowS: number) => boolean;
  /** As a ledger closes, its last two payments of different accounts take effect in the other order. */
  swapPayments?: boolean;
  /** Every fee is so many times the usual one: the ledger is busy. */
  feeFactor?: number;
  /** An account that takes any issued money for XRP, so that payments of it arrive: at most so much for each. */
  exchange?: { readonly account: string; readonly mostDrops: bigint };
  /** Accounts that refuse deposits get them all the same. */
  ignoreDepositAuth?: boolean;
}
