/**
 * Whose turn it is: users run one at a time and hand over at their waits; when all wait, time moves to the earliest
 * wake-up. The order is a drawn schedule, so the same schedule gives the same interleaving.
 *
 * Where time cannot be moved users wait side by side, and still act one at a time (see `sideBySide`).
 */
import { cleaningUp, findingFirst, findingOf } from '../units/troubles.ts';
import { StepFailed } from './step.ts';
import type { Waiter } from '../units/waiter.ts';

export interface TimeMachine {
  nowS(): Promise<number>;
  /** Moves time to `atS`, does everything due on the way, and returns the time reached. */
  advanceTo(atS: number): Promise<number>;
}

export interface Lane {
  readonly name: string;
  run(waiter: Waiter): Promise<void>;
}

interface Runner {
  readonly name: string;
  wakeAtS: number;
  state: 'waiting' | 'running' | 'done';
  resume: () => void;
}

/**
 * Runs all lanes to their end. At each hand-over the next number of `schedule` picks among those who are ready: 0 goes on
 * with the same user (or the next one in order), n with the n-th after; past its end it counts as 0. The first lane that
 * throws ends the run with its error: the others are left where they wait.
 */
export async function takeTurns(lanes: readonly Lane[], time: TimeMachine, schedule: readonly number[]): Promise<void> {
  let nowS = await time.nowS();
  let drawn = 0;
  let current = 0;
  let handOver: () => void = () => {};
  const failures: unknown[] = [];

  const runners = lanes.map((lane): Runner => {
    const runner: Runner = { name: lane.name, wakeAtS: nowS, state: 'waiting', resume: () => {} };
    const sleepUntil = (atS: number) =>
      new Promise<void>((resolve) => {
        runner.wakeAtS = atS;
        runner.state = 'waiting';
        runner.resume = resolve;
        handOver();
      });
    const waiter: Waiter = {
      nowS: async () => nowS,
      sleepS: async (seconds) => sleepUntil(nowS + seconds),
    };
    runner.resume = () => {
      lane
        .run(waiter)
        .catch((error: unknown) => failures.push(error))
        .finally(() => {
          runner.state = 'done';
          handOver();
        });
    };
    return runner;
  });

  while (runners.some((runner) => runner.state !== 'done')) {
    const ready = inOrderFrom(runners, current).filter(
      (runner) => runner.state === 'waiting' && runner.wakeAtS <= nowS,
    );
    const pick = ready.length === 0 ? undefined : ready[(schedule[drawn++] ?? 0) % ready.length];
    if (pick === undefined) {
      const waiting = runners.filter((runner) => runner.state === 'waiting');
      nowS = await time.advanceTo(Math.min(...waiting.map((runner) => runner.wakeAtS)));
      continue;
    }
    current = runners.indexOf(pick);
    await new Promise<void>((resolve) => {
      handOver = resolve;
      pick.state = 'running';
      pick.resume();
    });
    if (failures.length > 0) throw failures[0];
  }
}

/**
 * Held by the user who acts, and released at their waits: between two waits nobody else in this process acts. First come,
 * first served.
 */
export class Floor {
  #last: Promise<void> = Promise.resolve();

  /** Waits for the floor; returns a function that releases it. */
  async take(): Promise<() => void> {
    const before = this.#last;
    let giveAway: () => void = () => {};
    this.#last = new Promise((resolve) => (giveAway = resolve));
    await before;
    return giveAway;
  }
}

/**
 * Runs all lanes at the same time. Each waits in real time and acts while it has the floor. When all have ended, throws the
 * gravest failure with the others under it: a lost connection in one lane must not hide a finding in another.
 */
export async function sideBySide(lanes: readonly Lane[], waiter: Waiter, floor: Floor): Promise<void> {
  const results = await Promise.allSettled(lanes.map((lane) => runOnFloor(lane, waiter, floor)));
  const failures = results.flatMap((result): unknown[] => (result.status === 'rejected' ? [result.reason] : []));
  const [gravest, ...others] = failures.toSorted((a, b) => gravity(b) - gravity(a));
  if (failures.length > 0) throw findingFirst(gravest, others);
}

function gravity(failure: unknown): number {
  const finding = findingOf(failure);
  if (!(finding instanceof StepFailed)) return 0;
  return finding.failure.verdict === 'wrong' ? 2 : 1;
}

async function runOnFloor(lane: Lane, waiter: Waiter, floor: Floor): Promise<void> {
  let giveAway = await floor.take();
  try {
    await lane.run({
      nowS: () => waiter.nowS(),
      sleepS: (seconds) => {
        giveAway();
        return cleaningUp(
          () => waiter.sleepS(seconds),
          async () => (giveAway = await floor.take()),
        );
      },
    });
  } finally {
    giveAway();
  }
}

function inOrderFrom(runners: readonly Runner[], first: number): Runner[] {
  return [...runners.slice(first), ...runners.slice(0, first)];
}
