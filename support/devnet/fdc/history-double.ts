/**
 * A ledger history for tests, written by hand: ledgers with made-up hashes, payments as the XRP Ledger prints them.
 *
 * Applies no rules and signs nothing; what a test says happened, happened.
 */
import type { Restorable, Restore } from '../clock.ts';
import type { LedgerHistory, ValidatedLedger, ValidatedTransaction } from '../ledger/history.ts';

export interface WrittenPayment {
  readonly hash: string;
  readonly from: string;
  readonly to: string;
  readonly amountDrops: bigint;
  readonly feeDrops: bigint;
  /** tesSUCCESS unless said otherwise. */
  readonly result?: string;
  readonly memos?: readonly (string | undefined)[];
  readonly destinationTag?: number;
  /** Drops that reach the receiver; the whole amount unless said otherwise. */
  readonly deliveredDrops?: bigint;
}

export class WrittenHistory implements LedgerHistory, Restorable {
  readonly #ledgers: ValidatedLedger[] = [];
  readonly #firstIndex: number;

  constructor(firstIndex: number) {
    this.#firstIndex = firstIndex;
  }

  /** Adds the next ledger and gives its index. */
  close(closeTimeS: number, payments: readonly WrittenPayment[] = []): number {
    const index = this.#firstIndex + this.#ledgers.length;
    const transactions = payments.map((payment, position) => validated(payment, index, position));
    this.#ledgers.push({ index, hash: hashOf(index), parentHash: hashOf(index - 1), closeTimeS, transactions });
    return index;
  }

  /** Closes empty ledgers, `intervalS` apart. */
  closeEmpty(count: number, intervalS: number): void {
    for (let closed = 0; closed < count; closed += 1) this.close((this.#ledgers.at(-1)?.closeTimeS ?? 0) + intervalS);
  }

  snapshot(): Promise<Restore> {
    const count = this.#ledgers.length;
    const restore = async () => void this.#ledgers.splice(count);
    return Promise.resolve(restore);
  }

  firstIndex(): number {
    return this.#firstIndex;
  }

  lastIndex(): number {
    return this.#firstIndex + this.#ledgers.length - 1;
  }

  ledgerByIndex(index: number): ValidatedLedger | undefined {
    return this.#ledgers[index - this.#firstIndex];
  }

  ledgerByHash(hash: string): ValidatedLedger | undefined {
    return this.#ledgers.find((ledger) => ledger.hash === hash);
  }

  transactionByHash(hash: string): ValidatedTransaction | undefined {
    return this.#ledgers.flatMap(({ transactions }) => transactions).find((transaction) => transaction.hash === hash);
  }
}

function hashOf(index: number): string {
  return index.toString(16).toUpperCase().padStart(64, 'A');
}

function validated(payment: WrittenPayment, ledgerIndex: number, transactionIndex: number): ValidatedTransaction {
  const { from, to, amountDrops, feeDrops, result = 'tesSUCCESS', memos, destinationTag } = payment;
  const delivered = result === 'tesSUCCESS' ? (payment.deliveredDrops ?? amountDrops) : 0n;
  return {
    hash: payment.hash.toUpperCase(),
    ledgerIndex,
    transactionIndex,
    transaction: {
      TransactionType: 'Payment',
      Account: from,
      Destination: to,
      Amount: amountDrops.toString(),
      Fee: feeDrops.toString(),
      ...(memos && {
        Memos: memos.map((data) => ({ Memo: data === undefined ? {} : { MemoData: data.toUpperCase() } })),
      }),
      ...(destinationTag !== undefined && { DestinationTag: destinationTag }),
    },
    metadata: {
      TransactionResult: result,
      AffectedNodes: [modified(from, -delivered - feeDrops), ...(delivered > 0n ? [modified(to, delivered)] : [])],
    },
  };
}

const BALANCE_BEFORE_DROPS = 1_000_000_000n;

function modified(Account: string, changeDrops: bigint): object {
  return {
    ModifiedNode: {
      LedgerEntryType: 'AccountRoot',
      FinalFields: { Account, Balance: (BALANCE_BEFORE_DROPS + changeDrops).toString() },
      PreviousFields: { Balance: BALANCE_BEFORE_DROPS.toString() },
    },
  };
}
