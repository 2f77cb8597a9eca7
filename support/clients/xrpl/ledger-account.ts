/**
 * One key on the XRP Ledger: signs, submits, waits until the outcome is final. Fees it pays are reported exactly. What
 * became of a transaction is found out in settle-ledger.ts.
 */
import { type SubmittableTransaction, Wallet } from 'xrpl';
import { uba, type Uba } from '../../units/amounts.ts';
import type { Waiter } from '../../units/waiter.ts';
import { type Journal, type SignedTransaction, noJournal } from '../journal.ts';
import { OneAtATime } from '../one-at-a-time.ts';
import type { LedgerClient, ValidatedResult } from './ledger-client.ts';
import { LEDGERS_TO_LIVE, fateOf, settleTransaction } from './settle-ledger.ts';

export interface PaymentOrder {
  readonly destination: string;
  readonly amountDrops: bigint;
  /** 64 hex digits with or without 0x; the payment's only memo. */
  readonly reference?: string;
  readonly destinationTag?: number;
}

/** A transaction whose fate is final. */
export interface FinalTransaction {
  readonly hash: string;
  readonly ledger: number;
  /** tesSUCCESS or a tec code; both have paid the fee. */
  readonly result: string;
  readonly feeDrops: Uba;
}

/** The server refused the transaction and did not keep it: nothing was spent. */
export class LedgerRefused extends Error {
  readonly result: string;
  constructor(what: string, result: string) {
    super(`${what}: the ledger refused it with ${result}`);
    this.name = 'LedgerRefused';
    this.result = result;
  }
}

/** Signed anew each time, the transaction never got into a ledger in time: nothing was spent. */
export class LedgerExpired extends Error {
  override name = 'LedgerExpired';
}

/** Times a transaction is signed, each after the one before is certainly dead. */
const MAX_SIGNINGS = 3;
/** The most that is offered as a fee; beyond it the transaction waits for better times. */
const MAX_FEE_DROPS = 100_000n;
/** Over the open ledger's fee, as xrpl.js does: a fifth more, rounded up. */
const withCushion = (feeDrops: bigint): bigint => (feeDrops * 12n + 9n) / 10n;

interface Signed {
  readonly transaction: SignedTransaction;
  readonly feeDrops: Uba;
}

export class LedgerAccount {
  readonly address: string;
  readonly #wallet: Wallet;
  readonly #client: LedgerClient;
  readonly #closeS: number;
  readonly #journal: Journal;
  readonly #submitting = new OneAtATime();
  /** Submitted, but the servers could not be asked any more what became of them. */
  #unsettled: SignedTransaction[] = [];

  constructor(client: LedgerClient, seed: string, closeS: number, journal: Journal = noJournal) {
    this.#client = client;
    this.#wallet = Wallet.fromSeed(seed);
    this.address = this.#wallet.classicAddress;
    this.#closeS = closeS;
    this.#journal = journal;
  }

  /** Pays XRP. Throws LedgerRefused or LedgerExpired when the payment is certainly not in any ledger. */
  async pay(order: PaymentOrder, waiter: Waiter): Promise<FinalTransaction> {
    return this.#submitFinal(
      {
        TransactionType: 'Payment',
        Account: this.address,
        Destination: order.destination,
        Amount: order.amountDrops.toString(),
        ...(order.destinationTag === undefined ? {} : { DestinationTag: order.destinationTag }),
        ...(order.reference === undefined ? {} : { Memos: [memo(order.reference)] }),
      },
      waiter,
    );
  }

  /** Sets or clears an account flag (AccountSet SetFlag / ClearFlag). */
  async setFlag(flag: number, on: boolean, waiter: Waiter): Promise<FinalTransaction> {
    const change = on ? { SetFlag: flag } : { ClearFlag: flag };
    return this.#submitFinal({ TransactionType: 'AccountSet', Account: this.address, ...change }, waiter);
  }

  /** Forgets what was submitted; needed after the ledger was put back. */
  forget(): void {
    this.#unsettled = [];
  }

  async #submitFinal(fields: SubmittableTransaction, waiter: Waiter): Promise<FinalTransaction> {
    // Nothing new is signed before everything older is certain; else one act could happen twice.
    for (let earlier = this.#unsettled.shift(); earlier !== undefined; earlier = this.#unsettled.shift())
      await this.#settle(earlier, waiter, false);
    for (let signings = 0; signings < MAX_SIGNINGS; signings += 1) {
      // Only up to here one after the other: while one waits for its ledger, the next may be on its way.
      const { transaction, feeDrops } = await this.#submitting.run(() => this.#signAndSubmit(fields));
      const final = await this.#settle(transaction, waiter, true);
      if (final !== undefined) return { hash: transaction.hash, ledger: final.ledger, result: final.result, feeDrops };
    }
    throw new LedgerExpired(`${fields.TransactionType} of ${this.address} expired ${MAX_SIGNINGS} times`);
  }

  async #settle(
    transaction: SignedTransaction,
    waiter: Waiter,
    isSubmitted: boolean,
  ): Promise<ValidatedResult | undefined> {
    const pursuit = { waiter, closeS: this.#closeS, isSubmitted };
    const final = await this.#orUnsettled(transaction, settleTransaction(this.#client, transaction, pursuit));
    this.#journal.final(transaction.hash, fateOf(final));
    return final;
  }

  async #signAndSubmit(fields: SubmittableTransaction): Promise<Signed> {
    const signed = await this.#sign(fields);
    const { transaction } = signed;
    this.#journal.signed(transaction);
    const result = await this.#orUnsettled(transaction, this.#client.submit(transaction.raw));
    if (!isCertainlyDead(result)) return signed;
    this.#journal.final(transaction.hash, 'dead');
    throw new LedgerRefused(fields.TransactionType, result);
  }

  /** What it gives; when it fails, the transaction's fate is still to be found out. */
  async #orUnsettled<T>(transaction: SignedTransaction, asking: Promise<T>): Promise<T> {
    try {
      return await asking;
    } catch (error) {
      this.#unsettled.push(transaction);
      throw error;
    }
  }

  async #sign(fields: SubmittableTransaction): Promise<Signed> {
    const [sequence, openFeeDrops, head] = await Promise.all([
      this.#client.nextSequence(this.address),
      this.#client.feeDrops(),
      this.#client.head(),
    ]);
    const wantedDrops = withCushion(openFeeDrops);
    const feeDrops = uba(wantedDrops < MAX_FEE_DROPS ? wantedDrops : MAX_FEE_DROPS);
    const lastLedger = head.ledger + LEDGERS_TO_LIVE;
    const { tx_blob: raw, hash } = this.#wallet.sign({
      ...fields,
      Sequence: sequence,
      Fee: feeDrops.toString(),
      LastLedgerSequence: lastLedger,
    });
    return { transaction: { chain: 'ledger', hash, raw, account: this.address, sequence, lastLedger }, feeDrops };
  }
}

const memo = (reference: string) => ({ Memo: { MemoData: reference.replace(/^0x/, '').toUpperCase() } });

/** Results that say the transaction may be in a ledger already, or that the server looks at an old one. */
const MAY_BE_IN = new Set(['tefPAST_SEQ', 'tefALREADY', 'tefMAX_LEDGER']);

/** tem and tef results leave nothing behind; tel, ter, tes and tec may still end in a ledger. */
const isCertainlyDead = (engineResult: string): boolean => /^te[mf]/.test(engineResult) && !MAY_BE_IN.has(engineResult);
