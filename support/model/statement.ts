/**
 * model: what must be. This file: opening balance + movements = expected closing, against the actual closing.
 * Imports units only. Pure: reads, prints and draws nothing.
 * Never here: an amount taken from the event or view that is being judged.
 */
import {
  type Account,
  type RecordFields,
  type RecordId,
  type UserState,
  accountKind,
  amountsOf,
  recordKind,
} from './state.ts';
import type { State } from './states.ts';

/** own: a formula of the user's action; fee: a receipt; background: somebody else's event, by the protocol's rules. */
export type Cause = 'own' | 'fee' | 'background';

export interface Movement {
  readonly account: Account;
  readonly amount: bigint;
  readonly cause: Cause;
  /** Why, for people. */
  readonly text: string;
  /** Transaction hash, where one moved it. */
  readonly source?: string;
}

/** A figure from an event or a view, compared with the model's own. */
export interface Claim {
  readonly what: string;
  /** Whose or of which transaction, where `what` alone does not say. */
  readonly of?: string;
  readonly expected: string;
  readonly actual: string;
  /** What is said where they differ, instead of "… is …, expected …". */
  readonly sentence?: string;
  /** What balances that are off with it come of: named before them. */
  readonly isCause?: boolean;
}

/** How an act was refused, against the custom error that it had to get. */
export function refusal(error: string, seen: string): Claim {
  const outcome = seen === NOT_REFUSED ? 'went through' : `was refused with ${seen}`;
  return {
    what: 'custom error',
    expected: error,
    actual: seen,
    sentence: `${outcome}, must be refused with ${error}`,
    isCause: true,
  };
}

/** Instead of a custom error's name. */
export const NOT_REFUSED = 'no revert';

/** New or changed fields of records; a record that is not named must stay as it is. */
export type RecordChanges = Readonly<Record<RecordId, RecordFields>>;

/** What a user knows about a record and the protocol does not, for example the hash of its payment. */
export type Notes = Readonly<Record<RecordId, RecordFields>>;

export interface Expectation {
  readonly movements: readonly Movement[];
  readonly records: RecordChanges;
  readonly claims: readonly Claim[];
  /** Kept for later steps, not judged. */
  readonly notes?: Notes;
  /** What the act met, for the count of states; not judged either. */
  readonly reached?: readonly State[];
}

/** Nothing moves but fees. */
export const NOTHING_EXPECTED: Expectation = { movements: [], records: {}, claims: [] };

/** Joins expectations; later record fields win. */
export function joinExpectations(...parts: readonly Expectation[]): Expectation {
  return {
    movements: parts.flatMap((part) => part.movements),
    records: joinFields(parts.map((part) => part.records)),
    claims: parts.flatMap((part) => part.claims),
    notes: joinFields(parts.map((part) => part.notes ?? {})),
    reached: parts.flatMap((part) => part.reached ?? []),
  };
}

/** Fields of the same record side by side; of the same field the last one. */
export function joinFields(parts: readonly RecordChanges[]): RecordChanges {
  const joined: Record<RecordId, RecordFields> = {};
  for (const part of parts) for (const [id, fields] of Object.entries(part)) joined[id] = { ...joined[id], ...fields };
  return joined;
}

export interface StatementLine {
  readonly account: Account;
  readonly opening: bigint;
  readonly movements: readonly Movement[];
  readonly expected: bigint;
  readonly actual: bigint;
}

export interface Mismatch {
  /** Stable across runs: what kind of figure is off, without ids and amounts. */
  readonly kind: string;
  readonly subject: string;
  readonly expected: string;
  readonly actual: string;
  /** What is said of it, instead of "… is …, expected …". */
  readonly sentence?: string;
  /** actual − expected, for amounts of money. */
  readonly difference?: bigint;
  /** The transactions behind the figure, where they are known, the nearest first. */
  readonly origins?: readonly string[];
}

export interface Statement {
  readonly user: string;
  readonly lines: readonly StatementLine[];
  readonly mismatches: readonly Mismatch[];
  /** States that the act met. */
  readonly reached?: readonly State[];
}

export type Tolerances = Readonly<Record<Account, bigint>>;

/** Compares the closing state with opening plus expectation. Accounts without a tolerance must agree exactly. */
export function drawStatement(
  user: string,
  opening: UserState,
  expectation: Expectation,
  closing: UserState,
  tolerances: Tolerances = {},
): Statement {
  const lines = statementLines(opening, expectation.movements, closing);
  const causes = expectation.claims.filter(({ isCause }) => isCause === true);
  const figures = expectation.claims.filter(({ isCause }) => isCause !== true);
  const mismatches = [
    ...causes.flatMap(claimMismatch),
    ...lines.flatMap((line) => balanceMismatch(line, tolerances)),
    ...recordMismatches(opening, expectation.records, closing),
    ...figures.flatMap(claimMismatch),
  ];
  return { user, lines, mismatches, reached: expectation.reached ?? [] };
}

function statementLines(opening: UserState, movements: readonly Movement[], closing: UserState): StatementLine[] {
  const openingAmounts = amountsOf(opening);
  const closingAmounts = amountsOf(closing);
  const accounts = new Set([
    ...Object.keys(openingAmounts),
    ...Object.keys(closingAmounts),
    ...movements.map((movement) => movement.account),
  ]);
  return [...accounts].map((account) => {
    const own = movements.filter((movement) => movement.account === account);
    const openingAmount = openingAmounts[account] ?? 0n;
    return {
      account,
      opening: openingAmount,
      movements: own,
      expected: own.reduce((sum, movement) => sum + movement.amount, openingAmount),
      actual: closingAmounts[account] ?? 0n,
    };
  });
}

function balanceMismatch(line: StatementLine, tolerances: Tolerances): Mismatch[] {
  const difference = line.actual - line.expected;
  const size = difference < 0n ? -difference : difference;
  if (size <= (tolerances[line.account] ?? 0n)) return [];
  return [
    {
      kind: `balance of ${accountKind(line.account)}`,
      subject: line.account,
      expected: line.expected.toString(),
      actual: line.actual.toString(),
      difference,
    },
  ];
}

function recordMismatches(opening: UserState, changes: RecordChanges, closing: UserState): Mismatch[] {
  const ids = new Set([...Object.keys(opening.records), ...Object.keys(changes), ...Object.keys(closing.records)]);
  return [...ids].flatMap((id) => {
    const expected: RecordFields = { ...opening.records[id], ...changes[id] };
    const actual = closing.records[id] ?? {};
    const fields = new Set([...Object.keys(expected), ...Object.keys(actual)]);
    return [...fields]
      .filter((field) => expected[field] !== actual[field])
      .map((field) => ({
        kind: `${recordKind(id)} ${field}`,
        subject: `${id} ${field}`,
        expected: expected[field] ?? 'absent',
        actual: actual[field] ?? 'absent',
      }));
  });
}

/** The mismatch of a claim that does not hold, with the difference where both are numbers. */
export function claimMismatch({ what, of, expected, actual, sentence }: Claim): Mismatch[] {
  if (expected === actual) return [];
  const subject = of === undefined ? what : `${what} of ${of}`;
  const areNumbers = [expected, actual].every((text) => /^-?\d+$/.test(text));
  return [
    {
      kind: what,
      subject,
      expected,
      actual,
      ...(sentence === undefined ? {} : { sentence }),
      ...(areNumbers ? { difference: BigInt(actual) - BigInt(expected) } : {}),
    },
  ];
}
