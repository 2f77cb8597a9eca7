/**
 * What others do to a user's money between two snapshots, by the protocol's rules: which of their acts explain a change,
 * and by exactly how much. Amounts come from the model's own records, never from the event that reports them.
 */
import { uba } from '../units/amounts.ts';
import { type DefaultTerms, defaultPayout } from './redemption-default.ts';
import type { ForeignCall } from './foreign-calls.ts';
import type { PoolEvent } from './pool-replay.ts';
import type { RecordFields, RecordId } from './state.ts';
import type { Expectation, Movement } from './statement.ts';
import { isRedemption } from './records.ts';

/** A validated payment to the user on the ledger. */
export interface IncomingPayment {
  readonly hash: string;
  /** Lower-case hex of its first memo. */
  readonly memo: string;
  readonly amountDrops: bigint;
}

/** How misbehaving agents may pay a redemption; anything else is a mismatch. */
export interface OddPayments {
  readonly shortByDrops?: bigint;
  /** Once more, along with the first. */
  readonly twice?: boolean;
  readonly withoutReference?: boolean;
  /** Nothing that counts comes before the payment window is over. */
  readonly unpaid?: boolean;
  /** Late, short or failed: when the agent proves such a payment, the protocol pays the redeemer collateral. */
  readonly endInDefault?: boolean;
}

/** A default paid by somebody else's transaction, with the terms just before it. */
export interface ForeignDefault {
  readonly record: RecordId;
  readonly hash: string;
  readonly vaultToken: string;
  readonly terms: Omit<DefaultTerms, 'valueUba'>;
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
  /** Blocks in which records ended, by anybody's transaction. */
  readonly endedIn: ReadonlyMap<RecordId, number>;
  readonly defaults: readonly ForeignDefault[];
  /** What happened in the pools, the user's own acts included. */
  readonly poolEvents: readonly PoolEvent[];
  /** Of others' transactions that moved FAssets to or from the user. */
  readonly calls: readonly ForeignCall[];
}

export interface BackgroundExplanation {
  readonly expectation: Expectation;
  /** Redemptions whose payment has been seen, with those that were known before. */
  readonly paid: ReadonlySet<RecordId>;
}

const MINTING_REFERENCE = 0x4642505266410001n;
const REDEMPTION_REFERENCE = 0x4642505266410002n;

/** Memo of a payment: type in the high 8 bytes, id in the low bits; hex without 0x. */
const reference = (type: bigint, id: bigint): string => ((type << 192n) | id).toString(16).padStart(64, '0');
/** Memo of an agent's payment for a redemption. */
export const redemptionReference = (id: bigint): string => reference(REDEMPTION_REFERENCE, id);
/** Memo of a minter's payment for a reservation. */
export const mintingReference = (id: bigint): string => reference(MINTING_REFERENCE, id);

/** Record of a payment in `paid`: odd payments of a redemption are kept beside its proper one. */
export const paidRecord = (payment: string): RecordId => payment.split(',')[0] ?? payment;

/**
 * Explains happenings by the user's open records. A redemption is paid once, value − fee; a second payment for it, or one
 * that belongs to no redemption, explains nothing and so shows up as a mismatch, unless it is one of the odd payments.
 */
export function explainBackground(
  records: Readonly<Record<RecordId, RecordFields>>,
  paidBefore: ReadonlySet<RecordId>,
  { payments, statuses, defaults }: Pick<Happenings, 'payments' | 'statuses' | 'defaults'>,
  odd: OddPayments = {},
): BackgroundExplanation {
  const paid = new Set(paidBefore);
  const movements: Movement[] = [];
  const changes: Record<RecordId, RecordFields> = {};
  const requests = Object.keys(records).filter(isRedemption);
  for (const payment of payments) {
    const explained = explainPayment(records, requests, paid, payment, odd);
    if (explained === undefined) continue;
    paid.add(explained.payment);
    movements.push(explained.movement);
  }
  for (const { record, status } of statuses) {
    if (!(record in records)) continue;
    changes[record] = { status };
  }
  // An agent that pays correctly never causes a default; where none is made to misbehave, it is a mismatch.
  for (const foreign of odd.endInDefault === true ? defaults : [])
    if (foreign.record in records) movements.push(...defaultMovements(foreign, records[foreign.record] ?? {}));
  return { expectation: { movements, records: changes, claims: [] }, paid };
}

interface ExplainedPayment {
  /** As it is kept in `paid`. */
  readonly payment: string;
  readonly movement: Movement;
}

function explainPayment(
  records: Readonly<Record<RecordId, RecordFields>>,
  requests: readonly RecordId[],
  paid: ReadonlySet<string>,
  { memo, hash, amountDrops }: IncomingPayment,
  { shortByDrops = 0n, twice = false, withoutReference = false }: OddPayments,
): ExplainedPayment | undefined {
  const due = (id: RecordId): bigint => dueUba(records[id] ?? {});
  const isShort = (id: RecordId): boolean => shortByDrops > 0n && amountDrops === due(id) - shortByDrops;
  const ways: readonly { readonly how: string; readonly holds: (id: RecordId) => boolean }[] = [
    { how: '', holds: (id) => memo === referenceOf(id) && !isShort(id) },
    { how: ', short', holds: (id) => memo === referenceOf(id) && isShort(id) },
    { how: ', again', holds: (id) => twice && memo === referenceOf(id) && !isShort(id) },
    { how: ', short, again', holds: (id) => twice && memo === referenceOf(id) && isShort(id) },
    {
      how: ', without reference',
      holds: (id) => withoutReference && memo === '' && (amountDrops === due(id) || isShort(id)),
    },
    {
      how: ', without reference, again',
      holds: (id) => withoutReference && twice && memo === '' && (amountDrops === due(id) || isShort(id)),
    },
  ];
  for (const { how, holds } of ways) {
    const id = requests.find((request) => holds(request) && !paid.has(`${request}${how}`));
    if (id === undefined) continue;
    const amount = uba(due(id) - (isShort(id) ? shortByDrops : 0n));
    const text = `agent pays ${id}${how}`;
    return { payment: `${id}${how}`, movement: { account: 'xrp', amount, cause: 'background', text, source: hash } };
  }
  return undefined;
}

const referenceOf = (request: RecordId): string => redemptionReference(BigInt(request.slice('redemption '.length)));

const dueUba = (fields: RecordFields): bigint => BigInt(fields['valueUba'] ?? 0) - BigInt(fields['feeUba'] ?? 0);

function defaultMovements({ record, hash, vaultToken, terms }: ForeignDefault, fields: RecordFields): Movement[] {
  const payout = defaultPayout({ ...terms, valueUba: BigInt(fields['valueUba'] ?? 0) });
  const text = `default of ${record} by its agent`;
  const because = { cause: 'background', source: hash } as const;
  return [
    { account: `vault token ${vaultToken}`, amount: payout.vaultUnits, text: `${text}, from the vault`, ...because },
    { account: 'wNat', amount: payout.poolWei, text: `${text}, from the pool`, ...because },
  ];
}
