/**
 * Sweeps what earlier runs left behind: recovers every user, winds up what can be wound up, collects to the funder, and says
 * what had to stay, why, and until when. Safe to repeat.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { WindingUp } from '../sequence/suite.ts';
import type { Actors } from '../actors/actors.ts';
import { writeWhole } from '../files/whole.ts';
import { toJson } from '../units/json.ts';
import { decimalText } from '../units/format.ts';
import { collect } from './fund.ts';
import { remains, unfinished } from './leftovers.ts';
import { type Recovery, recover, settlePending } from './recover.ts';
import { type RunHistory, accountsOf } from '../sequence/history.ts';
import type { UserSession } from '../users/session.ts';
import { Troubles } from '../units/troubles.ts';
import { forEachUser } from './by-user.ts';
import { patienceOf, windUp } from './wind-up.ts';
import { tableText } from '../report/table.ts';
import type { World } from '../network/world.ts';
import { isMinting, isRedemption } from '../model/records.ts';

export interface SweptUser {
  readonly user: string;
  /** Transactions whose fate nobody knew. */
  readonly resumed: number;
  /** Records that were found open. */
  readonly mintings: number;
  readonly redemptions: number;
  /** By account, in smallest units. */
  readonly returned: Readonly<Record<string, bigint>>;
  readonly left: Readonly<Record<string, bigint>>;
  /** What stays, and why; these are no errors. */
  readonly leftovers: readonly string[];
}

export interface Sweep {
  readonly users: readonly SweptUser[];
  /** What went wrong, one line each. */
  readonly problems: readonly string[];
}

/**
 * Sweeps these users. The caller has locked their keys and the funder's. `patienceS` is how long to wait for others, in
 * seconds of network time. One user's trouble stops no other's sweep.
 */
export async function sweep(
  windingUp: WindingUp<Actors>,
  world: World,
  funder: UserSession,
  users: readonly UserSession[],
  history: RunHistory,
  patienceS: number,
): Promise<Sweep> {
  const troubles = new Troubles();
  history.begin();
  await forEachUser(world, [funder], troubles, async (_, waiter) => settlePending(world, funder, waiter));
  const recoveries = await forEachUser(world, users, troubles, async (user, waiter) => recover(world, user, waiter));
  const recovered = users.filter(({ user }) => recoveries.has(user));
  for (const [user, { book }] of recoveries) {
    history.add({ type: 'funded', user, state: book.state });
    history.add({ type: 'closed', user, movements: [], book });
  }
  const woundUp = await windUp(windingUp, world, recovered, history, patienceOf(world, patienceS));
  const problems = [...woundUp.wrong, ...woundUp.unknown];
  const swept: SweptUser[] = [];
  for (const user of recovered) {
    const recovery = recoveries.get(user.user);
    if (recovery === undefined) continue;
    const isInDoubt = woundUp.inDoubt.has(user.user);
    const done = await troubles.attempt(user.user, () => sweepUser(world, funder, user, recovery, history, isInDoubt));
    if (done === undefined) continue;
    swept.push(done.user);
    problems.push(...done.problems);
  }
  problems.unshift(...troubles.lines);
  // An open funder's journal makes the next sweep look at everybody: kept open while anything is wrong.
  if (problems.length === 0) funder.journal?.close();
  return { users: swept, problems };
}

/** Writes the result of a sweep as reports/swept.json. */
export function writeSwept(folder: string, { users, problems }: Sweep): void {
  mkdirSync(folder, { recursive: true });
  writeWhole(join(folder, 'swept.json'), `${toJson({ users, problems }, 2)}\n`);
}

/** A table by user: what was returned and what stays. */
export function sweepText({ users }: Sweep): string {
  const rows = users.map((user) => [
    user.user,
    String(user.resumed),
    String(user.mintings),
    String(user.redemptions),
    decimalText(user.returned['native'] ?? 0n, 18),
    decimalText(user.returned['xrp'] ?? 0n, 6),
    decimalText(user.returned['fAsset'] ?? 0n, 6),
    user.leftovers.join('; '),
  ]);
  return tableText([['', 'resumed', 'mintings', 'redemptions', 'native', 'XRP', 'FAsset', 'stays'], ...rows]);
}

async function sweepUser(
  world: World,
  funder: UserSession,
  session: UserSession,
  { book: found, resumed, unpaid }: Recovery,
  history: RunHistory,
  isInDoubt: boolean,
): Promise<{ readonly user: SweptUser; readonly problems: readonly string[] }> {
  const { user } = session;
  const book = accountsOf(history.read()).get(user)?.book ?? found;
  const open = unfinished(book);
  const keepsNative = isInDoubt || open.length > 0;
  const funding = { before: new Map([[user, found.state]]), funded: new Map() };
  const { statement, funderDifferences, money, troubles } = await collect(
    world,
    funder,
    [session],
    funding,
    history,
    () => keepsNative,
  );
  if (!keepsNative && troubles.lines.length === 0) session.journal?.close();
  const left = money[0]?.left ?? {};
  const openRecords = Object.keys(found.state.records);
  return {
    user: {
      user,
      resumed: resumed.length,
      mintings: openRecords.filter(isMinting).length,
      redemptions: openRecords.filter(isRedemption).length,
      returned: money[0]?.returned ?? {},
      left,
      leftovers: [
        ...unpaid.map((id) => `${id} was never paid and ends by itself`),
        ...open,
        ...remains(left, keepsNative),
      ],
    },
    problems: [
      ...troubles.lines,
      ...(statement.closes ? [] : [`${user}: the statement of the sweep does not close`]),
      ...Object.entries(funderDifferences).map(
        ([account, difference]) => `the funder's ${account} is off by ${difference} after ${user}`,
      ),
    ],
  };
}
