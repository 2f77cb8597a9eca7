/**
 * What each ending of a record must rest on. An ending can take something from a user: a reservation fee, a payment, burned
 * FAssets. So it must be deserved by what the ledger holds and the clocks say, whoever ended the record and whatever its event
 * tells (protocol facts 2.4, 2.5, 3.3 and 3.4).
 */
import type { PaymentWindow } from './minting.ts';
import {
  type MintingStatus,
  type RedemptionStatus,
  REDEMPTION_STATUSES,
  MINTING_STATUSES,
  directMintingPayment,
  idOf,
  isActive,
  isMinting,
  tagNumber,
} from './records.ts';
import { mintingReference, redemptionReference } from './background.ts';
import { type RecordFields, type RecordId, recordKind } from './state.ts';
import type { Claim, Notes } from './statement.ts';

/** Why an account of the ledger does not take a payment. */
export type Refusal = 'refuses deposits' | 'requires a tag' | 'does not exist';

/** A payment on the ledger that bears a record's reference, whatever became of it. */
export interface ReferencedPayment {
  readonly hash: string;
  readonly source: string;
  readonly destination: string;
  /** What arrived; for one that failed, what it was meant to deliver. */
  readonly amountDrops: bigint;
  /** The ledger's result code. */
  readonly result: string;
  readonly ledger: number;
  /** When that ledger closed, Unix seconds. */
  readonly closedAtS: number;
  /** Why the receiver could not take it, by the receiver's account at that ledger. */
  readonly refusals: readonly Refusal[];
}

/** A record that ended, as it stood before. */
export interface Ending {
  readonly record: RecordId;
  readonly status: string;
  readonly fields: RecordFields;
  readonly window: PaymentWindow;
  /** Block of the chain in which it ended, where an event gives it away. */
  readonly block: number | undefined;
}

/** What is known of an ending from elsewhere. Times are Unix seconds. */
export interface Evidence {
  /** The agent's account on the ledger. */
  readonly agentAddress: string;
  readonly payments: readonly ReferencedPayment[];
  /** No later than this it ended. */
  readonly endedAtS: number;
  /** When the last ledger of the payment window closed; undefined while it is open. */
  readonly lastLedgerClosedAtS: number | undefined;
  /** For so long something can be proven. */
  readonly attestationWindowS: bigint;
  /** The address that is to be paid is one of the ledger's. */
  readonly isLedgerAddress: boolean;
}

type Facts = Ending & Evidence;

/** What must have been so for a status to be right. */
interface Ground {
  /** Continues "…, and here ". */
  readonly says: string;
  readonly holds: (facts: Facts) => boolean;
}

type Grounds = readonly Ground[];

const RESULT_OF: Readonly<Record<string, Refusal>> = {
  tecNO_PERMISSION: 'refuses deposits',
  tecDST_TAG_NEEDED: 'requires a tag',
  tecNO_DST: 'does not exist',
  tecNO_DST_INSUF_XRP: 'does not exist',
};

/** Why the receiver would be at fault by the ledger's result code alone. */
export const refusalMeant = (result: string): Refusal | undefined => RESULT_OF[result];

const amountIn = ({ fields }: Ending, name: string): bigint => BigInt(fields[name] ?? 0);
/** A minter pays the fee on top, a redeemer gets it taken off. */
const dueUba = (ending: Ending): bigint =>
  isMinting(ending.record)
    ? amountIn(ending, 'valueUba') + amountIn(ending, 'feeUba')
    : amountIn(ending, 'valueUba') - amountIn(ending, 'feeUba');

const isFull = (ending: Facts, { amountDrops }: ReferencedPayment): boolean => amountDrops >= dueUba(ending);
const isInTime = ({ window }: Facts, { ledger, closedAtS }: ReferencedPayment): boolean =>
  ledger >= window.firstBlock && (ledger <= window.lastBlock || closedAtS <= window.lastTimestampS);
