/**
 * A user's records with the protocol: their kinds and statuses, what is open, what can still change. Stated here only.
 *
 * `ACTIVE` means that nobody has ended the record yet. An unpaid redemption becomes `DEFAULTED_UNCONFIRMED` when its redeemer
 * takes collateral for it; the agent can still confirm a late payment, which changes it once more. Every other status is final.
 *
 * A payment to the core vault is a record too, named after its transaction: `ACTIVE` until it is executed, then `SUCCESSFUL`.
 */
import type { RecordFields, RecordId } from './state.ts';

/** In the order of CollateralReservationInfo.Status. */
export const MINTING_STATUSES = ['ACTIVE', 'SUCCESSFUL', 'DEFAULTED', 'EXPIRED'] as const;
/** In the order of RedemptionRequestInfo.Status. */
export const REDEMPTION_STATUSES = [
  'ACTIVE',
  'DEFAULTED_UNCONFIRMED',
  'SUCCESSFUL',
  'DEFAULTED_FAILED',
  'BLOCKED',
  'REJECTED',
] as const;

export type MintingStatus = (typeof MINTING_STATUSES)[number];
export type RedemptionStatus = (typeof REDEMPTION_STATUSES)[number];
export type RecordStatus = MintingStatus | RedemptionStatus;

/**
 * Statuses that a record is in before anybody has ended it, or that its agent can still change. A minting tag stays `RESERVED`,
 * whoever owns it.
 */
const CHANGEABLE: ReadonlySet<string> = new Set<RecordStatus | 'RESERVED'>([
  'ACTIVE',
  'DEFAULTED_UNCONFIRMED',
  'RESERVED',
]);

export const mintingRecord = (id: bigint): RecordId => `minting ${id}`;
export const redemptionRecord = (id: bigint): RecordId => `redemption ${id}`;
/** `hash` as the ledger writes it. */
export const directMintingRecord = (hash: string): RecordId => `direct-minting 0x${hash.toLowerCase()}`;
/** 0x-prefixed hash of the payment; undefined for a record of another kind. */
export const directMintingPayment = (record: RecordId): string | undefined =>
  record.startsWith('direct-minting ') ? record.slice(record.indexOf(' ') + 1) : undefined;
/** The number in a record's name. */
export const idOf = (record: RecordId): bigint => BigInt(record.slice(record.indexOf(' ') + 1));
export const tagRecord = (tag: bigint): RecordId => `tag ${tag}`;
/** Undefined for a record of another kind. */
export const tagNumber = (record: RecordId): bigint | undefined =>
  record.startsWith('tag ') ? idOf(record) : undefined;
export const isMinting = (record: RecordId): boolean => record.startsWith('minting ');
export const isRedemption = (record: RecordId): boolean => record.startsWith('redemption ');

/** Nobody has ended it yet. */
export const isActive = (fields: RecordFields | undefined): boolean => fields?.['status'] === 'ACTIVE';
/** False once a record can never change again. */
export const canChange = (fields: RecordFields): boolean => CHANGEABLE.has(fields['status'] ?? '');
/**
 * Active, and its payment was made: its minter can execute it, with an agent or directly. `paymentHash` is the minter's own
 * note, since the protocol does not know of the payment yet.
 */
export const awaitsExecution = (fields: RecordFields | undefined, note: RecordFields | undefined): boolean =>
  isActive(fields) && note?.['paymentHash'] !== undefined;
/** Records that nobody has ended yet, in their order. */
export const activeRecords = (records: Readonly<Record<RecordId, RecordFields>>): RecordId[] =>
  Object.keys(records).filter((record) => isActive(records[record]));
