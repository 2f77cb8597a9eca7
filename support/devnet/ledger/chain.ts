/**
 * The chain of closed ledgers: append, look up, wind back.
 *
 * Each ledger keeps the state it closed with (ledgers without transactions share one) and knows the one before it, so
 * a snapshot is a reference to the tip, and going back to it costs what was closed since.
 */
import type { LedgerHeader } from './hashing.ts';
import type { LedgerHistory, ValidatedLedger, ValidatedTransaction } from './history.ts';
import type { State } from './state.ts';

export interface ClosedLedger {
  readonly ledger: ValidatedLedger;
  readonly header: LedgerHeader;
  readonly state: State;
  readonly previous: ClosedLedger | undefined;
}

export class Chain implements LedgerHistory {
  readonly #firstIndex: number;
  readonly #closed: ClosedLedger[] = [];
  readonly #indexByHash = new Map<string, number>();
  readonly #transactions = new Map<string, ValidatedTransaction>();

  constructor(genesis: ClosedLedger) {
    this.#firstIndex = genesis.ledger.index;
    this.append(genesis);
  }

  firstIndex(): number {
    return this.#firstIndex;
  }

  lastIndex(): number {
    return this.#firstIndex + this.#closed.length - 1;
  }

  /** The ledger closed last. */
  tip(): ClosedLedger {
    const tip = this.#closed.at(-1);
    if (tip === undefined) throw new Error('a chain holds its genesis ledger at least');
    return tip;
  }

  closedLedger(index: number): ClosedLedger | undefined {
    return this.#closed[index - this.#firstIndex];
  }

  ledgerByIndex(index: number): ValidatedLedger | undefined {
    return this.closedLedger(index)?.ledger;
  }

  ledgerByHash(hash: string): ValidatedLedger | undefined {
    const index = this.#indexByHash.get(hash.toUpperCase());
    return index === undefined ? undefined : this.ledgerByIndex(index);
  }

  transactionByHash(hash: string): ValidatedTransaction | undefined {
    return this.#transactions.get(hash.toUpperCase());
  }

  append(closed: ClosedLedger): void {
    this.#closed.push(closed);
    this.#indexByHash.set(closed.ledger.hash, closed.ledger.index);
    for (const transaction of closed.ledger.transactions) this.#transactions.set(transaction.hash, transaction);
  }

  /** Makes `tip`, once a ledger of this chain, its last ledger again. */
  returnTo(tip: ClosedLedger): void {
    const missing: ClosedLedger[] = [];
    let shared: ClosedLedger | undefined = tip;
    while (shared !== undefined && this.closedLedger(shared.ledger.index) !== shared) {
      missing.push(shared);
      shared = shared.previous;
    }
    if (shared === undefined) throw new Error('this ledger was never part of this chain');
    while (this.tip() !== shared) this.#dropTip();
    for (const closed of missing.toReversed()) this.append(closed);
  }

  #dropTip(): void {
    const { ledger } = this.tip();
    this.#closed.pop();
    this.#indexByHash.delete(ledger.hash);
    for (const { hash } of ledger.transactions) this.#transactions.delete(hash);
  }
}
