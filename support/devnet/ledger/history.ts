/**
 * What the other parts of the devnet may see of the ledger: its validated history, read only.
 *
 * Hashes are upper-case hex as the XRP Ledger prints them. Times are Unix seconds (not Ripple time).
 */

export interface ValidatedTransaction {
  /** Transaction id, 64 upper-case hex digits. */
  readonly hash: string;
  readonly ledgerIndex: number;
  readonly transactionIndex: number;
  /** The signed transaction as API version 1 prints it (Amount in drops as a decimal string, Memos upper-case hex). */
  readonly transaction: Readonly<Record<string, unknown>>;
  /** Metadata with TransactionResult, AffectedNodes and, for successful payments, delivered_amount. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface ValidatedLedger {
  readonly index: number;
  readonly hash: string;
  readonly parentHash: string;
  readonly closeTimeS: number;
  readonly transactions: readonly ValidatedTransaction[];
}

export interface LedgerHistory {
  firstIndex(): number;
  lastIndex(): number;
  ledgerByIndex(index: number): ValidatedLedger | undefined;
  ledgerByHash(hash: string): ValidatedLedger | undefined;
  transactionByHash(hash: string): ValidatedTransaction | undefined;
}
