/** Shrinking on a toy: how small, in how many plays, never another failure, never beyond its budget. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { CHOICE_MAX } from './bundle.ts';
import {
  COUNTEREXAMPLE_FORMAT,
  type Counterexample,
  readCounterexample,
  readSmallest,
  writeCounterexample,
} from './counterexample.ts';
import type { ExecutedStep } from './step.ts';
import { type Candidate, type FailedPlay, type ShrinkOptions, type Shrunk, shrink } from './shrink.ts';
import {
  DEEP,
  DEEP_STEPS,
  SHALLOW,
  type ToyBugs,
  type ToyDraw,
  failureNamed,
  playDrawn,
  playRecorded,
  toyStep,
} from './testing/toy-protocol.ts';

const PLENTY = { plays: 10_000, timeMs: Number.POSITIVE_INFINITY };
const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);

describe('a bug that needs seven given steps, in sequences of 40', () => {
  const found = SEEDS.map((seed) => findDeep(seed, { deepAbove: 0 }));

  it('is found in under 200 sequences by choosing among what is enabled', () => {
    expect(median(found.map(({ sequences }) => sequences))).toBeLessThan(200);
  });

  it('is shrunk to the seven in under 100 plays', async () => {
    const shrunk = await Promise.all(found.map(({ play }) => shrinkToy({ deepAbove: 0 }, counterexampleOf(play))));
    expect(median(shrunk.map(({ plays }) => plays))).toBeLessThan(100);
    expect(shrunk.map(stepsOf)).toEqual(SEEDS.map(() => DEEP_STEPS));
    expect(shrunk.map(({ ended }) => ended)).toEqual(SEEDS.map(() => 'minimal'));
  });
});

describe('what is kept', () => {
  const bugs: ToyBugs = { deepAbove: 1_234, shallow: true };

  it('never slides to another failure, although one needs fewer steps', async () => {
    for (const seed of SEEDS) {
      const { play } = findDeep(seed, bugs);
      const seen: string[] = [];
      const { smallest } = await shrinkToy(bugs, counterexampleOf(play), {
        onBetter: ({ counterexample }) => seen.push(counterexample.failure.id),
      });
      expect(new Set(seen)).toEqual(new Set([DEEP]));
      expect(playRecorded(bugs, { steps: smallest?.counterexample.steps ?? [] })?.failure.id).toBe(DEEP);
    }
  });

  it('lowers a choice to the lowest that still fails, and all others to 0', async () => {
    const { play } = findDeep(1, { deepAbove: 1_234 });
    const { smallest } = await shrinkToy({ deepAbove: 1_234 }, counterexampleOf(play));
    const choices = smallest?.counterexample.steps.map((step) => [step.bundle, ...step.choices]);
    expect(choices).toEqual(DEEP_STEPS.map((bundle) => [bundle, bundle === 'enterPool' ? 1_234 : 0]));
  });

  it('is what the shrunk file says: the failing step, where it came from, how many plays', async () => {
    const { play } = findDeep(2, { deepAbove: 0 });
    const { smallest, plays } = await shrinkToy({ deepAbove: 0 }, counterexampleOf(play));
    const { failedStep, shrunk } = smallest?.counterexample ?? {};
    expect(failedStep).toBe(DEEP_STEPS.length - 1);
    expect(shrunk?.fromSteps).toBe(play.steps.length);
    expect(shrunk?.plays).toBeLessThanOrEqual(plays);
  });
});

describe('an ending that is not deserved', () => {
  const step = (user: string, bundle: string): ExecutedStep => ({ user, bundle, choices: [], plan: {} });
  const failing = (id: string, failedStep: number, steps: readonly ExecutedStep[]): FailedPlay => ({
    failure: failureNamed(id),
    failedStep,
    steps,
  });
  /** Whoever acts after user-1's wait fails; when user-1 does all, the wait itself. */
  const attempt =
    (check: string) =>
    async ({ steps }: Candidate) => {
      const wait = steps.findIndex(({ bundle }) => bundle === 'wait');
      const isSeenAtOnce = steps[wait]?.user === 'user-1';
      const at = isSeenAtOnce ? wait : steps.findIndex(({ user }, index) => index > wait && user === 'user-1');
      if (wait === -1 || at === -1) return undefined;
      return failing(`${steps[at]?.bundle}: ${check}`, at, steps.slice(0, at + 1));
    };
  const shrunkBy = async (check: string) => {
    const steps = [step('user-2', 'wait'), step('user-1', 'look')];
    const play = failing(`look: ${check}`, 1, steps);
    const { smallest } = await shrink({
      counterexample: counterexampleOf(play),
      attempt: attempt(check),
      budget: PLENTY,
      onBetter: () => {},
    });
    return smallest?.counterexample.steps.map(({ bundle }) => bundle);
  };

  it.each([
    ['ground for minting DEFAULTED', ['wait']],
    ['balance of fAsset', ['wait', 'look']],
  ])('%s: the steps that stay', async (check, bundles) => expect(await shrunkBy(check)).toEqual(bundles));
});

