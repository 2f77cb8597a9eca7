/**
 * The hashes of the XRP Ledger: SHA-512Half, transaction ids, the transaction tree, the ledger header, object indexes.
 *
 * The account tree is left out: no reader recomputes it, and it would cost more than everything else together.
 */
import { hash } from 'node:crypto';
import { decodeAccountID } from 'ripple-address-codec';

export const zeroHash = '0'.repeat(64);

const prefix = { transactionId: '54584E00', transactionLeaf: '534E4400', innerNode: '4D494E00', header: '4C575200' };

/** First half of SHA-512 over the bytes written as hex; 64 upper-case hex digits. */
export function sha512Half(hex: string): string {
  return hash('sha512', Buffer.from(hex, 'hex'), 'hex').slice(0, 64).toUpperCase();
}

/** A function of a text that is asked the same few questions over and over. */
function remembered(compute: (text: string) => string): (text: string) => string {
  const answers = new Map<string, string>();
  return (text) => {
    const answer = answers.get(text) ?? compute(text);
    answers.set(text, answer);
    return answer;
  };
}

/** Transaction id of a signed blob. */
export const transactionId = (blobHex: string): string => sha512Half(prefix.transactionId + blobHex);

/** The 20-byte account id of an r-address as hex. Throws on anything else. */
export const accountIdHex = remembered((address) =>
  Buffer.from(decodeAccountID(address)).toString('hex').toUpperCase(),
);

const uint = (value: number | bigint, bytes: number): string => value.toString(16).padStart(bytes * 2, '0');

/** Where an object of one account lives in the state tree: SHA-512Half(space key, account id, further parts). */
function accountObjectIndex(spaceKey: string, address: string, rest = ''): string {
  return sha512Half(`00${Buffer.from(spaceKey).toString('hex')}${accountIdHex(address)}${rest}`);
}

export const accountRootIndex = remembered((address) => accountObjectIndex('a', address));
export const ticketIndex = (address: string, sequence: number): string =>
  accountObjectIndex('T', address, uint(sequence, 4));
export const depositPreauthIndex = (owner: string, authorized: string): string =>
  accountObjectIndex('p', owner, accountIdHex(authorized));
export const signerListIndex = (owner: string): string => accountObjectIndex('S', owner, uint(0, 4));

/** Where a page of an account's owner directory lives; page 0 is its root. */
export function ownerDirectoryIndex(owner: string, page = 0): string {
  const root = accountObjectIndex('O', owner);
  return page === 0 ? root : sha512Half(`0064${root}${uint(page, 8)}`);
}

export const feeSettingsIndex = sha512Half('0065');
export const amendmentsIndex = sha512Half('0066');

/** Length prefix of a variable-length field (XRPL serialization, "length prefixing"). */
function lengthPrefixed(hex: string): string {
  const length = hex.length / 2;
  if (length <= 192) return uint(length, 1) + hex;
  if (length <= 12480) return uint(193 * 256 + (length - 193), 2) + hex;
  return uint(241 * 65536 + (length - 12481), 3) + hex;
}

interface TransactionLeaf {
  readonly id: string;
  readonly blob: string;
  readonly metadataBlob: string;
}

/** Root of the tree over transactions with their metadata; all zeros when there is none. */
export function transactionTreeHash(transactions: readonly TransactionLeaf[]): string {
  return transactions.length === 0 ? zeroHash : innerNodeHash(transactions, 0);
}

function innerNodeHash(leaves: readonly TransactionLeaf[], depth: number): string {
  const children = Array.from('0123456789ABCDEF', (digit) => {
    const below = leaves.filter((leaf) => leaf.id[depth] === digit);
    const [only] = below;
    if (only === undefined) return zeroHash;
    return below.length === 1 ? leafHash(only) : innerNodeHash(below, depth + 1);
  });
  return sha512Half(prefix.innerNode + children.join(''));
}

function leafHash({ id, blob, metadataBlob }: TransactionLeaf): string {
  return sha512Half(prefix.transactionLeaf + lengthPrefixed(blob) + lengthPrefixed(metadataBlob) + id);
}

/** What a ledger's hash covers. Times are Ripple seconds. */
export interface LedgerHeader {
  readonly index: number;
  readonly totalDrops: bigint;
  readonly parentHash: string;
  readonly transactionHash: string;
  readonly accountHash: string;
  readonly parentCloseTime: number;
  readonly closeTime: number;
  readonly closeTimeResolutionS: number;
}

/** The header as a server serializes it; close flags are always 0 here. */
export function headerHex(header: LedgerHeader): string {
  return (
    uint(header.index, 4) +
    uint(header.totalDrops, 8) +
    header.parentHash +
    header.transactionHash +
    header.accountHash +
    uint(header.parentCloseTime, 4) +
    uint(header.closeTime, 4) +
    uint(header.closeTimeResolutionS, 1) +
    uint(0, 1)
  ).toUpperCase();
}

/** Hash of a ledger (xrpl.js `hashes.hashLedgerHeader`). */
export const ledgerHash = (header: LedgerHeader): string => sha512Half(prefix.header + headerHex(header));
