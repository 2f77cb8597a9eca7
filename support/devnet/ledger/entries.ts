/**
 * The objects a native-XRP ledger holds: account roots, what they can own and its directories, and the ledger's own
 * settings. Entries are immutable values.
 */
import {
  accountRootIndex,
  amendmentsIndex,
  depositPreauthIndex,
  feeSettingsIndex,
  ownerDirectoryIndex,
  signerListIndex,
  ticketIndex,
  zeroHash,
} from './hashing.ts';

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

/** What every owned entry says of its owner. */
interface Owned {
  readonly account: string;
  /** Page of the owner's directory that lists it. */
  readonly ownerPage: number;
}

export interface Ticket extends Owned {
  readonly type: 'Ticket';
  readonly ticketSequence: number;
  readonly thread: Thread;
}

export interface DepositPreauth extends Owned {
  readonly type: 'DepositPreauth';
  readonly authorize: string;
  readonly thread: Thread;
}

export interface Signer {
  readonly account: string;
  readonly weight: number;
  /** Whatever the owner wants to remember of this signer. */
  readonly walletLocator?: string;
}

export interface SignerList extends Owned {
  readonly type: 'SignerList';
  readonly quorum: number;
  readonly signers: readonly Signer[];
  readonly thread: Thread;
}

/** One page of the list of what an account owns. */
export interface DirectoryNode {
  readonly type: 'DirectoryNode';
  readonly owner: string;
  readonly page: number;
  /** Indexes of the entries on this page, in order. */
  readonly indexes: readonly string[];
  /** Neighbouring pages; 0 for none. The root's previous page is the last one. */
  readonly nextPage: number;
  readonly previousPage: number;
  readonly thread: Thread;
}

/** What transactions and accounts cost. */
export interface FeeSettings {
  readonly type: 'FeeSettings';
  readonly baseFeeDrops: bigint;
  readonly baseReserveDrops: bigint;
  readonly ownerReserveDrops: bigint;
  readonly thread: Thread;
}

/** The amendments in force, by id. */
export interface Amendments {
  readonly type: 'Amendments';
  readonly ids: readonly string[];
  readonly thread: Thread;
}

export type OwnedEntry = Ticket | DepositPreauth | SignerList;
export type Entry = AccountRoot | OwnedEntry | DirectoryNode | FeeSettings | Amendments;

/** The thread of an entry that no transaction has made yet. */
export const noThread: Thread = { transactionHash: zeroHash, ledgerIndex: 0 };

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
  switch (entry.type) {
    case 'AccountRoot':
      return accountRootIndex(entry.account);
    case 'Ticket':
      return ticketIndex(entry.account, entry.ticketSequence);
    case 'DepositPreauth':
      return depositPreauthIndex(entry.account, entry.authorize);
    case 'SignerList':
      return signerListIndex(entry.account);
    case 'DirectoryNode':
      return ownerDirectoryIndex(entry.owner, entry.page);
    case 'FeeSettings':
      return feeSettingsIndex;
    case 'Amendments':
      return amendmentsIndex;
  }
}

type Fields = Record<string, unknown>;

/** The fields of an entry as metadata shows them, without its thread. */
export function fieldsOf(entry: Entry): Fields {
  switch (entry.type) {
    case 'AccountRoot':
      return accountFields(entry);
    case 'Ticket':
      return { ...ownedFields(entry), TicketSequence: entry.ticketSequence };
    case 'DepositPreauth':
      return { ...ownedFields(entry), Authorize: entry.authorize };
    case 'SignerList':
      return signerListFields(entry);
    case 'DirectoryNode':
      return directoryFields(entry);
    case 'FeeSettings':
      return feeFields(entry);
    case 'Amendments':
      return { Amendments: entry.ids, Flags: 0 };
  }
}

/** The ledger writes 64-bit numbers as hex. */
const hex = (value: number | bigint): string => value.toString(16).toUpperCase();

const ownedFields = ({ account, ownerPage }: OwnedEntry): Fields => ({
  Account: account,
  Flags: 0,
  OwnerNode: hex(ownerPage),
});

const directoryFields = ({ owner, nextPage, previousPage }: DirectoryNode): Fields => ({
  Flags: 0,
  ...(nextPage > 0 && { IndexNext: hex(nextPage) }),
  ...(previousPage > 0 && { IndexPrevious: hex(previousPage) }),
  Owner: owner,
  RootIndex: ownerDirectoryIndex(owner),
});

const feeFields = ({ baseFeeDrops, baseReserveDrops, ownerReserveDrops }: FeeSettings): Fields => ({
  BaseFeeDrops: baseFeeDrops.toString(),
  Flags: 0,
  ReserveBaseDrops: baseReserveDrops.toString(),
  ReserveIncrementDrops: ownerReserveDrops.toString(),
});

const accountFields = (account: AccountRoot): Fields => ({
  Account: account.account,
  Balance: account.balanceDrops.toString(),
  Flags: account.flags,
  OwnerCount: account.ownerCount,
  Sequence: account.sequence,
  ...(account.ticketCount > 0 && { TicketCount: account.ticketCount }),
  ...account.settings,
});

const lsfOneOwnerCount = 0x00010000;

const signerListFields = (list: SignerList): Fields => ({
  Flags: lsfOneOwnerCount,
  OwnerNode: hex(list.ownerPage),
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

/** An entry as the ledger stores it: what metadata shows, what it leaves out, and what changed it last. */
export function storedFields(entry: Entry): Fields {
  const isSettings = entry.type === 'FeeSettings' || entry.type === 'Amendments';
  const { transactionHash, ledgerIndex } = entry.thread;
  return {
    ...fieldsOf(entry),
    ...(entry.type === 'DirectoryNode' && { Indexes: entry.indexes }),
    LedgerEntryType: entry.type,
    ...(!isSettings && { PreviousTxnID: transactionHash, PreviousTxnLgrSeq: ledgerIndex }),
  };
}

/** An entry as `account_info`, `account_objects` and `ledger_entry` print it. */
export const printEntry = (entry: Entry): Fields => ({ ...storedFields(entry), index: indexOf(entry) });
