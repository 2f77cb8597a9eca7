/**
 * What others do to a user's money between two snapshots, by the rules of the protocol: which of their acts explain a
 * change, and by exactly how much. Amounts come from the model's own records, never from the event that tells of it.
 */
import { uba } from '../units/amounts.ts';
import type { PoolEvent } from './pool-replay.ts';
import type { RecordFields, RecordId } from './state.ts';
import { type Claim, type Expectation, type Movement } from './statement.ts';

/** A validated payment to the user on the ledger. */
export interface IncomingPayment {
  readonly hash: string;
  /** Lower-case hex of its first memo. */
  readonly memo: string;
}

/** The protocol moved a record to another status, not by the user's own transaction. */
export interface StatusChange {
  readonly record: RecordId;
  readonly status: string;
}

/** What was seen on both chains between two points, each list in order. */
export interface Happenings {
  readonly payments: readonly IncomingPayment[];
  readonly statuses: readonly StatusChange[];
  /** What happened in the pools, the user's own acts included. */
  readonly poolEvents: readonly PoolEvent[];
}

export interface BackgroundExplanation {
  readonly expectation: Expectation;
  /** Redemptions whose payment has been seen, with those that were known before. */
  readonly paid: ReadonlySet<RecordId>;
}

const REDEMPTION_REFERENCE = 0x4642505266410002n;

/** Memo of an agent's payment for a redemption: type in the high 8 bytes, id in the low bits; hex without 0x. */
export function redemptionReference(id: bigint): string {
  return ((REDEMPTION_REFERENCE << 192n) | id).toString(16).padStart(64, '0');
}

/**
 * Explains happenings by the user's open records. A redemption is paid once, value − fee; a second payment for it, or one
 * that belongs to no redemption, explains nothing and so shows up as a mismatch.
 */
export function explainBackground(
  records: Readonly<Record<RecordId, RecordFields>>,
  paidBefore: ReadonlySet<RecordId>,
  happenings: Pick<Happenings, 'payments' | 'statuses'>,
): BackgroundExplanation {
  const paid = new Set(paidBefore);
  const movements: Movement[] = [];
  const changes: Record<RecordId, RecordFields> = {};
  const claims: Claim[] = [];
  const recordByReference = new Map(
    Object.keys(records)
      .filter((id) => id.startsWith('redemption '))
      .map((id) => [redemptionReference(BigInt(id.slice('redemption '.length))), id]),
  );
  for (const { memo, hash } of happenings.payments) {
    const id = recordByReference.get(memo);
    if (id === undefined || paid.has(id)) continue;
    paid.add(id);
    movements.push(redemptionPayment(id, records[id] ?? {}, hash));
  }
  for (const { record, status } of happenings.statuses) {
    if (!(record in records)) continue;
    changes[record] = { status };
    if (status === 'SUCCESSFUL' && record.startsWith('redemption ')) claims.push(paidClaim(record, paid));
  }
  return { expectation: { movements, records: changes, claims }, paid };
}

function redemptionPayment(id: RecordId, fields: RecordFields, hash: string): Movement {
  const dueUba = uba(BigInt(fields['valueUba'] ?? 0) - BigInt(fields['feeUba'] ?? 0));
  return { account: 'xrp', amount: dueUba, cause: 'background', text: `agent pays ${id}`, source: hash };
}

function paidClaim(id: RecordId, paid: ReadonlySet<RecordId>): Claim {
  return {
    what: 'confirmed redemption has been paid',
    expected: `${id} paid`,
    actual: paid.has(id) ? `${id} paid` : `${id} not paid`,
  };
}
