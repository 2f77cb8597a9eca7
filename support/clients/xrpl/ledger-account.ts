/**
 * One key on the XRP Ledger: signs, submits, and waits until the outcome is final, in the order that sending.ts keeps.
 * Reports the exact fees it pays. ledger-chain.ts finds out what became of a transaction.
 */
import type { Verdict } from '../verdict.ts';
import type { SubmittableTransaction } from 'xrpl';
import { type LedgerKeys, addressOfKey, deriveKeys, signTransaction } from './keys.ts';
import { uba, type Uba } from '../../units/amounts.ts';
import type { Waiter } from '../../units/waiter.ts';
import { type Journal, type SignedTransaction, noJournal } from '../journal.ts';
import { type Offered, Sending } from '../sending.ts';
import { LEDGERS_TO_LIVE, type LedgerOutcome, isCertainlyDead, ledgerChain } from './ledger-chain.ts';
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

/** The server refused the transaction and did not keep it: nothing was spent. */
export class LedgerRefused extends Error implements Verdict {
  readonly verdict = 'wrong';
  readonly kind: string;
  readonly result: string;
  constructor(what: string, result: string) {
    super(`${what}: the ledger refused it with ${result}`);
    this.name = 'LedgerRefused';
    this.kind = `ledger refused with ${result}`;
    this.result = result;
  }
}

/** In a validated ledger with a tec result: the ledger's final no. It cost the fee and moved nothing else. */
export class LedgerFailed extends Error implements Verdict {
  readonly verdict = 'wrong';
  readonly kind: string;
  readonly result: string;
  constructor(what: string, result: string) {
    super(`${what} ended with ${result}`);
    this.name = 'LedgerFailed';
    this.kind = `ledger ended with ${result}`;
    this.result = result;
  }
}

/** Signed several times, the transaction never got into a ledger in time; nothing was spent. */
export class LedgerExpired extends Error implements Verdict {
  override name = 'LedgerExpired';
  readonly verdict = 'unknown';
  readonly kind = 'LedgerExpired';
}

/** How often a transaction is signed, each time after the one before is certainly dead. */
const MAX_SIGNINGS = 3;
/** Highest fee offered; above it the transaction waits. */
const MAX_FEE_DROPS = 100_000n;
/** A fifth above the open ledger's fee, rounded up, as xrpl.js does. */
const withCushion = (feeDrops: bigint): bigint => (feeDrops * 12n + 9n) / 10n;

const dearText = (wantedDrops: bigint): string =>
  wantedDrops > MAX_FEE_DROPS
    ? `: the ledger asks a fee of ${wantedDrops} drops, and no more than ${MAX_FEE_DROPS} are offered`
    : '';

interface Order {
  readonly fields: SubmittableTransaction;
  /** What was offered for it each time it was signed, by hash. */
  readonly feesDrops: Map<string, Uba>;
  /** What would have got it into the open ledger when it was signed last. */
  wantedDrops: bigint;
}

export class LedgerAccount {
  readonly address: string;
  readonly #keys: LedgerKeys;
  readonly #client: LedgerClient;
  readonly #closeS: number;
  readonly #sending: Sending<Order, LedgerOutcome>;

  constructor(client: LedgerClient, seed: string, closeS: number, journal: Journal = noJournal) {
    this.#client = client;
    this.#keys = deriveKeys(seed);
    this.address = addressOfKey(this.#keys.publicKey);
    this.#closeS = closeS;
    this.#sending = new Sending(
      {
        sign: (order) => this.#sign(order),
        offer: (signed, { fields }) => this.#offer(signed, fields.TransactionType),
        spent: ({ fields, wantedDrops }) =>
          new LedgerExpired(
            `${fields.TransactionType} of ${this.address} expired ${MAX_SIGNINGS} times${dearText(wantedDrops)}`,
          ),
        mostSignings: MAX_SIGNINGS,
        // While one waits for its ledger, the next may be sent.
        isAlone: false,
      },
      journal,
    );
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

  /** Forgets what was submitted; call after the ledger was put back. */
  forget(): void {
    this.#sending.forget();
  }

  async #submitFinal(fields: SubmittableTransaction, waiter: Waiter): Promise<FinalTransaction> {
    const feesDrops = new Map<string, Uba>();
    const chain = ledgerChain(this.#client, waiter, this.#closeS);
    const { hash, ledger, result } = await this.#sending.send({ fields, feesDrops, wantedDrops: 0n }, chain);
    return { hash, ledger, result, feeDrops: feesDrops.get(hash) ?? uba(0n) };
  }

  async #offer({ raw }: SignedTransaction, what: string): Promise<Offered<LedgerOutcome>> {
    const result = await this.#client.submit(raw);
    if (!isCertainlyDead(result)) return { kind: 'taken' };
    return { kind: 'refused', error: new LedgerRefused(what, result) };
  }

  async #sign(order: Order): Promise<SignedTransaction> {
    const { fields, feesDrops } = order;
    const [sequence, openFeeDrops, head] = await Promise.all([
      this.#client.nextSequence(this.address),
      this.#client.feeDrops(),
      this.#client.head(),
    ]);
    const wantedDrops = withCushion(openFeeDrops);
    order.wantedDrops = wantedDrops;
    const feeDrops = uba(wantedDrops < MAX_FEE_DROPS ? wantedDrops : MAX_FEE_DROPS);
    const lastLedger = head.ledger + LEDGERS_TO_LIVE;
    const complete = { ...fields, Sequence: sequence, Fee: feeDrops.toString(), LastLedgerSequence: lastLedger };
    const { blobHex: raw, hash } = signTransaction(complete, this.#keys);
    feesDrops.set(hash, feeDrops);
    return { chain: 'ledger', hash, raw, account: this.address, sequence, lastLedger };
  }
}

const memo = (reference: string) => ({ Memo: { MemoData: reference.replace(/^0x/, '').toUpperCase() } });
