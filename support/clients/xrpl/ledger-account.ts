/**
 * One key on the XRP Ledger: signs, submits, waits until the outcome is final. Fees it pays are reported exactly.
 */
import { type SubmittableTransaction, Wallet } from 'xrpl';
import { uba, type Uba } from '../../units/amounts.ts';
import type { Waiter } from '../../units/waiter.ts';
import type { LedgerClient } from './ledger-client.ts';

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

/** The server refused the transaction, or it can no longer be in any ledger: nothing was spent. */
export class LedgerRefused extends Error {
  readonly result: string;
  constructor(what: string, result: string) {
    super(`${what}: the ledger refused it with ${result}`);
    this.name = 'LedgerRefused';
    this.result = result;
  }
}

/** Ledgers a transaction may wait before it is certainly dead. */
const LEDGERS_TO_LIVE = 20;
/** Over the open ledger's fee, as xrpl.js does: a fifth more, rounded up. */
const withCushion = (feeDrops: bigint): bigint => (feeDrops * 12n + 9n) / 10n;

export class LedgerAccount {
  readonly address: string;
  readonly #wallet: Wallet;
  readonly #client: LedgerClient;
  readonly #closeS: number;

  constructor(client: LedgerClient, seed: string, closeS: number) {
    this.#client = client;
    this.#wallet = Wallet.fromSeed(seed);
    this.address = this.#wallet.classicAddress;
    this.#closeS = closeS;
  }

  /** Pays XRP. Throws LedgerRefused when the payment is certainly not in any ledger. */
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

  async #submitFinal(fields: SubmittableTransaction, waiter: Waiter): Promise<FinalTransaction> {
    const [sequence, openFeeDrops, head] = await Promise.all([
      this.#client.nextSequence(this.address),
      this.#client.feeDrops(),
      this.#client.head(),
    ]);
    const feeDrops = withCushion(openFeeDrops);
    const lastLedger = head.ledger + LEDGERS_TO_LIVE;
    const { tx_blob: blob, hash } = this.#wallet.sign({
      ...fields,
      Sequence: sequence,
      Fee: feeDrops.toString(),
      LastLedgerSequence: lastLedger,
    });
    const preliminary = await this.#client.submit(blob);
    if (isCertainlyDead(preliminary)) throw new LedgerRefused(fields.TransactionType, preliminary);
    for (;;) {
      // The head is read before the transaction: a head past the last ledger then proves it absent.
      const { ledger } = await this.#client.head();
      const final = await this.#client.validatedResult(hash);
      if (final) return { hash, ...final, feeDrops: uba(feeDrops) };
      if (ledger > lastLedger) throw new LedgerRefused(fields.TransactionType, `${preliminary}, then expired`);
      await waiter.sleepS(this.#closeS);
    }
  }
}

const memo = (reference: string) => ({ Memo: { MemoData: reference.replace(/^0x/, '').toUpperCase() } });

/** tem, tef and tel results leave nothing behind; tes, tec and ter may still end in a ledger. */
const isCertainlyDead = (engineResult: string): boolean => /^te[mfl]/.test(engineResult);
