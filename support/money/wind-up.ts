/**
 * Ends what users have open: pending mintings are executed, defaults claimed, pools left, fees withdrawn, and what only
 * others can end is waited for. Every act is judged like any other step.
 */
import type { Actors } from '../actors/actors.ts';
import { CHOICE_MAX } from '../sequence/bundle.ts';
import { type Book, closeBook, decided, runStep } from '../sequence/runner.ts';
import { StepFailed } from '../sequence/step.ts';
import type { WindingUp } from '../sequence/suite.ts';
import type { Waiter } from '../units/waiter.ts';
import { movementsOf } from './fund.ts';
import { type RunHistory, accountsOf } from '../sequence/history.ts';
import type { UserSession } from '../users/session.ts';
import { windingUpActs } from './wind-up-acts.ts';
import type { World } from '../network/world.ts';
import { Troubles } from '../units/troubles.ts';
import { forEachUser } from './by-user.ts';
import { activeRecords } from '../model/records.ts';
import type { Statement } from '../model/statement.ts';

export interface Patience {
  /** Seconds of network time to wait for others. */
  readonly patienceS: number;
  readonly lookAgainS: number;
}

/** How often to look: a look costs only requests where time passes by itself, and time where it is moved for it. */
export const patienceOf = ({ record: { capabilities, ledger } }: World, patienceS: number): Patience => ({
  patienceS,
  lookAgainS: capabilities.canWarpTime ? 60 : 3 * ledger.closeS,
});

export interface WoundUp {
  /** Figures and acts that are not right, one line each. */
  readonly wrong: readonly string[];
  /** Records that nobody ended in time. */
  readonly open: readonly string[];
  /** Acts and reads whose result is unknown, one line each. */
  readonly unknown: readonly string[];
  /** Users whose last act did not end right; their book may be wrong. */
  readonly inDoubt: ReadonlySet<string>;
}

/** Kept as it is found, so that a later failure hides none of it. */
interface Found {
  readonly wrong: string[];
  readonly open: string[];
  readonly unknown: string[];
  readonly inDoubt: Set<string>;
}

/** Winds every user up, in turns, and closes every account once more. One user's trouble stops no other. */
export async function windUp(
  windingUp: WindingUp<Actors>,
  world: World,
  users: readonly UserSession[],
  history: RunHistory,
  patience = patienceOf(world, windingUp.patienceS),
): Promise<WoundUp> {
  const found: Found = { wrong: [], open: [], unknown: [], inDoubt: new Set() };
  if (users.length === 0) return found;
  const accounts = accountsOf(history.read());
  const troubles = new Troubles();
  await forEachUser(world, users, troubles, async (user, waiter) => {
    const account = accounts.get(user.user);
    if (account !== undefined) await windUpUser(windingUp, user, account.book, waiter, history, patience, found);
  });
  found.unknown.push(...troubles.lines);
  for (const { user } of users) if (troubles.have(user)) found.inDoubt.add(user);
  return found;
}

async function windUpUser(
  windingUp: WindingUp<Actors>,
  user: UserSession,
  opening: Book,
  waiter: Waiter,
  history: RunHistory,
  { patienceS, lookAgainS }: Patience,
  found: Found,
): Promise<void> {
  const deadlineS = (await waiter.nowS()) + patienceS;
  let book = opening;
  const close = (closed: Book, { lines = [] }: Partial<Statement> = {}) => {
    book = closed;
    history.add({ type: 'closed', user: user.user, movements: movementsOf(lines), book });
  };
  for (;;) {
    try {
      await doWhatCanBeDone(windingUp, user, book, close);
    } catch (error) {
      found.open.push(...openRecords(user, book));
      if (!(error instanceof StepFailed)) throw error;
      found.inDoubt.add(user.user);
      found[error.failure.verdict].push(error.message);
      return;
    }
    const { statement, book: closing } = await closeBook(user, book);
    close(closing, statement);
    found.wrong.push(
      ...statement.mismatches.map(
        ({ subject, actual, expected }) => `${user.user}: ${subject} is ${actual}, expected ${expected}`,
      ),
    );
    const waiting = openRecords(user, book);
    const isLocked = Object.values(book.timelocks).some((locks) => locks.length > 0);
    if ((waiting.length === 0 && !isLocked) || (await waiter.nowS()) > deadlineS) {
      found.open.push(...waiting);
      return;
    }
    await waiter.sleepS(lookAgainS);
  }
}

/** `close` hears of each act that is done, so that whatever fails later is told of what is open then. */
async function doWhatCanBeDone(
  windingUp: WindingUp<Actors>,
  user: UserSession,
  opening: Book,
  close: (book: Book, statement: Statement | undefined) => void,
): Promise<void> {
  let book = opening;
  for (const bundle of windingUpActs(windingUp)) {
    for (;;) {
      const choices = bundle.choices.map(() => CHOICE_MAX);
      const outcome = await runStep(user, book, decided(bundle, choices), user.user, () => {});
      if ('notEnabled' in outcome) break;
      ({ book } = outcome);
      close(book, outcome.result.statement);
    }
  }
}

function openRecords(user: UserSession, book: Book): string[] {
  return activeRecords(book.state.records).map((id) => `${user.user}: ${id}`);
}
