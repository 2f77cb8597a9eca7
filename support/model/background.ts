/**
 * What others do to a user's money between two snapshots, by the rules of the protocol: which of their acts explain a
 * change, and by exactly how much. Amounts come from the model's own records, never from the event that tells of it.
 */
import { uba } from '../units/amounts.ts';
import type { RecordFields, RecordId } from './state.ts';
import { type Claim, type Expectation, type Movement, type RecordChanges } from './statement.ts';

/** Something seen on either chain that is not the user's own act, in order. */
export type Happening =
  | {
      /** A validated payment to the user on the ledger. */
      readonly kind: 'ledger payment';
      readonly hash: string;
      /** Lower-case hex of its first memo. */
      readonly memo: string;
    }
  | {
      /** The protocol moved one of the user's records to another status. */
      readonly kind: 'status';
      readonly record: RecordId;
      readonly status: string;
      readonly hash: string;
    };

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
  happenings: readonly Happening[],
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
  for (const happening of happenings) {
    if (happening.kind === 'ledger payment') {
      const id = recordByReference.get(happening.memo);
      if (id === undefined || paid.has(id)) continue;
      paid.add(id);
      movements.push(redemptionPayment(id, records[id] ?? {}, happening.hash));
    } else if (happening.record in records) {
      changes[happening.record] = { status: happening.status };
      if (happening.status === 'SUCCESSFUL' && happening.record.startsWith('redemption '))
        claims.push(paidClaim(happening.record, paid));
    }
  }
  return { expectation: { movements, records: changes as RecordChanges, claims }, paid };
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