describe('users and schedule', () => {
  /** Three users of four steps each; the last step of user-1 fails. */
  const steps = [1, 2, 3].flatMap((user) => [0, 1, 2, 3].map(() => turn(`user-${user}`)));
  const original = (schedule: readonly number[]) =>
    counterexampleOf({ failure: failureNamed('act: off'), steps, failedStep: 3 }, schedule);

  it('drops a user whose steps only go together, from between those of another who is needed', async () => {
    const between = [0, 1, 2, 3].flatMap(() => [turn('user-2'), turn('user-3')]);
    const counterexample = counterexampleOf({
      failure: failureNamed('act: off'),
      steps: [turn('user-1'), ...between],
      failedStep: 0,
    });
    const attempt = failingWhen(
      (candidate) => [0, 4].includes(count(candidate, 'user-2')) && count(candidate, 'user-3') === 4,
    );
    const { smallest } = await shrink({ counterexample, attempt, budget: PLENTY, onBetter: () => {} });
    expect(smallest?.counterexample.steps.map(({ user }) => user)).toEqual(['user-1', ...Array(4).fill('user-3')]);
  });

  it('gives the steps of another user to the one who fails, where it makes no difference who does them', async () => {
    const attempt = failingWhen((candidate) => candidate.steps.length === 12);
    const { smallest } = await shrink({ counterexample: original([1]), attempt, budget: PLENTY, onBetter: () => {} });
    expect(new Set(smallest?.counterexample.steps.map(({ user }) => user))).toEqual(new Set(['user-1']));
  });

  it('makes a schedule that does not matter empty', async () => {
    const attempt = failingWhen((candidate) => count(candidate, 'user-2') > 0);
    const counterexample = original([2, 1, 0, 0, 2, 1, 1, 2, 0]);
    const { smallest } = await shrink({ counterexample, attempt, budget: PLENTY, onBetter: () => {} });
    expect(smallest?.counterexample.schedule).toEqual([]);
  });

  it('leaves the one hand-over that matters', async () => {
    const attempt = failingWhen(({ schedule }) => schedule[4] === 2);
    const counterexample = original([2, 1, 0, 0, 2, 1, 1, 2, 0]);
    const { smallest } = await shrink({ counterexample, attempt, budget: PLENTY, onBetter: () => {} });
    expect(smallest?.counterexample.schedule).toEqual([0, 0, 0, 0, 2]);
  });
});

