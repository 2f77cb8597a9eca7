/**
 * Transactions as the two API versions print them, in each of the places where they appear.
 */
import { encode } from 'ripple-binary-codec';
import type { ValidatedLedger, ValidatedTransaction } from '../history.ts';
import { isoTime, toRippleTime } from '../time.ts';
import type { Result } from './types.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Version 1 shows a payment's amount under both names, version 2 under the new one only. */
export const fieldsV1 = (transaction: Fields): Result =>
  transaction.TransactionType === 'Payment' ? { ...transaction, DeliverMax: transaction.Amount } : { ...transaction };

export function fieldsV2(transaction: Fields): Result {
  const { Amount: amount, ...others } = transaction;
  return transaction.TransactionType === 'Payment' ? { ...others, DeliverMax: amount } : { ...transaction };
}

const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, '0');

/** Compact id of a validated transaction: ledger, position and network in 16 hex digits. */
export function compactId({ ledgerIndex, transactionIndex }: ValidatedTransaction, networkId: number): string {
  return `C${hex(ledgerIndex, 7)}${hex(transactionIndex, 4)}${hex(networkId, 4)}`;
}

/** A validated transaction with the ledger it is in. */
export interface Placed {
  readonly transaction: ValidatedTransaction;
  readonly ledger: ValidatedLedger;
  readonly networkId: number;
}

const placeV1 = ({ transaction, ledger, networkId }: Placed): Result => ({
  hash: transaction.hash,
  date: toRippleTime(ledger.closeTimeS),
  inLedger: ledger.index,
  ledger_index: ledger.index,
  ctid: compactId(transaction, networkId),
});

const placeV2 = ({ transaction, ledger }: Placed): Result => ({
  hash: transaction.hash,
  ledger_hash: ledger.hash,
  ledger_index: ledger.index,
  close_time_iso: isoTime(ledger.closeTimeS),
});

const datedFieldsV2 = ({ transaction, ledger, networkId }: Placed): Result => ({
  ...fieldsV2(transaction.transaction),
  ctid: compactId(transaction, networkId),
  date: toRippleTime(ledger.closeTimeS),
  ledger_index: ledger.index,
});

/** Answer of `tx`, version 1. */
export function txV1(placed: Placed, binary: boolean): Result {
  const { transaction, metadata } = placed.transaction;
  const body = binary
    ? { tx: encode(transaction), meta: encode(metadata) }
    : { ...fieldsV1(transaction), meta: metadata };
  return { ...body, ...placeV1(placed), validated: true };
}

/** Answer of `tx`, version 2. */
export function txV2(placed: Placed, binary: boolean): Result {
  const { transaction, metadata } = placed.transaction;
  const body = binary
    ? { tx_blob: encode(transaction), meta_blob: encode(metadata) }
    : { tx_json: datedFieldsV2(placed), meta: metadata };
  return { ...body, ...placeV2(placed), ctid: compactId(placed.transaction, placed.networkId), validated: true };
}

/** Item of `account_tx`, version 1. */
export function accountTxV1(placed: Placed, binary: boolean): Result {
  const { transaction, metadata, ledgerIndex } = placed.transaction;
  return binary
    ? { tx_blob: encode(transaction), meta: encode(metadata), ledger_index: ledgerIndex, validated: true }
    : { tx: { ...fieldsV1(transaction), ...placeV1(placed) }, meta: metadata, validated: true };
}

/** Item of `account_tx`, version 2. */
export function accountTxV2(placed: Placed, binary: boolean): Result {
  const { transaction, metadata } = placed.transaction;
  const body = binary
    ? { tx_blob: encode(transaction), meta_blob: encode(metadata) }
    : { tx_json: datedFieldsV2(placed), meta: metadata };
  return { ...body, ...placeV2(placed), validated: true };
}

/** Expanded item of `ledger`, version 1. */
export const ledgerItemV1 = ({ hash, transaction, metadata }: ValidatedTransaction, binary: boolean): Result =>
  binary
    ? { tx_blob: encode(transaction), meta: encode(metadata) }
    : { ...fieldsV1(transaction), hash, metaData: metadata };

/** Expanded item of `ledger`, version 2. */
export function ledgerItemV2(placed: Placed, binary: boolean): Result {
  const { hash, transaction, metadata } = placed.transaction;
  if (binary) return { hash, tx_blob: encode(transaction), meta_blob: encode(metadata) };
  return { tx_json: fieldsV2(transaction), meta: metadata, ...placeV2(placed), validated: true };
}
