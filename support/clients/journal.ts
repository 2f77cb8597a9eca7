/**
 * What clients tell before anything irreversible is sent, and after its fate is final. Where it is kept, and what is made
 * of it after a crash, is not known here.
 */

/** A transaction as it will be sent; its hash is known because it is signed already. */
export interface SignedTransaction {
  readonly chain: 'evm' | 'ledger';
  /** As the chain's own tools write it: 0x and lower case on the EVM chain, upper case on the ledger. */
  readonly hash: string;
  /** The signed bytes in hex, to be sent again unchanged. */
  readonly raw: string;
  /** Sender on its chain. */
  readonly account: string;
  /** Nonce on the EVM chain, account sequence on the ledger. */
  readonly sequence: number;
  /** Ledger only: no ledger after this one can hold it. */
  readonly lastLedger?: number;
}

/** `done`: it had its effect; `failed`: final, but nothing but its fee moved; `dead`: it can never be in a block or ledger. */
export type TransactionFate = 'done' | 'failed' | 'dead';

export interface Journal {
  /** Returns when it is on disk; nothing may be sent before. */
  signed(transaction: SignedTransaction): void;
  final(hash: string, fate: TransactionFate): void;
}

/** Where a crash loses nothing, because the network goes with the process. */
export const noJournal: Journal = { signed: () => {}, final: () => {} };
