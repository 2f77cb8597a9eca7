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
import { isMinting, isRedemption } from './records.ts';
import type { State } from './states.ts';

/** A validated payment to the user on the ledger. */
export interface IncomingPayment {
  readonly hash: string;
  /** Account of its sender. */
  readonly source: string;
  /** Vault of the agent whose account that is; undefined for everybody else. */
  readonly agentVault: string | undefined;
  /** Lower-case hex of its only memo, where that is as long as a reference; else empty. */
  readonly reference: string;
  /** Lower-case hex of every memo. */
  readonly memos: readonly string[];
  readonly tag?: number;
  /** What arrived, which can be less than what the payment names. */
  readonly deliveredDrops: bigint;
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
  /** Of the transaction, where it is known. */
  readonly hash?: string;
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
 * Explains happenings by the user's open records. A redemption is paid once, value − fee, by its agent; a second payment of an
 * agent, or one for no redemption of its own, explains nothing and so shows up as a mismatch, unless it is one of the odd
 * payments. What anybody else pays is a gift of what arrived, whatever it names and whatever reference it bears.
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
    if (payment.agentVault === undefined) {
      movements.push(gift(payment));
      continue;
    }
    const explained = explainPayment(records, requests, paid, payment, odd);
    if (explained === undefined) continue;
    paid.add(explained.payment);
    movements.push(explained.movement);
  }
  const reached: State[] = [];
  for (const { record, status, hash } of statuses) {
    const fields = records[record];
    if (fields === undefined) continue;
    changes[record] = { status, ...endOfEscrow(record, status, fields) };
    reached.push(...escrowStates(record, status, fields));
    if (isMinting(record) && status === 'SUCCESSFUL') movements.push(...mintedByExecutor(record, fields, hash));
  }
  // An agent that pays correctly never causes a default; where none is made to misbehave, only an executor's is no mismatch.
  for (const foreign of defaults) {
    const fields = records[foreign.record];
    if (fields === undefined || !(odd.endInDefault === true || 'executor' in fields)) continue;
    movements.push(...defaultMovements(foreign, fields));
  }
  return { expectation: { movements, records: changes, claims: [], reached }, paid };
}

/** Whatever ends a record but a minting's default ends what is held for its executor. */
const endOfEscrow = (record: RecordId, status: string, { executor }: RecordFields): RecordFields =>
  executor === undefined || (isMinting(record) && status !== 'SUCCESSFUL') ? {} : { executorFeeWei: '0' };

/** What somebody else's ending of the record meant for its executor's fee. */
function escrowStates(record: RecordId, status: string, { executorFeeWei = '0' }: RecordFields): State[] {
  if (executorFeeWei === '0') return [];
  if (isMinting(record)) return status === 'DEFAULTED' ? ['minting default: the executor fee is shared'] : [];
  return status === 'SUCCESSFUL' || status === 'BLOCKED' ? ['redemption paid: the executor fee is burned'] : [];
}

/** The minter gets the value whoever executes; without an executor nobody else should. */
function mintedByExecutor(record: RecordId, { executor, valueUba = '0' }: RecordFields, source?: string): Movement[] {
  if (executor === undefined) return [];
  const text = `${record} executed by somebody else`;
  const amount = BigInt(valueUba);
  return [{ account: 'fAsset', amount, cause: 'background', text, ...(source !== undefined && { source }) }];
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
  { agentVault, reference: borne, memos, hash, deliveredDrops }: IncomingPayment,
  { shortByDrops = 0n, twice = false, withoutReference = false }: OddPayments,
): ExplainedPayment | undefined {
  const due = (id: RecordId): bigint => dueUba(records[id] ?? {});
  const isShort = (id: RecordId): boolean => shortByDrops > 0n && deliveredDrops === due(id) - shortByDrops;
  const isSilent = memos.length === 0;
  const ways: readonly { readonly how: string; readonly holds: (id: RecordId) => boolean }[] = [
    { how: '', holds: (id) => borne === referenceOf(id) && !isShort(id) },
    { how: ', short', holds: (id) => borne === referenceOf(id) && isShort(id) },
    { how: ', again', holds: (id) => twice && borne === referenceOf(id) && !isShort(id) },
    { how: ', short, again', holds: (id) => twice && borne === referenceOf(id) && isShort(id) },
    {
      how: ', without reference',
      holds: (id) => withoutReference && isSilent && (deliveredDrops === due(id) || isShort(id)),
    },
    {
      how: ', without reference, again',
      holds: (id) => withoutReference && twice && isSilent && (deliveredDrops === due(id) || isShort(id)),
    },
  ];
  for (const { how, holds } of ways) {
    const id = requests.find(
      (request) => records[request]?.['agentVault'] === agentVault && holds(request) && !paid.has(`${request}${how}`),
    );
    if (id === undefined) continue;
    const amount = uba(due(id) - (isShort(id) ? shortByDrops : 0n));
    const text = `agent pays ${id}${how}`;
    return { payment: `${id}${how}`, movement: { account: 'xrp', amount, cause: 'background', text, source: hash } };
  }
  return undefined;
}

/** A payment that is nobody's to make: by whom, with what. */
function gift({ hash, source, memos, tag, deliveredDrops }: IncomingPayment): Movement {
  const bears = [...memos.map((memo) => `memo ${memo || '(empty)'}`), ...(tag === undefined ? [] : [`tag ${tag}`])];
  const text = `payment from ${source}, who owes nothing, with ${bears.join(', ') || 'no memo'}`;
  return { account: 'xrp', amount: deliveredDrops, cause: 'background', text, source: hash };
}

const referenceOf = (request: RecordId): string => redemptionReference(BigInt(request.slice('redemption '.length)));

const dueUba = (fields: RecordFields): bigint => BigInt(fields['valueUba'] ?? 0) - BigInt(fields['feeUba'] ?? 0);

function defaultMovements({ record, hash, vaultToken, terms }: ForeignDefault, fields: RecordFields): Movement[] {
  const payout = defaultPayout({ ...terms, valueUba: BigInt(fields['valueUba'] ?? 0) });
  const text = `default of ${record} by somebody else`;
  const because = { cause: 'background', source: hash } as const;
  return [
    { account: `vault token ${vaultToken}`, amount: payout.vaultUnits, text: `${text}, from the vault`, ...because },
    { account: 'wNat', amount: payout.poolWei, text: `${text}, from the pool`, ...because },
  ];
}
