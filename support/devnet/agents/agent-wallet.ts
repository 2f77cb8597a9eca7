/**
 * An agent's account on the ledger: signs payments and hands them to the ledger in process.
 *
 * It waits for nothing; whether a payment got anywhere is read from the validated history.
 */
import { encode, encodeForSigning } from 'ripple-binary-codec';
import { deriveAddress, deriveKeypair, sign } from 'ripple-keypairs';
import type { LedgerHistory } from '../ledger/history.ts';

/** What a wallet needs of the ledger. */
export interface LedgerAccess {
  readonly history: LedgerHistory;
  /** Index of the ledger that is being built. */
  openIndex(): number;
  /** Next sequence number of an account, counting what the open ledger holds. Throws for an unknown account. */
  nextSequence(address: string): number;
  /** Engine result of a signed transaction and its hash. */
  submit(blobHex: string): { readonly engineResult: string; readonly hash: string };
}

export interface AgentPayment {
  readonly destination: string;
  readonly amountDrops: bigint;
  /** The one memo: 64 hex digits, with or without 0x. */
  readonly memo?: string;
  readonly destinationTag?: number;
}

export interface SentPayment {
  readonly hash: string;
  /** If it is in no ledger up to this one it never will be. */
  readonly lastLedger: number;
}

const FEE_DROPS = '12';
const LEDGERS_TO_LIVE = 20;

export class AgentWallet {
  readonly address: string;
  readonly #ledger: LedgerAccess;
  readonly #keys: { readonly publicKey: string; readonly privateKey: string };

  constructor(ledger: LedgerAccess, seed: string) {
    this.#ledger = ledger;
    this.#keys = deriveKeypair(seed);
    this.address = deriveAddress(this.#keys.publicKey);
  }

  /** Throws when the ledger neither applies nor keeps it; a tec result is applied and costs the fee. */
  pay(payment: AgentPayment): SentPayment {
    const lastLedger = this.#ledger.openIndex() + LEDGERS_TO_LIVE;
    const { engineResult, hash } = this.#ledger.submit(this.#signed(payment, lastLedger));
    if (!/^(tes|tec)/.test(engineResult)) {
      throw new Error(`a payment of agent ${this.address} to ${payment.destination} got ${engineResult}`);
    }
    return { hash, lastLedger };
  }

  #signed(payment: AgentPayment, lastLedger: number): string {
    const memo = payment.memo?.replace(/^0x/, '').toUpperCase();
    const transaction = {
      TransactionType: 'Payment',
      Account: this.address,
      Destination: payment.destination,
      ...(payment.destinationTag !== undefined && { DestinationTag: payment.destinationTag }),
      Amount: String(payment.amountDrops),
      Fee: FEE_DROPS,
      Sequence: this.#ledger.nextSequence(this.address),
      LastLedgerSequence: lastLedger,
      SigningPubKey: this.#keys.publicKey,
      ...(memo !== undefined && { Memos: [{ Memo: { MemoData: memo } }] }),
    };
    const signature = sign(encodeForSigning(transaction), this.#keys.privateKey);
    return encode({ ...transaction, TxnSignature: signature });
  }
}
