/**
 * What the FDC reads out of one validated XRPL transaction: balance changes, memos, status, amounts.
 *
 * Only reads transaction and metadata; decides nothing about attestations. Native XRP only: balances of AccountRoots.
 */
import { keccak256, toUtf8Bytes } from 'ethers';
import type { ValidatedTransaction } from '../ledger/history.ts';
import type { Hex } from './attestation-types.ts';
import { isRecord } from './is-record.ts';

export const ZERO_BYTES32: Hex = `0x${'00'.repeat(32)}`;

/** 0 success, 1 the sender's fault, 2 the receiver's fault. */
export type PaymentStatus = 0 | 1 | 2;

const RECEIVER_FAULTS: ReadonlySet<unknown> = new Set([
  'tecDST_TAG_NEEDED',
  'tecNO_DST',
  'tecNO_DST_INSUF_XRP',
  'tecNO_PERMISSION',
]);

/** keccak256 of the classic address as text, case kept. */
export function addressHash(address: string): Hex {
  const known = addressHashes.get(address);
  if (known !== undefined) return known;
  const hash = keccak256(toUtf8Bytes(address));
  addressHashes.set(address, hash);
  return hash;
}
const addressHashes = new Map<string, Hex>();

/** Root over the hashed address hashes; with one source it is that double hash. */
export function singleSourceRoot(address: string): Hex {
  return keccak256(addressHash(address));
}

/** Change of every AccountRoot's balance in drops, by address; accounts touched without a change are 0. */
export function balanceChanges({ metadata }: ValidatedTransaction): ReadonlyMap<string, bigint> {
  const changes = new Map<string, bigint>();
  for (const entry of list(metadata['AffectedNodes'])) {
    const { CreatedNode, ModifiedNode, DeletedNode } = record(entry);
    const node = record(CreatedNode ?? ModifiedNode ?? DeletedNode);
    if (node['LedgerEntryType'] !== 'AccountRoot') continue;
    const after = record(node['NewFields'] ?? node['FinalFields']);
    const address = after['Account'];
    if (typeof address !== 'string') continue;
    const newBalance = drops(after['Balance'] ?? '0');
    const before = CreatedNode === undefined ? record(node['PreviousFields'])['Balance'] : '0';
    changes.set(address, before === undefined ? 0n : newBalance - drops(before));
  }
  return changes;
}

/** A Payment whose Amount is XRP. */
export function isNativePayment({ transaction }: ValidatedTransaction): boolean {
  const amount = transaction['Amount'];
  return transaction['TransactionType'] === 'Payment' && typeof amount === 'string' && /^\d+$/.test(amount);
}

export function paymentStatus({ metadata }: ValidatedTransaction): PaymentStatus {
  const result = metadata['TransactionResult'];
  if (result === 'tesSUCCESS') return 0;
  return RECEIVER_FAULTS.has(result) ? 2 : 1;
}

export function signer({ transaction }: ValidatedTransaction): string {
  return String(transaction['Account']);
}

export function destination({ transaction }: ValidatedTransaction): string {
  return String(transaction['Destination']);
}

export function amountDrops({ transaction }: ValidatedTransaction): bigint {
  return drops(transaction['Amount']);
}

export function feeDrops({ transaction }: ValidatedTransaction): bigint {
  return drops(transaction['Fee']);
}

/** Undefined without a tag; 0 is a tag. */
export function destinationTag({ transaction }: ValidatedTransaction): bigint | undefined {
  const tag = transaction['DestinationTag'];
  return typeof tag === 'number' ? BigInt(tag) : undefined;
}

/** MemoData of the only memo when it is exactly 32 bytes, else 32 zero bytes. */
export function paymentReference(transaction: ValidatedTransaction): Hex {
  const [memo, ...further] = memoData(transaction);
  return memo !== undefined && further.length === 0 && memo.length === 66 ? memo : ZERO_BYTES32;
}

/** MemoData of the first memo, whatever follows it; `0x` for a memo without data, undefined without a memo. */
export function firstMemoData(transaction: ValidatedTransaction): Hex | undefined {
  return memoData(transaction)[0];
}

function memoData({ transaction }: ValidatedTransaction): Hex[] {
  return list(transaction['Memos']).map((entry) => {
    const data = record(record(entry)['Memo'])['MemoData'];
    return typeof data === 'string' ? `0x${data.toLowerCase()}` : '0x';
  });
}

function drops(value: unknown): bigint {
  if (typeof value !== 'string') throw new TypeError(`not an amount in drops: ${JSON.stringify(value)}`);
  return BigInt(value);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
