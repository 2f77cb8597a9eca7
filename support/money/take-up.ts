/**
 * What a run on a network that outlives it does about crashes: it owns its keys, sweeps what earlier runs left before it funds,
 * and takes up what its own tests left half done before it collects.
 */
import { dirname, join } from 'node:path';
import type { WindingUp } from '../sequence/suite.ts';
import type { Actors } from '../actors/actors.ts';
import type { Movement } from '../model/statement.ts';
import { type UserState, amountsOf, isOwnAccount } from '../model/state.ts';
import { type Book, openBook } from '../sequence/runner.ts';
import { recoverBook } from './recovered-book.ts';
import { unfinished } from './leftovers.ts';
import { sweep, sweepText, writeSwept } from './sweep.ts';
import { hashesOf, settlePending } from './recover.ts';
import { RunHistory, accountsOf } from '../sequence/history.ts';
import type { UserSession } from '../users/session.ts';
import { type Journals, namesWithJournals } from '../users/journals.ts';
import { KeyInUse, type KeyLock, lockKey } from '../keys/key-lock.ts';
import type { World } from '../network/world.ts';
import { type Troubles, cleaningUp, reasonOf } from '../units/troubles.ts';
import { forEachUser } from './by-user.ts';

/** Seconds of network time that a new run waits for what earlier ones left open; then it goes on beside it. */
const SWEEP_PATIENCE_S = 300;

/** What a run knows when it is about to fund. */
export interface Opening {
  readonly windingUp: WindingUp<Actors>;
  readonly world: World;
  readonly journals: Journals;
  readonly funder: UserSession;
  readonly users: readonly UserSession[];
  /** Session of anybody whose key this run has locked. */
  readonly actor: (name: string) => UserSession;
  readonly history: RunHistory;
}

/**
 * Sweeps whoever an earlier run left something with: this run's users, and those of larger runs whom nobody uses now. Throws
 * when that goes wrong, since nobody should be given more before.
 */
export async function sweepEarlier({
  windingUp,
  world,
  journals,
  funder,
  users,
  actor,
  history,
}: Opening): Promise<void> {
  const others = await lockOthers(
    journals,
    [funder, ...users].map(({ user }) => user),
  );
  const releases = others.map(
    ({ lock }) =>
      () =>
        lock.release(),
  );
  await cleaningUp(
    async () => {
      // A funder who never came to the end of a run may have given money to users who had no time to do anything.
      const isAnybodySuspect = hashesOf(funder).length > 0;
      const everybody = [...users, ...others.map(({ name }) => actor(name))];
      const left = everybody.filter((user) => isAnybodySuspect || hashesOf(user).length > 0);
      const log = new RunHistory(join(dirname(history.path), 'swept.jsonl'));
      const swept = await sweep(windingUp, world, funder, left, log, SWEEP_PATIENCE_S);
      if (left.length > 0) writeSwept(dirname(history.path), swept);
      if (left.length > 0) process.stdout.write(`what earlier runs left:\n${sweepText(swept)}\n`);
      if (swept.problems.length > 0)
        throw new Error(
          `what earlier runs left could not be swept; npm run collect tries again:\n${swept.problems.join('\n')}`,
        );
    },
    ...releases,
  );
}

/** Takes back what users got before the funding failed. Gives what goes wrong with that, one line each; never throws. */
export async function sweepHalfFunded(
  windingUp: WindingUp<Actors>,
  world: World,
  funder: UserSession,
  users: readonly UserSession[],
  { path }: RunHistory,
): Promise<readonly string[]> {
  try {
    const log = new RunHistory(join(dirname(path), 'swept.jsonl'));
    return (await sweep(windingUp, world, funder, users, log, SWEEP_PATIENCE_S)).problems;
  } catch (error) {
    return [`what users had got already could not be swept: ${reasonOf(error)}`];
  }
}

interface LockedName {
  readonly name: string;
  readonly lock: KeyLock;
}

async function lockOthers(journals: Journals, present: readonly string[]): Promise<LockedName[]> {
  const locked: LockedName[] = [];
  for (const name of namesWithJournals(journals).filter((candidate) => !present.includes(candidate))) {
    try {
      locked.push({ name, lock: await lockKey(journals.folder, name, 'a sweep before a run') });
    } catch (error) {
      if (error instanceof KeyInUse) continue;
      for (const { lock } of locked) lock.release();
      throw error;
    }
  }
  return locked;
}

/** Names of users whose journal is kept and who have something to do still. */
export function unfinishedUsers(
  users: readonly Pick<UserSession, 'user' | 'journal'>[],
  history: Pick<RunHistory, 'read'>,
): Set<string> {
  const journalled = users.filter(({ journal }) => journal !== undefined);
  if (journalled.length === 0) return new Set();
  const accounts = accountsOf(history.read());
  const isUnfinished = (book: Book | undefined) => book !== undefined && unfinished(book).length > 0;
  return new Set(journalled.map(({ user }) => user).filter((user) => isUnfinished(accounts.get(user)?.book)));
}

/** The book that a user who has been funded begins with: what a sweep had to leave open is in it. */
export async function beginningBook(world: World, session: UserSession): Promise<Book> {
  const hashes = hashesOf(session);
  if (hashes.length === 0) return openBook(await session.userState([]));
  return (await recoverBook(world, session, hashes)).book;
}

/**
 * Before settling: a user whose last step ended nobody knows how gets a book told anew from the chains, with what it changed
 * as movements of its own. Only users with a journal: nobody else's transactions are known. Whoever cannot be taken up is
 * noted in `troubles`.
 */
export async function takeUp(
  world: World,
  users: readonly UserSession[],
  history: RunHistory,
  troubles: Troubles,
): Promise<void> {
  const journalled = users.filter(({ journal }) => journal !== undefined);
  await forEachUser(world, journalled, troubles, async (user, waiter) => {
    const resumed = await settlePending(world, user, waiter);
    if (resumed.length > 0 || isInDoubt(history, user.user)) await tellAnew(world, user, history);
  });
}

/** Writes a book told anew from the chains into the history. */
export async function tellAnew(world: World, session: UserSession, history: RunHistory): Promise<Book> {
  const { user } = session;
  const before = accountsOf(history.read()).get(user)?.book.state;
  const { book } = await recoverBook(world, session, hashesOf(session));
  history.add({ type: 'closed', user, movements: before === undefined ? [] : changes(before, book.state), book });
  return book;
}

/** True when a step was the last that is known of the user, and it did not end right. */
function isInDoubt(history: RunHistory, user: string): boolean {
  const last = history
    .read()
    .findLast((event) => (event.type === 'step' || event.type === 'closed') && event.user === user);
  return last?.type === 'step' && last.verdict !== 'right';
}

function changes(before: UserState, after: UserState): Movement[] {
  const amounts = amountsOf(before);
  return Object.entries(amountsOf(after))
    .filter(([account]) => isOwnAccount(account))
    .map(([account, amount]): Movement => ({
      account,
      amount: amount - (amounts[account] ?? 0n),
      cause: 'own',
      text: 'a step that nobody could judge',
    }))
    .filter(({ amount }) => amount !== 0n);
}
