/**
 * Runs one step of one user and judges it: view, act, look again, statement of account.
 *
 * It knows bundles and models, not chains: what a user can do and see comes in as a Session. The session decides what an
 * error means.
 */
import { type Happenings, type OddPayments, explainBackground, paidRecord } from '../model/background.ts';
import { explainCalls } from '../model/foreign-calls.ts';
import { type Ending, type Evidence, endingClaims, endingsSince } from '../model/endings.ts';
import { type Timelocks, replayPools } from '../model/pool-replay.ts';
import { capacityClaims } from '../model/market.ts';
import {
  type Account,
  type Point,
  type RecordFields,
  type RecordId,
  type UserState,
  recordKind,
} from '../model/state.ts';
import {
  type Expectation,
  type Mismatch,
  type Movement,
  type Notes,
  type Statement,
  type Tolerances,
  NOTHING_EXPECTED,
  NOT_REFUSED,
  claimMismatch,
  drawStatement,
  refusal,
  joinExpectations,
  joinFields,
} from '../model/statement.ts';
import type { Bundle, Choices, Params, View } from './bundle.ts';
import { type ExecutedStep, type Failure, StepFailed, type StepResult } from './step.ts';
import { canChange } from '../model/records.ts';
import { statesNamed } from '../model/states.ts';

/** One user as the runner sees them. */
export interface Session<Actors> {
  readonly user: string;
  /** EVM address, lower-case. */
  readonly address: string;
  readonly actors: Actors;
  readonly tolerances: Tolerances;
  /** What agents may pay besides what is due, where they are made to misbehave. */
  readonly oddPayments?: OddPayments;
  view(book: Book): Promise<View>;
  /** The view as the step's first transaction met it: others may have acted since `view` was read. */
  viewMet(view: View): Promise<View>;
  userState(tracked: readonly RecordId[]): Promise<UserState>;
  happenings(from: Point, to: Point): Promise<Happenings>;
  /** What others gave to these accounts without being asked, by their transactions. */
  gifts(accounts: readonly Account[], from: Point, to: Point): Promise<readonly Movement[]>;
  /** Hashes of transactions with the user's keys that are not the run's. */
  foreignUses(from: Point, to: Point): Promise<readonly string[]>;
  /** What the ledger and the clocks show about a record that ended. */
  evidence(ending: Ending, at: Point): Promise<Evidence>;
  /** Invariants violated at that point; none where the protocol cannot be watched. */
  violations(at: Point): Promise<readonly Mismatch[]>;
  /** A mark in the book of costs, for `costsSince`. */
  costMark(): number;
  costsSince(mark: number): readonly Movement[];
  /**
   * Classifies an error: `wrong` when the protocol or the ledger refused, `unknown` when what happened cannot be known.
   */
  classify(error: unknown): { verdict: Failure['verdict']; kind: string; text: string };
}

/** What is known of a user between two steps; the opening of the next statement is the closing of the last. */
export interface Book {
  readonly state: UserState;
  /** Redemptions whose payment has been accounted for. */
  readonly paid: ReadonlySet<RecordId>;
  /** Pool tokens that were entered and are not free yet. */
  readonly timelocks: Timelocks;
  readonly notes: Notes;
}

export const openBook = (state: UserState): Book => ({ state, paid: new Set(), timelocks: {}, notes: {} });

/** The bundle cannot be done now; nothing was sent. */
export interface NotEnabled {
  readonly notEnabled: string;
  /** The bundles that were asked for but could not be done; empty when none in particular was asked for. */
  readonly bundles: readonly string[];
  /** Exactly what was asked for, where it was one step. */
  readonly wanted?: Pick<ExecutedStep, 'bundle' | 'choices' | 'params'>;
}

export interface StepOutcome {
  readonly book: Book;
  readonly result: StepResult;
}

/** What to do, decided on the view the step begins with. */
export type Decision<Actors> =
  | { readonly bundle: Bundle<Actors>; readonly choices: Choices; readonly params: Params }
  | NotEnabled;
