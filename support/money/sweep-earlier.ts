/**
 * What a run on a network that outlives it does about earlier runs that were killed: it sweeps what they left before it funds.
 * It sweeps its own users too when their funding fails half way.
 */
import { dirname, join } from 'node:path';
import type { WindingUp } from '../sequence/suite.ts';
import type { Actors } from '../actors/actors.ts';
import { sweep, sweepText, writeSwept } from './sweep.ts';
import { hashesOf } from './recover.ts';
import { RunHistory } from '../sequence/history.ts';
import type { UserSession } from '../users/session.ts';
import { type Journals, namesWithJournals } from '../users/journals.ts';
import { KeyInUse, type KeyLock, lockKey } from '../keys/key-lock.ts';
import type { World } from '../network/world.ts';
import { cleaningUp, reasonOf } from '../units/troubles.ts';

/** Seconds of network time that a new run waits for what earlier runs left open; then it goes on without it. */
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
 * Sweeps every user whom an earlier run left money with: this run's users, and those of larger runs that nobody uses now.
 * Throws when that fails, since nobody should be given more money until it succeeds.
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
      // An open funder's journal means a run that did not finish: its users may have money and no journal yet.
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

/** Takes back what users got before funding failed. Returns what goes wrong, one line each; never throws. */
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
