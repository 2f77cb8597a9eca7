/**
 * Users of a run whose book nobody can vouch for: after a crash, or a step that ended unknown. The book is recovered from the
 * chains, so that the run can go on with it or wind it up.
 */
import type { Movement } from '../model/statement.ts';
import { type UserState, amountsOf, isOwnAccount } from '../model/state.ts';
import { type Book, openBook } from '../sequence/runner.ts';
import { recoverBook } from './recovered-book.ts';
import { unfinished } from './leftovers.ts';
import { acceptDeposits, hashesOf, settlePending } from './recover.ts';
import { type RunHistory, accountsOf } from '../sequence/history.ts';
import type { UserSession } from '../users/session.ts';
import type { World } from '../network/world.ts';
import type { Troubles } from '../units/troubles.ts';
import { forEachUser } from './by-user.ts';

/** Names of users who have a journal and something left to do. */
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

/** The book that a user begins with after funding. It holds what a sweep had to leave open. */
export async function beginningBook(world: World, session: UserSession): Promise<Book> {
  const hashes = hashesOf(session);
  if (hashes.length === 0) return openBook(await session.userState([]));
  return (await recoverBook(world, session, hashes)).book;
}

/**
 * Before winding up: recovers the book of every user whose last step did not end right, and writes what that step changed
 * into the history as own movements. Only users with a journal, since nobody else's transactions are known. A user whose
 * book cannot be recovered is noted in `troubles`.
 */
export async function recoverInDoubt(
  world: World,
  users: readonly UserSession[],
  history: RunHistory,
  troubles: Troubles,
): Promise<void> {
  const journalled = users.filter(({ journal }) => journal !== undefined);
  await forEachUser(world, journalled, troubles, async (user, waiter) => {
    const resumed = await settlePending(world, user, waiter);
    if (resumed.length > 0 || isInDoubt(history, user.user)) await recoverIntoHistory(world, user, history);
  });
}

/** Has the user accept deposits again, recovers the book from the chains and writes it into the history. */
export async function recoverIntoHistory(world: World, session: UserSession, history: RunHistory): Promise<Book> {
  const { user } = session;
  const before = accountsOf(history.read()).get(user)?.book.state;
  await acceptDeposits(world, session);
  const { book } = await recoverBook(world, session, hashesOf(session));
  history.add({ type: 'closed', user, movements: before === undefined ? [] : changes(before, book.state), book });
  return book;
}

/** True when the user's last event is a step that did not end right. */
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