export type Decide<Actors> = (view: View) => Decision<Actors>;

const withParams = (params: Params): Pick<ExecutedStep, 'params'> =>
  Object.keys(params).length === 0 ? {} : { params };

/** Does exactly this, if it is enabled. */
export const decided =
  <Actors>(bundle: Bundle<Actors>, choices: Choices, params: Params = {}): Decide<Actors> =>
  (view) => {
    const enabled = bundle.enabled(view, params);
    return enabled === true
      ? { bundle, choices, params }
      : {
          notEnabled: `${bundle.name}: ${enabled}`,
          bundles: [bundle.name],
          wanted: { bundle: bundle.name, choices, ...withParams(params) },
        };
  };

/**
 * Does one step. Returns the next book and the result, or why nothing could be done. Calls `onBegin` before anything is
 * sent. Throws StepFailed when the verdict is wrong or unknown.
 */
export async function runStep<Actors>(
  session: Session<Actors>,
  book: Book,
  decide: Decide<Actors>,
  lane: string,
  onBegin: (step: ExecutedStep) => void | Promise<void>,
): Promise<StepOutcome | NotEnabled> {
  const view = await session.view(book);
  const decision = decide(view);
  if ('notEnabled' in decision) return decision;
  const { bundle, choices, params } = decision;
  const bound = bundle.resolve(view, choices, params);
  const step: ExecutedStep = {
    user: session.user,
    bundle: bundle.name,
    choices,
    plan: bound.plan,
    ...withParams(params),
    ...(lane === session.user ? {} : { lane }),
  };
  await onBegin(step);
  const startedMs = performance.now();
  const mark = session.costMark();
  const finish = (statement: Statement | undefined, failure?: Omit<Failure, 'transactions'>): StepResult => {
    const transactions = sources(session.costsSince(mark));
    return {
      step,
      statement,
      failure: failure && { ...failure, transactions },
      transactions,
      tookMs: performance.now() - startedMs,
      startedAtS: view.market.point.timeS,
    };
  };

  // What is drawn hangs on the agents' capacity: where the protocol tells it wrong, nothing is sent.
  const [wrong] = capacityClaims(view.market).flatMap(claimMismatch);
  if (wrong !== undefined)
    throw failed(finish(undefined, { verdict: 'wrong', ...failureOf(session.user, bundle.name, wrong) }));

  /** A refusal that the act had to get moves nothing but gas; undefined for any other. */
  const judgeRefused = async (kind: string): Promise<StepOutcome | undefined> => {
    if (!kind.startsWith(REVERTED)) return undefined;
    const expected = bound.refusedWith(await session.viewMet(view));
    if (kind !== `${REVERTED}${expected}`) return undefined;
    const reached = statesNamed(`refused: ${expected}`);
    return close(await judge(session, book, { ...costs(session, mark), reached }), expected);
  };
  const close = ({ statement, book: closed }: Judged, refusedWith?: string): StepOutcome => {
    const result = finish(statement, mismatchFailure(session.user, bundle.name, statement));
    if (result.failure) throw failed(result);
    return { book: closed, result: refusedWith === undefined ? result : { ...result, refusedWith } };
  };

  let judged: Judged;
  try {
    const expectationOf = await bound.run(session.actors);
    const met = await session.viewMet(view);
    const expectation = joinExpectations(expectationOf(met), notRefused(bound.refusedWith(met)));
    judged = await judge(session, book, joinExpectations(expectation, costs(session, mark)));
  } catch (error) {
    const { verdict, kind, text } = session.classify(error);
    const refused = await judgeRefused(kind).catch((trouble: unknown) => {
      if (trouble instanceof StepFailed) throw trouble;
      const told = session.classify(trouble);
      const sentence = `${text}; whether it had to be refused nobody can tell: ${told.text}`;
      const id = `${bundle.name}: ${told.kind}`;
      throw failed(
        finish(undefined, { verdict: 'unknown', id, sentence: `${session.user}, ${bundle.name}: ${sentence}` }),
      );
    });
    if (refused !== undefined) return refused;
    const failure = {
      verdict,
      id: `${bundle.name}: ${kind}`,
      sentence: `${session.user}, ${bundle.name}: ${text}`,
    };
    throw failed(finish(undefined, failure));
  }
  return close(judged);
}