describe('budget', () => {
  const bugs: ToyBugs = { deepAbove: 0 };
  const { play } = findDeep(3, bugs);

  it('stops after so many plays, with the best so far', async () => {
    const shrunk = await shrinkToy(bugs, counterexampleOf(play), { budget: { ...PLENTY, plays: 12 } });
    expect(shrunk).toMatchObject({ ended: 'budget spent', plays: 12 });
    const steps = shrunk.smallest?.counterexample.steps ?? [];
    expect(steps.length).toBeLessThan(play.steps.length);
    expect(playRecorded(bugs, { steps })?.failure.id).toBe(DEEP);
  });

  it('begins no play after its time', async () => {
    let nowMs = 0;
    const attempt = async (candidate: Candidate) => {
      nowMs += 100;
      return playRecorded(bugs, candidate);
    };
    const budget = { plays: 10_000, timeMs: 950 };
    const shrinkWithin = (leastPlays: number) =>
      shrinkToy(bugs, counterexampleOf(play), { attempt, budget: { ...budget, leastPlays }, nowMs: () => nowMs });
    expect(await shrinkWithin(0)).toMatchObject({ ended: 'budget spent', plays: 10 });
    // However slow they are, so many are played.
    expect(await shrinkWithin(15)).toMatchObject({ ended: 'budget spent', plays: 15 });
  });

  it('is minimal when the budget is just enough', async () => {
    const { plays } = await shrinkToy(bugs, counterexampleOf(play));
    expect(await shrinkToy(bugs, counterexampleOf(play), { budget: { ...PLENTY, plays } })).toMatchObject({
      ended: 'minimal',
    });
  });
});

describe('what does not fail every time', () => {
  const bugs: ToyBugs = { deepAbove: 0 };
  /** Fails at every third play only. */
  const moody = () => {
    let plays = 0;
    return async (candidate: Candidate) => (++plays % 3 === 0 ? playRecorded(bugs, candidate) : undefined);
  };
  const { play } = findDeep(4, bugs);

  it('is not reproduced by one try', async () => {
    const shrunk = await shrinkToy(bugs, counterexampleOf(play), { attempt: moody() });
    expect(shrunk).toEqual({ ended: 'not reproduced', plays: 1, smallest: undefined });
  });

  it('is shrunk as well when each candidate gets several', async () => {
    const shrunk = await shrinkToy(bugs, counterexampleOf(play), { attempt: moody(), tries: 3 });
    expect(stepsOf(shrunk)).toEqual(DEEP_STEPS);
  });
});

describe('stand-ins', () => {
  const standIns = [{ bundle: 'mint', choices: 1 }];
  const stepsNamed = (...names: [string, number][]) => names.map(([name, choice]) => toyStep('user-1', name, [choice]));
  /** Needs two mintings before the check: plain ones, or a beginning and its end. */
  const attempt = (least: number): ShrinkOptions['attempt'] =>
    failingWhen(({ steps }) => {
      const names = steps.map(({ bundle }) => bundle);
      const plain = steps.filter(({ bundle, choices }) => bundle === 'mint' && (choices[0] ?? 0) >= least).length;
      const inParts = names.includes('begin') && names.indexOf('end') > names.indexOf('begin') ? 1 : 0;
      return names.at(-1) === 'act' && plain + inParts >= 2;
    });
  const shrunkFrom = async (steps: ExecutedStep[], least = 0, faults: Counterexample['faults'] = []) => {
    const play = { failure: failureNamed('act: off'), steps, failedStep: steps.length - 1 };
    const counterexample = { ...counterexampleOf(play), faults };
    return shrink({ counterexample, attempt: attempt(least), standIns, budget: PLENTY, onBetter: () => {} });
  };

  it('take the place of two steps of which neither can be left out', async () => {
    const steps = stepsNamed(['begin', 5], ['mint', 5], ['look', 0], ['end', 0], ['act', 0]);
    expect(stepsOf(await shrunkFrom(steps))).toEqual(['mint', 'mint', 'act']);
  });

  it('have the choices of what they replace, or the least, or the greatest, and these go down again', async () => {
    const steps = stepsNamed(['mint', 9_000], ['begin', 5], ['end', 0], ['act', 0]);
    const { smallest } = await shrunkFrom(steps, 700);
    expect(smallest?.counterexample.steps.map(({ choices }) => choices)).toEqual([[700], [700], [0]]);
  });

  it('move faults along', async () => {
    const steps = stepsNamed(['mint', 0], ['begin', 0], ['end', 0], ['act', 0]);
    const play = { failure: failureNamed('act: off'), steps, failedStep: 3 };
    const faults = [{ fault: 'late', fromStep: 3, toStep: 4 }];
    const needsFault: ShrinkOptions['attempt'] = async (candidate) =>
      candidate.faults.some(({ fromStep }) => fromStep === candidate.steps.length - 1)
        ? attempt(0)(candidate)
        : undefined;
    const counterexample = { ...counterexampleOf(play), faults };
    const { smallest } = await shrink({
      counterexample,
      attempt: needsFault,
      standIns,
      budget: PLENTY,
      onBetter: () => {},
    });
    expect(smallest?.counterexample.faults).toEqual([{ fault: 'late', fromStep: 2, toStep: 3 }]);
  });

  it('never make a long counterexample dear', async () => {
    const steps = [...Array(12).keys()].map((nth) => toyStep('user-1', `needed-${nth}`, [0]));
    const play = { failure: failureNamed('act: off'), steps: [...steps, turn('user-1')], failedStep: 12 };
    const all = failingWhen((candidate) => candidate.steps.length === 13 && !stepsOfCandidate(candidate).has('mint'));
    const options = { counterexample: counterexampleOf(play), attempt: all, budget: PLENTY, onBetter: () => {} };
    const [without, withThem] = [await shrink(options), await shrink({ ...options, standIns })];
    expect(withThem.plays - without.plays).toBeLessThanOrEqual(60);
  });
});

