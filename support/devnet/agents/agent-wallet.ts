/**
 * An agent's account on the ledger: signs payments and hands them to the ledger in process.
 *
 * It waits for nothing; whether a payment got anywhere is read from the validated history.
 */
import { type LedgerKeys, addressOfKey, deriveKeys, signTransaction } from '../../clients/xrpl/keys.ts';
import type { LedgerHistory } from '../ledger/history.ts';

/** What a wallet needs of the ledger. */
export interface LedgerAccess {
  readonly history: LedgerHistory;
  /** Index of the ledger that is being built. */
  openIndex(): number;
  /** What gets a transaction into the open ledger now. */
  openFeeDrops(): bigint;
  /** Next sequence number of an account, counting what the open ledger holds. Throws for an unknown account. */
  nextSequence(address: string): number;
  /** Engine result of a signed transaction and its hash. */
  submit(blobHex: string): { readonly engineResult: string; readonly hash: string };
}

export interface AgentPayment {
  readonly destination: string;
  readonly amountDrops: bigint;
  /** It takes money that the sender issues, and may bring less than the amount. */
  readonly isPartial?: boolean;
  /** Hex data of each memo, with or without 0x. */
  readonly memos?: readonly string[];
  readonly destinationTag?: number;
}

export interface SentPayment {
  readonly hash: string;
  /** If it is in no ledger up to this one it never will be. */
  readonly lastLedger: number;
}

/** What wallets offer at least. */
const LEAST_FEE_DROPS = 12n;
const LEDGERS_TO_LIVE = 20;
/** tfPartialPayment. */
const PARTIAL_PAYMENT = 0x0002_0000;
const OWN_MONEY = { currency: 'USD', value: '1000000' };
const memoOf = (data: string) => ({ Memo: { MemoData: data.replace(/^0x/, '').toUpperCase() } });

export class AgentWallet {
  readonly address: string;
  readonly #ledger: LedgerAccess;
  readonly #keys: LedgerKeys;

  constructor(ledger: LedgerAccess, seed: string) {
    this.#ledger = ledger;
    this.#keys = deriveKeys(seed);
    this.address = addressOfKey(this.#keys.publicKey);
  }

  /** Throws when the ledger neither applies nor keeps it; a tec result is applied and costs the fee. */
  pay(payment: AgentPayment): SentPayment {
    const lastLedger = this.#ledger.openIndex() + LEDGERS_TO_LIVE;
    const { engineResult, hash } = this.#ledger.submit(this.#signed(payment, lastLedger));
    if (!/^(tes|tec)/.test(engineResult)) {
      throw new Error(`a payment of ${this.address} to ${payment.destination} got ${engineResult}`);
    }
    return { hash, lastLedger };
  }

  /** What the ledger asks: a ledger in process asks no more until the payment is in. */
  #feeDrops(): bigint {
    const openDrops = this.#ledger.openFeeDrops();
    return openDrops > LEAST_FEE_DROPS ? openDrops : LEAST_FEE_DROPS;
  }

  #signed(payment: AgentPayment, lastLedger: number): string {
    const { memos = [], isPartial = false } = payment;
    const transaction = {
      TransactionType: 'Payment',
      Account: this.address,
      Destination: payment.destination,
      ...(payment.destinationTag !== undefined && { DestinationTag: payment.destinationTag }),
      Amount: String(payment.amountDrops),
      ...(isPartial && { Flags: PARTIAL_PAYMENT, SendMax: { ...OWN_MONEY, issuer: this.address } }),
      Fee: String(this.#feeDrops()),
      Sequence: this.#ledger.nextSequence(this.address),
      LastLedgerSequence: lastLedger,
      ...(memos.length > 0 && { Memos: memos.map(memoOf) }),
    };
    return signTransaction(transaction, this.#keys).blobHex;
  }
}