const IMPOSSIBLE = 'cannot be done';
/** True for the id of a failure of `impossible`. Nothing in such a sequence can be left out. */
export const isImpossible = (failureId: string): boolean => failureId.endsWith(`: ${IMPOSSIBLE}`);

/** The failure of a step that had to be possible: what came before did not bring about what it needs. */
export function impossible(
  step: ExecutedStep,
  { notEnabled }: NotEnabled,
  statement: Statement,
  startedAtS: number,
): StepFailed {
  const { user, bundle } = step;
  const failure = mismatchFailure(user, bundle, statement) ?? {
    verdict: 'wrong',
    id: `${bundle}: ${IMPOSSIBLE}`,
    sentence: `${user}, ${bundle}: ${IMPOSSIBLE}, though all was arranged for it (${notEnabled})`,
    statement,
  };
  const transactions: string[] = [];
  return failed({ step, statement, failure: { ...failure, transactions }, transactions, tookMs: 0, startedAtS });
}

/** Prefix of a session's name for a revert, before the custom error. */
const REVERTED = 'reverted with ';

/** An act that succeeded although it had to be refused. */
function notRefused(error: string | undefined): Expectation {
  return { movements: [], records: {}, claims: error === undefined ? [] : [refusal(error, NOT_REFUSED)] };
}

/** A statement over what others did since the book was last closed, without an act of the user. */
export async function closeBook<Actors>(
  session: Session<Actors>,
  book: Book,
): Promise<{ book: Book; statement: Statement }> {
  return judge(session, book, NOTHING_EXPECTED);
}

/** What a step of another user came to for somebody it reached. */
export interface Reached {
  readonly book: Book;
  readonly statement: Statement;
}

/** Compares the account of somebody whom another's step has reached. Throws StepFailed for that step when it is not right. */
export async function closeReached<Actors>(session: Session<Actors>, book: Book, result: StepResult): Promise<Reached> {
  const { bundle } = result.step;
  const { transactions } = result;
  let closed: Reached;
  try {
    closed = await closeBook(session, book);
  } catch (error) {
    const { verdict, kind, text } = session.classify(error);
    const sentence = `${session.user}, ${bundle}: ${text}`;
    throw failed({ ...result, failure: { verdict, id: `${bundle}: ${kind}`, sentence, transactions } });
  }
  const failure = mismatchFailure(session.user, bundle, closed.statement);
  if (failure === undefined) return closed;
  throw failed({ ...result, statement: closed.statement, failure: { ...failure, transactions } });
}

interface Judged {
  readonly book: Book;
  readonly statement: Statement;
}

async function judge<Actors>(session: Session<Actors>, book: Book, own: Expectation): Promise<Judged> {
  const opening = book.state;
  const records: Readonly<Record<RecordId, RecordFields>> = joinFields([opening.records, own.records]);
  const closing = await session.userState(Object.keys(records));
  const happenings = await session.happenings(opening.point, closing.point);
  const background = explainBackground(records, book.paid, happenings, session.oddPayments);
  const pools = replayPools(
    session.address,
    opening.pools,
    book.timelocks,
    happenings.poolEvents,
    BigInt(opening.point.timeS),
    BigInt(closing.point.timeS),
  );
  const notes = joinFields([book.notes, own.notes ?? {}]);
  const endings = endingsSince(opening.records, records, notes, closing.records, happenings.endedIn);
  const claims = await Promise.all(
    endings.map(async (ending) => endingClaims(ending, await session.evidence(ending, closing.point))),
  );
  // What nothing deserves is named before whatever comes of it.
  const reached = statesNamed(...endings.map(({ record, status }) => `${recordKind(record)} ended ${status}`));
  const grounds = {
    movements: [],
    records: {},
    claims: claims.flat().map((claim) => ({ ...claim, isCause: true })),
    reached,
  };
  const expectation = joinExpectations(grounds, own, background.expectation, {
    movements: [...pools.movements, ...explainCalls(session.address, happenings.calls)],
    records: {},
    claims: pools.claims,
    reached: pools.reached,
  });
  const drawn = await withGifts(session, opening, expectation, closing);
  const statement = { ...drawn, mismatches: [...drawn.mismatches, ...(await session.violations(closing.point))] };
  return {
    statement,
    book: forgetFinal({
      state: closing,
      paid: background.paid,
      timelocks: pools.timelocks,
      notes,
    }),
  };
}

