/**
 * The objects a native-XRP ledger holds: account roots, tickets, deposit preauthorizations, signer lists.
 *
 * Owner directories are not modelled: nothing that deals in native XRP reads them. Entries are immutable values.
 */
import { accountRootIndex, depositPreauthIndex, signerListIndex, ticketIndex } from './hashing.ts';

/** The transaction that changed an entry last. */
export interface Thread {
  readonly transactionHash: string;
  readonly ledgerIndex: number;
}

export interface AccountRoot {
  readonly type: 'AccountRoot';
  readonly account: string;
  readonly balanceDrops: bigint;
  readonly sequence: number;
  /** Unsigned 32-bit set of `accountFlag` bits. */
  readonly flags: number;
  readonly ownerCount: number;
  readonly ticketCount: number;
  /** Optional stored fields under their ledger names: Domain, RegularKey, AccountTxnID, TransferRate, ... */
  readonly settings: Readonly<Record<string, string | number>>;
  readonly thread: Thread;
}

export interface Ticket {
  readonly type: 'Ticket';
  readonly account: string;
  readonly ticketSequence: number;
  readonly thread: Thread;
}

export interface DepositPreauth {
  readonly type: 'DepositPreauth';
  readonly account: string;
  readonly authorize: string;
  readonly thread: Thread;
}

export interface Signer {
  readonly account: string;
  readonly weight: number;
  /** Whatever the owner wants to remember of this signer. */
  readonly walletLocator?: string;
}

export interface SignerList {
  readonly type: 'SignerList';
  readonly account: string;
  readonly quorum: number;
  readonly signers: readonly Signer[];
  readonly thread: Thread;
}

export type Entry = AccountRoot | Ticket | DepositPreauth | SignerList;

/** Flags of an account root, by the names a server prints in `account_flags`. */
export const accountFlag = {
  passwordSpent: 0x00010000,
  requireDestinationTag: 0x00020000,
  requireAuthorization: 0x00040000,
  disallowIncomingXRP: 0x00080000,
  disableMasterKey: 0x00100000,
  noFreeze: 0x00200000,
  globalFreeze: 0x00400000,
  defaultRipple: 0x00800000,
  depositAuth: 0x01000000,
  disallowIncomingNFTokenOffer: 0x04000000,
  disallowIncomingCheck: 0x08000000,
  disallowIncomingPayChan: 0x10000000,
  disallowIncomingTrustline: 0x20000000,
  allowTrustLineLocking: 0x40000000,
  allowTrustLineClawback: 0x80000000,
} as const;

export const hasFlag = (flags: number, bit: number): boolean => (flags & bit) !== 0;

/** Index (hash) under which an entry is stored. */
export function indexOf(entry: Entry): string {
  if (entry.type === 'AccountRoot') return accountRootIndex(entry.account);
  if (entry.type === 'Ticket') return ticketIndex(entry.account, entry.ticketSequence);
  if (entry.type === 'DepositPreauth') return depositPreauthIndex(entry.account, entry.authorize);
  return signerListIndex(entry.account);
}

/** The fields of an entry as the ledger prints them, without its thread. */
export function fieldsOf(entry: Entry): Record<string, unknown> {
  if (entry.type === 'AccountRoot') return accountFields(entry);
  if (entry.type === 'SignerList') return signerListFields(entry);
  const owned = { Account: entry.account, Flags: 0, OwnerNode: '0' };
  return entry.type === 'Ticket'
    ? { ...owned, TicketSequence: entry.ticketSequence }
    : { ...owned, Authorize: entry.authorize };
}

const accountFields = (account: AccountRoot): Record<string, unknown> => ({
  Account: account.account,
  Balance: account.balanceDrops.toString(),
  Flags: account.flags,
  OwnerCount: account.ownerCount,
  Sequence: account.sequence,
  ...(account.ticketCount > 0 && { TicketCount: account.ticketCount }),
  ...account.settings,
});

const lsfOneOwnerCount = 0x00010000;

const signerListFields = (list: SignerList): Record<string, unknown> => ({
  Flags: lsfOneOwnerCount,
  OwnerNode: '0',
  SignerEntries: list.signers.map(({ account, weight, walletLocator }) => ({
    SignerEntry: {
      Account: account,
      SignerWeight: weight,
      ...(walletLocator !== undefined && { WalletLocator: walletLocator }),
    },
  })),
  SignerListID: 0,
  SignerQuorum: list.quorum,
});

/** An entry as `account_info`, `account_objects` and `ledger_entry` print it. */
export function printEntry(entry: Entry): Record<string, unknown> {
  return {
    ...fieldsOf(entry),
    LedgerEntryType: entry.type,
    PreviousTxnID: entry.thread.transactionHash,
    PreviousTxnLgrSeq: entry.thread.ledgerIndex,
    index: indexOf(entry),
  };
}