const hasArrived = ({ result }: ReferencedPayment): boolean => result === 'tesSUCCESS';
/** Both the ledger's result and the receiver's account say so: neither alone can be believed. */
const wasRefused = ({ result, refusals }: ReferencedPayment): boolean => {
  const meant = refusalMeant(result);
  return meant !== undefined && refusals.includes(meant);
};

const isToMint = ({ agentAddress }: Facts, { destination }: ReferencedPayment): boolean => destination === agentAddress;
const isToRedeemer = ({ fields }: Facts, { destination }: ReferencedPayment): boolean =>
  destination === fields['paymentAddress'];
const isFromAgent = ({ agentAddress }: Facts, { source }: ReferencedPayment): boolean => source === agentAddress;

/** As the agent has to pay it; what became of it aside. */
const isProper = (facts: Facts, payment: ReferencedPayment): boolean =>
  isFromAgent(facts, payment) && isToRedeemer(facts, payment) && isFull(facts, payment) && isInTime(facts, payment);

const isOver = ({ window, endedAtS, lastLedgerClosedAtS }: Facts): boolean =>
  endedAtS > window.lastTimestampS && lastLedgerClosedAtS !== undefined && endedAtS > lastLedgerClosedAtS;
const isBeyondProof = (facts: Facts): boolean =>
  isOver(facts) && BigInt(facts.endedAtS) >= facts.window.lastTimestampS + facts.attestationWindowS;

const WINDOW_OVER: Ground = { says: 'the payment window is over, by ledger and by time', holds: isOver };

/** Every ending that there is. */
export const GROUNDS: {
  readonly minting: Readonly<Record<Exclude<MintingStatus, 'ACTIVE'>, Grounds>>;
  readonly redemption: Readonly<Record<Exclude<RedemptionStatus, 'ACTIVE'>, Grounds>>;
} = {
  minting: {
    SUCCESSFUL: [
      {
        says: 'a payment in full has reached the agent',
        holds: (facts) =>
          facts.payments.some(
            (payment) =>
              isToMint(facts, payment) &&
              hasArrived(payment) &&
              isFull(facts, payment) &&
              payment.ledger >= facts.window.firstBlock,
          ),
      },
    ],
    DEFAULTED: [
      WINDOW_OVER,
      {
        says: 'no payment in full was made to the agent in its window',
        holds: (facts) =>
          !facts.payments.some(
            (payment) =>
              isToMint(facts, payment) &&
              (hasArrived(payment) || wasRefused(payment)) &&
              isFull(facts, payment) &&
              isInTime(facts, payment),
          ),
      },
    ],
    EXPIRED: [{ says: 'the payment window is over for so long that nothing can be proven', holds: isBeyondProof }],
  },
  redemption: {
    SUCCESSFUL: [
      {
        says: "the agent's payment has arrived in full and in time",
        holds: (facts) => facts.payments.some((payment) => hasArrived(payment) && isProper(facts, payment)),
      },
    ],
    DEFAULTED_UNCONFIRMED: [
      WINDOW_OVER,
      {
        says: 'no payment in full was made in its window, or nothing can be proven any more',
        holds: (facts) =>
          isBeyondProof(facts) ||
          !facts.payments.some(
            (payment) =>
              isToRedeemer(facts, payment) &&
              (hasArrived(payment) || wasRefused(payment)) &&
              isFull(facts, payment) &&
              isInTime(facts, payment),
          ),
      },
    ],
    DEFAULTED_FAILED: [
      {
        says: 'a payment of the agent failed by its own fault, or was short, late or to somebody else',
        holds: (facts) =>
          facts.payments.some(
            (payment) =>
              isFromAgent(facts, payment) &&
              !((hasArrived(payment) || wasRefused(payment)) && isProper(facts, payment)),
          ),
      },
    ],
    BLOCKED: [
      {
        says: "the redeemer's account turned down a payment of the agent in full and in time",
        holds: (facts) => facts.payments.some((payment) => wasRefused(payment) && isProper(facts, payment)),
      },
    ],
    REJECTED: [
      { says: 'the address to be paid is none of the ledger', holds: ({ isLedgerAddress }) => !isLedgerAddress },
    ],
  },
};

