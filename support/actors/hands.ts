/**
 * What every actor uses: one user's keys, the network's contracts, a way to wait, and the book of costs.
 *
 * Each act that costs something goes through here, so no fee is forgotten.
 */
import type { AttestationProof, AttestationTypeName, RequestBodies } from '../clients/fdc/types.ts';
import { type EvmAccount, type Receipt, TransactionReverted } from '../clients/flare/account.ts';
import { erc20Interface } from '../clients/flare/interfaces.ts';
import type { ProtocolContracts } from '../clients/flare/contracts.ts';
import { type ReadValues, type Reads, blockTagOf, readAll } from '../clients/flare/reads.ts';
import type { Wei } from '../units/amounts.ts';
import type { Waiter } from '../units/waiter.ts';
import {
  type FinalTransaction,
  type LedgerAccount,
  LedgerFailed,
  type PaymentOrder,
} from '../clients/xrpl/ledger-account.ts';
import type { CostBook } from './costs.ts';

/** Proves something about the ledger; the fee of each request is reported through the cost book. */
export type Prove = <T extends AttestationTypeName>(type: T, body: RequestBodies[T]) => Promise<AttestationProof<T>>;

export interface HandsOptions {
  readonly evm: EvmAccount;
  readonly ledger: LedgerAccount;
  readonly contracts: ProtocolContracts;
  readonly waiter: Waiter;
  readonly costs: CostBook;
  readonly prove: Prove;
  readonly ledgerCloseS: number;
}

export class Hands {
  readonly contracts: ProtocolContracts;
  readonly waiter: Waiter;
  readonly costs: CostBook;
  readonly prove: Prove;
  readonly ledgerCloseS: number;
  readonly #evm: EvmAccount;
  readonly #ledger: LedgerAccount;

  constructor(options: HandsOptions) {
    this.contracts = options.contracts;
    this.waiter = options.waiter;
    this.costs = options.costs;
    this.prove = options.prove;
    this.ledgerCloseS = options.ledgerCloseS;
    this.#evm = options.evm;
    this.#ledger = options.ledger;
  }

  get evmAddress(): string {
    return this.#evm.address;
  }

  get ledgerAddress(): string {
    return this.#ledger.address;
  }

  /** Sends a transaction and books its gas, whether it succeeds or reverts. */
  async send(what: string, to: string, data: string, valueWei = 0n): Promise<Receipt> {
    try {
      const receipt = await this.#evm.send({ to, data, valueWei });
      this.costs.gas(receipt, what);
      return receipt;
    } catch (error) {
      if (error instanceof TransactionReverted) this.costs.gas(error.receipt, `${what}, reverted`);
      throw error;
    }
  }

  /** Hands an amount of an ERC-20 token on, in the token's smallest unit. */
  async transferToken(what: string, token: string, to: string, amount: bigint): Promise<void> {
    await this.send(what, token, erc20Interface.encodeFunctionData('transfer', [to, amount]));
  }

  /** Values at the newest block, in one round trip. */
  async read<R extends Reads>(reads: R): Promise<ReadValues<R>> {
    return readAll(this.#evm.rpc, 'latest', reads);
  }

  /** Time of a block, Unix seconds. */
  async blockTimeS(block: number): Promise<bigint> {
    const head = await this.#evm.rpc.call<{ timestamp: string }>('eth_getBlockByNumber', [blockTagOf(block), false]);
    return BigInt(head.timestamp);
  }

  /** Pays on the ledger and books the fee; a payment that ends in a tec code is an error, its fee is booked. */
  async pay(what: string, order: PaymentOrder): Promise<FinalTransaction> {
    const payment = await this.#ledger.pay(order, this.waiter);
    this.costs.ledger(payment, what);
    if (payment.result !== 'tesSUCCESS') throw new LedgerFailed(what, payment.result);
    return payment;
  }

  /**
   * Sends the whole native balance minus gas; returns what arrived, or undefined when the balance does not cover the gas.
   */
  async sweepNative(what: string, to: string): Promise<Wei | undefined> {
    const sent = await this.#evm.sweep(to);
    if (sent !== undefined) this.costs.gas(sent.receipt, what);
    return sent?.amountWei;
  }

  /** Sets or clears a flag of the user's ledger account and books the fee; as with payments, a tec code is an error. */
  async setLedgerFlag(what: string, flag: number, on: boolean): Promise<FinalTransaction> {
    const transaction = await this.#ledger.setFlag(flag, on, this.waiter);
    this.costs.ledger(transaction, what);
    if (transaction.result !== 'tesSUCCESS') throw new LedgerFailed(what, transaction.result);
    return transaction;
  }
}