/** Gifts are looked for where nothing else explains a balance: that takes a look at every block. */
async function withGifts<Actors>(
  session: Session<Actors>,
  opening: UserState,
  expectation: Expectation,
  closing: UserState,
): Promise<Statement> {
  const draw = (expected: Expectation) => drawStatement(session.user, opening, expected, closing, session.tolerances);
  const drawn = draw(expectation);
  const off = drawn.lines.filter(({ expected, actual }) => actual !== expected).map(({ account }) => account);
  if (off.length === 0) return drawn;
  const movements = await session.gifts(off, opening.point, closing.point);
  const explained =
    movements.length === 0 ? drawn : draw(joinExpectations(expectation, { movements, records: {}, claims: [] }));
  if (!explained.lines.some(isFeeAccountShort)) return explained;
  const uses = await session.foreignUses(opening.point, closing.point);
  return { ...explained, mismatches: [...usedByOthers(uses), ...explained.mismatches] };
}

/** Whoever uses the user's keys pays a fee at least. */
const isFeeAccountShort = ({ account, expected, actual }: Statement['lines'][number]): boolean =>
  (account === 'native' || account === 'xrp') && actual < expected;

const usedByOthers = (hashes: readonly string[]): Mismatch[] =>
  hashes.length === 0
    ? []
    : [
        {
          kind: 'keys used by another program',
          subject: "whoever used the user's keys",
          expected: 'this run alone',
          actual: `another program too (${hashes.join(', ')})`,
          origins: hashes,
        },
      ];

/** Records that can never change again need not be read again. */
function forgetFinal(book: Book): Book {
  const records = Object.fromEntries(Object.entries(book.state.records).filter(([, fields]) => canChange(fields)));
  return {
    ...book,
    state: { ...book.state, records },
    paid: new Set([...book.paid].filter((payment) => paidRecord(payment) in records)),
    notes: Object.fromEntries(Object.entries(book.notes).filter(([id]) => id in records)),
  };
}

function costs<Actors>(session: Session<Actors>, mark: number): Expectation {
  return { movements: session.costsSince(mark), records: {}, claims: [] };
}

/** The first mismatch of a statement as the failure of this user's bundle; undefined when everything agrees. */
export function mismatchFailure(
  user: string,
  bundle: string,
  statement: Statement,
): Omit<Failure, 'transactions'> | undefined {
  const [first] = statement.mismatches;
  if (first === undefined) return undefined;
  return { verdict: 'wrong', ...failureOf(user, bundle, first), statement };
}

function failureOf(user: string, bundle: string, mismatch: Mismatch): Pick<Failure, 'id' | 'sentence'> {
  const { kind, subject, expected, actual, difference, sentence } = mismatch;
  const off = difference === undefined ? '' : `, off by ${difference}`;
  const told = sentence ?? `${subject} is ${actual}, expected ${expected}${off}`;
  return {
    id: `${bundle}: ${kind}`,
    sentence: `${user}, ${bundle}: ${told}`,
  };
}

function failed(result: StepResult): StepFailed {
  if (result.failure === undefined) throw new Error('a step without a failure cannot fail');
  return new StepFailed(result, result.failure);
}

function sources(movements: readonly Movement[]): string[] {
  return [...new Set(movements.flatMap((movement) => (movement.source === undefined ? [] : [movement.source])))];
}