/** The reference that a payment for the record bears: lower-case hex without 0x. */
export const referenceOf = (record: RecordId): string =>
  isMinting(record) ? mintingReference(idOf(record)) : redemptionReference(idOf(record));

/**
 * Records whose status is another than at the opening and not ACTIVE: they have ended since, or ended anew. `known` is what the
 * model has of them, `notes` what it has besides.
 */
export function endingsSince(
  opening: Readonly<Record<RecordId, RecordFields>>,
  known: Readonly<Record<RecordId, RecordFields>>,
  notes: Notes,
  closing: Readonly<Record<RecordId, RecordFields>>,
  blocks: ReadonlyMap<RecordId, number>,
): Ending[] {
  return Object.entries(closing).flatMap(([record, { status = 'absent' }]) => {
    // What a direct minting has to give is held against the user's balances.
    if (tagNumber(record) !== undefined || directMintingPayment(record) !== undefined) return [];
    if (isActive(closing[record]) || status === opening[record]?.['status']) return [];
    const fields = known[record] ?? {};
    return [{ record, status, fields, window: windowOf({ ...notes[record], ...fields }), block: blocks.get(record) }];
  });
}

const windowOf = ({ firstBlock = '0', lastBlock = '0', lastTimestampS = '0' }: RecordFields): PaymentWindow => ({
  firstBlock: BigInt(firstBlock),
  lastBlock: BigInt(lastBlock),
  lastTimestampS: BigInt(lastTimestampS),
});

/** What the names of all these claims begin with. */
export const ENDING_CHECK = 'ground for ';

/** One claim for each ground that the ending must have; one that fails for a status that no record can have. */
export function endingClaims(ending: Ending, evidence: Evidence): Claim[] {
  const facts = { ...ending, ...evidence };
  const { record, status } = ending;
  const what = `${ENDING_CHECK}${recordKind(record)} ${status}`;
  const grounds = groundsOf(record, status);
  if (grounds === undefined) return [{ what, expected: 'a status of the protocol', actual: status }];
  return grounds.map(({ says, holds }) => {
    const expected = `${record}: ${says}`;
    return { what, expected, actual: holds(facts) ? expected : `${record}: ${inWords(facts)}` };
  });
}

function groundsOf(record: RecordId, status: string): Grounds | undefined {
  const all: Readonly<Record<string, Grounds>> = isMinting(record) ? GROUNDS.minting : GROUNDS.redemption;
  const names: readonly string[] = isMinting(record) ? MINTING_STATUSES : REDEMPTION_STATUSES;
  return names.includes(status) ? all[status] : undefined;
}

/** What there was instead. */
function inWords({ payments, window, endedAtS, lastLedgerClosedAtS }: Facts): string {
  const open = lastLedgerClosedAtS === undefined ? 'still open' : `closed at ${lastLedgerClosedAtS}`;
  const times = `ended at ${endedAtS}, to be paid until ${window.lastTimestampS} or ledger ${window.lastBlock} (${open})`;
  return `${payments.map(paymentInWords).join('; ') || 'no payment with its reference'}; ${times}`;
}

function paymentInWords({ hash, source, destination, amountDrops, ...rest }: ReferencedPayment): string {
  const { result, ledger, closedAtS, refusals } = rest;
  const receiver = result === 'tesSUCCESS' ? '' : `, the receiver ${refusals.join(' and ') || 'takes payments'}`;
  const way = `${amountDrops} drops from ${source} to ${destination}`;
  return `${hash}: ${way} got ${result} in ledger ${ledger} at ${closedAtS}${receiver}`;
}
