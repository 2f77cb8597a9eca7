/**
 * What a user pays for acting, from receipts and signed transactions: gas, FDC request fees, ledger fees.
 *
 * Entries are only ever added; a step takes those from its own mark on, so asking twice gives the same answer.
 */
import type { Receipt } from '../clients/flare/account.ts';
import type { FinalTransaction } from '../clients/xrpl/ledger-account.ts';
import type { Movement } from '../model/statement.ts';

export class CostBook {
  readonly #entries: Movement[] = [];
  readonly #transactions = new Set<string>();
  readonly #onBlock: (block: number) => void;

  /** `onBlock` is called with the block of each of the user's own EVM transactions. */
  constructor(onBlock: (block: number) => void = () => undefined) {
    this.#onBlock = onBlock;
  }

  /** Gas of one's own transaction, also of a reverted one. */
  gas(receipt: Receipt, what: string): void {
    this.#add('native', -receipt.gasCostWei, `gas of ${what}`, receipt.hash);
    this.#onBlock(receipt.blockNumber);
  }

  /** Fee that goes with an attestation request. */
  attestation(receipt: Receipt, feeWei: bigint): void {
    this.#add('native', -feeWei, 'fee of an attestation request', receipt.hash);
  }

  /** Fee of one's own ledger transaction: what was signed, once. */
  ledger(transaction: FinalTransaction, what: string): void {
    this.#add('xrp', -transaction.feeDrops, `ledger fee of ${what}`, transaction.hash);
  }

  /** Current position in the book; later entries belong to the step that took the mark. */
  mark(): number {
    return this.#entries.length;
  }

  since(mark: number): readonly Movement[] {
    return this.#entries.slice(mark);
  }

  /** Hashes of all own transactions on either chain, in order. */
  transactions(): ReadonlySet<string> {
    return this.#transactions;
  }

  #add(account: 'native' | 'xrp', amount: bigint, text: string, source: string): void {
    this.#transactions.add(source);
    this.#entries.push({ account, amount, cause: 'fee', text, source });
  }
}