describe('winding up', () => {
  it('begins at the same step of those that remain, and is no longer kept when none does', async () => {
    const steps = ['look', 'begin', 'look', 'mint', 'wait'].map((bundle) => toyStep('user-1', bundle, []));
    const play = { failure: failureNamed('act: off'), steps, failedStep: 4 };
    const counterexample = { ...counterexampleOf(play), settledFrom: 3 };
    const attempt: ShrinkOptions['attempt'] = async (candidate) => {
      const { steps: tried, settledFrom = tried.length } = candidate;
      const names = tried.map(({ bundle }) => bundle);
      if (names.indexOf('begin') === -1 || names.indexOf('begin') >= settledFrom) return undefined;
      if (names.at(-1) !== 'wait' || settledFrom >= tried.length) return undefined;
      return { failure: failureNamed('act: off'), steps: tried, failedStep: tried.length - 1, settledFrom };
    };
    const { smallest } = await shrink({ counterexample, attempt, budget: PLENTY, onBetter: () => {} });
    expect(smallest?.counterexample.steps.map(({ bundle }) => bundle)).toEqual(['begin', 'wait']);
    expect(smallest?.counterexample).toMatchObject({ settledFrom: 1, failedStep: 1 });

    const leftOpen: ShrinkOptions['attempt'] = async ({ steps: tried }) => ({
      failure: failureNamed('act: off'),
      steps: tried,
      failedStep: tried.length - 1,
    });
    const early = await shrink({ counterexample, attempt: leftOpen, budget: PLENTY, onBetter: () => {} });
    expect(early.smallest?.counterexample).not.toHaveProperty('settledFrom');
  });
});

