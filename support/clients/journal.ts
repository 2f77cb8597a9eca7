/** What clients write down before anything irreversible is sent, and once its fate is final. */

/** A signed transaction, as it will be sent. */
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
  /** Returns when it is on disk; only then may it be sent. */
  signed(transaction: SignedTransaction): void;
  final(hash: string, fate: TransactionFate): void;
}

/** For networks that end with the process: a crash loses nothing there. */
export const noJournal: Journal = { signed: () => {}, final: () => {} };
