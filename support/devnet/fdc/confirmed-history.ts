/**
 * The part of the ledger that a verifier may see: ledgers that have enough ledgers above them.
 *
 * Ledger N is visible once the tip is at least N + confirmations. Holds no state of its own, so that putting the
 * ledger back needs nothing here.
 */
import type { LedgerHistory, ValidatedLedger, ValidatedTransaction } from '../ledger/history.ts';

export class ConfirmedHistory {
  readonly confirmations: number;
  readonly #history: LedgerHistory;

  constructor(history: LedgerHistory, confirmations: number) {
    this.#history = history;
    this.confirmations = confirmations;
  }

  firstIndex(): number {
    return this.#history.firstIndex();
  }

  /** Highest visible ledger; below firstIndex() while there is none. */
  lastIndex(): number {
    return this.#history.lastIndex() - this.confirmations;
  }

  tip(): ValidatedLedger {
    return this.#present(this.#history.lastIndex());
  }

  ledger(index: number): ValidatedLedger | undefined {
    return index >= this.firstIndex() && index <= this.lastIndex() ? this.#present(index) : undefined;
  }

  /** By hash in either case, with or without 0x. */
  ledgerByHash(hash: string): ValidatedLedger | undefined {
    const ledger = this.#history.ledgerByHash(ledgerHex(hash));
    return ledger && this.ledger(ledger.index);
  }

  /** By transaction id in either case, with or without 0x. */
  transaction(hash: string): ValidatedTransaction | undefined {
    const found = this.#history.transactionByHash(ledgerHex(hash));
    return found && this.ledger(found.ledgerIndex) ? found : undefined;
  }

  /** Transactions of the visible ledgers from..to, both included, in ledger order. */
  *transactions(from: number, to: number): Generator<ValidatedTransaction> {
    const last = Math.min(to, this.lastIndex());
    for (let index = Math.max(from, this.firstIndex()); index <= last; index += 1) {
      yield* this.#present(index).transactions;
    }
  }

  /** Lowest visible ledger whose number is above `index` and whose close time is after `timeS`. */
  firstAfter(index: number, timeS: number): ValidatedLedger | undefined {
    const found = this.#lowest((ledger) => ledger.closeTimeS > timeS);
    return this.ledger(Math.max(found, index + 1));
  }

  /** Highest visible ledger that closed before `timeS`. */
  lastBefore(timeS: number): ValidatedLedger | undefined {
    return this.ledger(this.#lowest((ledger) => ledger.closeTimeS >= timeS) - 1);
  }

  /** Index of the lowest visible ledger that passes, one above the last if none does; close times only rise. */
  #lowest(passes: (ledger: ValidatedLedger) => boolean): number {
    let low = this.firstIndex();
    let high = this.lastIndex() + 1;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (passes(this.#present(middle))) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #present(index: number): ValidatedLedger {
    const ledger = this.#history.ledgerByIndex(index);
    if (ledger === undefined) throw new Error(`the ledger history has no ledger ${index}`);
    return ledger;
  }
}

function ledgerHex(hash: string): string {
  return hash.replace(/^0x/i, '').toUpperCase();
}