describe('resuming', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'shrink-test-'));
    return () => rmSync(folder, { recursive: true });
  });

  it('goes on from the file that was left, and remembers the whole way', async () => {
    const bugs: ToyBugs = { deepAbove: 0 };
    const original = counterexampleOf(findDeep(5, bugs).play);
    const path = writeCounterexample(folder, original);
    const onBetter: ShrinkOptions['onBetter'] = ({ counterexample }) => writeCounterexample(folder, counterexample);
    await shrinkToy(bugs, original, { onBetter, budget: { ...PLENTY, plays: 10 } });
    const left = readSmallest(path);
    expect(left.steps.length).toBeLessThan(original.steps.length);

    await shrinkToy(bugs, left, { onBetter });
    const finished = readSmallest(path);
    expect(finished.steps.map(({ bundle }) => bundle)).toEqual(DEEP_STEPS);
    expect(finished.shrunk?.fromSteps).toBe(original.steps.length);
    expect(finished.shrunk?.plays).toBeGreaterThan(left.shrunk?.plays ?? Infinity);
    expect(readCounterexample(path)).toEqual(original);
  });
});

it('passes on what keeps a play from being judged', async () => {
  const { play } = findDeep(6, { deepAbove: 0 });
  const gone = new Error('the chain is gone');
  await expect(shrinkToy({}, counterexampleOf(play), { attempt: () => Promise.reject(gone) })).rejects.toThrow(
    'the chain is gone',
  );
});

it('tells two failures of the toy apart', () => {
  const steps = ['reserve', 'pay', 'redeem', 'tick', 'confirm'].map((bundle) => toyStep('user-1', bundle, [0]));
  expect(playRecorded({ deepAbove: 0, shallow: true }, { steps })?.failure.id).toBe(SHALLOW);
});

/** Plays nothing: a candidate fails, at the last step of user-1, when `holds` says so. */
function failingWhen(holds: (candidate: Candidate) => boolean): ShrinkOptions['attempt'] {
  return async (candidate) => {
    if (!holds(candidate)) return undefined;
    const failedStep = candidate.steps.findLastIndex(({ user }) => user === 'user-1');
    return { failure: failureNamed('act: off'), steps: candidate.steps, failedStep };
  };
}

function count(candidate: Candidate, user: string): number {
  return candidate.steps.filter((step) => step.user === user).length;
}

const stepsOfCandidate = ({ steps }: Candidate) => new Set(steps.map(({ bundle }) => bundle));

function turn(user: string): ExecutedStep {
  return toyStep(user, 'act', []);
}

/** Draws sequences of 40 until one fails by the deep bug. */
function findDeep(seed: number, bugs: ToyBugs): { sequences: number; play: FailedPlay } {
  const number = fc.nat({ max: CHOICE_MAX });
  const draws: fc.Arbitrary<ToyDraw[]> = fc.array(fc.record({ pick: number, choice: number }), {
    minLength: 40,
    maxLength: 40,
    size: 'max',
  });
  const sequences = fc.sample(draws, { seed, numRuns: 2_000 });
  const plays = sequences.map((sequence) => playDrawn(bugs, sequence));
  const index = plays.findIndex((play) => play?.failure.id === DEEP);
  const play = plays[index];
  if (play === undefined) throw new Error(`seed ${seed} does not find the bug`);
  return { sequences: index + 1, play };
}

function shrinkToy(
  bugs: ToyBugs,
  counterexample: Counterexample,
  options: Partial<ShrinkOptions> = {},
): Promise<Shrunk> {
  const attempt = async (candidate: Candidate) => playRecorded(bugs, candidate);
  return shrink({ counterexample, attempt, budget: PLENTY, onBetter: () => {}, ...options });
}

const stepsOf = ({ smallest }: Shrunk) => smallest?.counterexample.steps.map(({ bundle }) => bundle);

function counterexampleOf(
  { failure, steps, failedStep }: FailedPlay,
  schedule: readonly number[] = [],
): Counterexample {
  return {
    format: COUNTEREXAMPLE_FORMAT,
    id: 'toy-0',
    failure: { verdict: failure.verdict, id: failure.id, sentence: failure.sentence },
    foundBy: 'a test',
    seed: 0,
    network: 'toy',
    protocol: { kind: 'toy', version: '1' },
    users: 3,
    steps: steps.map((step) => ({ ...step, choices: [...step.choices] })),
    failedStep,
    schedule: [...schedule],
    versions: {},
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
