/**
 * Makes a counterexample smaller while it keeps failing in the same way: fewer steps, fewer users, fewer faults, a plainer
 * schedule, smaller choices, and one plain step in place of two.
 *
 * Delta debugging over the steps that were really done (Zeller and Hildebrandt, "Simplifying and isolating failure-inducing
 * input", 2002). It knows no network: `attempt` plays a candidate and leaves out steps that are not enabled. What a failing
 * play really did is the base of the next candidates.
 */
import { CHOICE_MAX } from './bundle.ts';
import type { Counterexample, FaultWindow } from './counterexample.ts';
import { ENDING_CHECK } from '../model/endings.ts';
import type { ExecutedStep, Failure } from './step.ts';

/** A plain step that may do what several others did together. */
export interface StandIn {
  readonly bundle: string;
  /** How many choices it takes. */
  readonly choices: number;
}

/** What is to be played. */
export interface Candidate {
  readonly steps: readonly ExecutedStep[];
  readonly schedule: readonly number[];
  readonly faults: readonly FaultWindow[];
  /** Index of the first step of the winding up. */
  readonly settledFrom?: number;
}

/** A play that failed: the steps that were begun, in that order, and which of them failed how. */
export interface FailedPlay {
  readonly failure: Failure;
  readonly steps: readonly ExecutedStep[];
  readonly failedStep: number;
  readonly settledFrom?: number;
}

/** The smallest counterexample so far, with the failure as its last play showed it. */
export interface Smaller {
  readonly counterexample: Counterexample;
  readonly failure: Failure;
}

/** It ends after so many plays, or after so long; but not for the time before `leastPlays`, since plays can be slow. */
export interface ShrinkBudget {
  readonly plays: number;
  readonly timeMs: number;
  readonly leastPlays?: number;
}

export interface ShrinkOptions {
  readonly counterexample: Counterexample;
  /** Plays the candidate from the origin; undefined when no step failed. */
  readonly attempt: (candidate: Candidate) => Promise<FailedPlay | undefined>;
  readonly budget: ShrinkBudget;
  /** Tried in this order in place of any two steps of a user; none when absent. */
  readonly standIns?: readonly StandIn[];
  /** Called with every success; the first is the repeated original. */
  readonly onBetter: (better: Smaller) => void;
  /** Plays for each candidate, of which one must fail; more than 1 for failures that come and go. */
  readonly tries?: number;
  /** Only for tests. */
  readonly nowMs?: () => number;
}

/**
 * minimal: no single step, user, hand-over or choice can be made smaller. budget spent: shrinking the result again may
 * help. not reproduced: the counterexample itself did not fail in the same way.
 */
export interface Shrunk {
  readonly ended: 'minimal' | 'budget spent' | 'not reproduced';
  readonly plays: number;
  /** Undefined when not reproduced. */
  readonly smallest: Smaller | undefined;
}

/** Throws what `attempt` throws; `onBetter` has got what was found until then. */
export async function shrink(options: ShrinkOptions): Promise<Shrunk> {
  return new Shrinker(options).run();
}

class Shrinker {
  readonly #options: ShrinkOptions;
  readonly #nowMs: () => number;
  readonly #deadlineMs: number;
  readonly #tried = new Set<string>();
  #plays = 0;
  #ranOut = false;
  #best: Counterexample;
  #smallest: Smaller | undefined;

  constructor(options: ShrinkOptions) {
    this.#options = options;
    this.#nowMs = options.nowMs ?? (() => performance.now());
    this.#deadlineMs = this.#nowMs() + options.budget.timeMs;
    this.#best = options.counterexample;
  }

  async run(): Promise<Shrunk> {
    if (!(await this.#holds({}))) return this.#end('not reproduced');
    // One play may remove most steps; then users are tried again, when fewer steps depend on one another.
    await this.#dropUsers();
    await this.#dropFaults();
    // Steps first: bisecting numbers is expensive, and worth it only for those that stay.
    while ((await this.#changes(() => this.#fewer())) || (await this.#changes(() => this.#lowerChoices())));
    return this.#end(this.#ranOut ? 'budget spent' : 'minimal');
  }

  async #changes(pass: () => Promise<void>): Promise<boolean> {
    const before = keyOf(this.#best);
    await pass();
    return keyOf(this.#best) !== before;
  }

  async #fewer(): Promise<void> {
    await this.#dropSteps();
    await this.#dropUsers();
    await this.#mergeUsers();
    await this.#dropFaults();
    await this.#flattenSchedule();
    await this.#holds({ steps: withoutChoices(this.#best.steps) });
    await this.#standIn();
  }

  #end(ended: Shrunk['ended']): Shrunk {
    return { ended, plays: this.#plays, smallest: this.#smallest };
  }

  /** Chunks of steps, all at once to begin with, single ones last; the step that failed stays. */
  async #dropSteps(): Promise<void> {
    let size = this.#best.steps.length - 1;
    while (size >= 1) {
      const dropped = await this.#dropChunks(size);
      if (size > 1 || !dropped) size = Math.floor(size / 2);
    }
  }

  async #dropChunks(size: number): Promise<boolean> {
    let dropped = false;
    let start = 0;
    while (start < this.#best.steps.length) {
      const { failedStep } = this.#best;
      const inChunk = (index: number) => index >= start && index < start + size && index !== failedStep;
      if (await this.#holds(this.#only((_, index) => !inChunk(index)))) dropped = true;
      else start += size;
    }
    return dropped;
  }

  /** All steps of a user other than the one whose step failed. */
  async #dropUsers(): Promise<void> {
    const users = new Set(this.#best.steps.map(({ user }) => user));
    for (const user of users) {
      const { steps, failedStep } = this.#best;
      if (user !== steps[failedStep]?.user) await this.#holds(this.#only((step) => step.user !== user));
    }
  }

  /** Another user's steps are done by the one whose step failed, so that no hand-over is needed. */
  async #mergeUsers(): Promise<void> {
    const users = new Set(this.#best.steps.map(({ user }) => user));
    for (const user of users) {
      const { steps, failedStep } = this.#best;
      const merged = steps[failedStep]?.user;
      if (merged === undefined || user === merged) continue;
      const isTheirs = (step: ExecutedStep) => step.user === user && step.lane === undefined;
      await this.#holds({ steps: steps.map((step) => (isTheirs(step) ? { ...step, user: merged } : step)) });
    }
  }

  /**
   * One plain step in place of two of the same user, at the position of either: dropping steps cannot get there when each
   * of the two is useless alone. Ends with the first that holds.
   */
  async #standIn(): Promise<void> {
    for (const { left, at, by } of substitutes(this.#best, this.#options.standIns ?? [])) {
      const { steps, ...others } = this.#only((_, index) => index !== left);
      const place = at > left ? at - 1 : at;
      if (await this.#holds({ ...others, steps: steps.map((step, index) => (index === place ? by : step)) })) return;
    }
  }

  /** All faults, or each by itself. */
  async #dropFaults(): Promise<void> {
    const { faults = [] } = this.#best;
    if (faults.length === 0 || (await this.#holds({ faults: [] }))) return;
    for (const dropped of faults)
      await this.#holds({ faults: (this.#best.faults ?? []).filter(({ fault }) => fault !== dropped.fault) });
  }

  /** The best without some steps; faults begin and end at the same remaining steps. */
  #only(isKept: (step: ExecutedStep, index: number) => boolean): Omit<Candidate, 'schedule'> {
    const { steps, faults = [], settledFrom } = this.#best;
    const keptBefore = (step: number) => steps.slice(0, step).filter(isKept).length;
    const moved = faults.map(({ fault, fromStep, toStep }) => ({
      fault,
      fromStep: keptBefore(fromStep),
      toStep: keptBefore(toStep),
    }));
    const windingUp = settledFrom === undefined ? {} : { settledFrom: keptBefore(settledFrom) };
    return { steps: steps.filter(isKept), faults: moved, ...windingUp };
  }

  /** Towards no hand-over at all: shorter from the end, then zeros in chunks. Past its end a schedule counts as 0. */
  async #flattenSchedule(): Promise<void> {
    await this.#lowest(this.#best.schedule.length, (length) => ({ schedule: this.#best.schedule.slice(0, length) }));
    for (let size = this.#best.schedule.length; size >= 1; size = Math.floor(size / 2))
      for (let start = 0; start < this.#best.schedule.length; start += size)
        await this.#holds({ schedule: [...this.#best.schedule].fill(0, start, start + size) });
  }

  /** Each choice as low as it goes. */
  async #lowerChoices(): Promise<void> {
    const { steps } = this.#best;
    for (const [index, { choices }] of steps.entries())
      for (const [position, choice] of choices.entries()) {
        // A step was dropped: the next round uses the new numbers.
        if (this.#best.steps.length < steps.length) return;
        await this.#lowest(choice, (lower) => ({ steps: withChoice(this.#best.steps, index, position, lower) }));
      }
  }

  /** The lowest number that still fails, by bisection, 0 first. */
  async #lowest(current: number, change: (lower: number) => Partial<Candidate>): Promise<void> {
    if (current === 0 || (await this.#holds(change(0)))) return;
    let fails = current;
    let passes = 0;
    while (fails - passes > 1) {
      const middle = Math.floor((fails + passes) / 2);
      if (await this.#holds(change(middle))) fails = middle;
      else passes = middle;
    }
  }

  /** True when the best with this change fails in the same way; it is the best from then on. */
  async #holds(change: Partial<Candidate>): Promise<boolean> {
    const candidate: Candidate = { ...this.#best, faults: this.#best.faults ?? [], ...change };
    const schedule = withoutLastZeros(candidate.schedule);
    const key = keyOf({ ...candidate, schedule });
    if (this.#tried.has(key)) return false;
    this.#tried.add(key);
    const { steps, faults, settledFrom } = candidate;
    const windingUp = settledFrom === undefined ? {} : { settledFrom };
    const play = await this.#playSame({ steps, schedule, faults, ...windingUp });
    if (play === undefined) return false;
    this.#accept(play, { schedule, faults });
    return true;
  }

  async #playSame(candidate: Candidate): Promise<FailedPlay | undefined> {
    const { attempt, tries = 1, counterexample, budget } = this.#options;
    for (let tried = 0; tried < tries; tried++) {
      const isLate = this.#nowMs() >= this.#deadlineMs && this.#plays >= (budget.leastPlays ?? 0);
      this.#ranOut ||= this.#plays >= budget.plays || isLate;
      if (this.#ranOut) return undefined;
      this.#plays++;
      const play = await attempt(candidate);
      if (play !== undefined && isSameFailure(play.failure.id, counterexample.failure.id)) return play;
    }
    return undefined;
  }

  #accept(
    { failure, steps, failedStep, settledFrom }: FailedPlay,
    { schedule, faults }: Pick<Candidate, 'schedule' | 'faults'>,
  ): void {
    const { shrunk, steps: originalSteps } = this.#options.counterexample;
    const { verdict, id, sentence } = failure;
    const { faults: _faults, settledFrom: _settledFrom, ...best } = this.#best;
    this.#best = {
      ...best,
      failure: { verdict, id, sentence },
      steps: steps.map((step) => ({ ...step, choices: [...step.choices] })),
      failedStep,
      schedule: [...schedule],
      ...(faults.length === 0 ? {} : { faults: [...faults] }),
      ...(settledFrom === undefined ? {} : { settledFrom }),
      shrunk: { fromSteps: shrunk?.fromSteps ?? originalSteps.length, plays: (shrunk?.plays ?? 0) + this.#plays },
    };
    this.#tried.add(keyOf(this.#best));
    this.#smallest = { counterexample: this.#best, failure };
    this.#options.onBetter(this.#smallest);
  }
}

/** An undeserved ending is met by whoever looks next, whatever they do: then the bundle does not matter. */
function isSameFailure(id: string, other: string): boolean {
  const [check, otherCheck] = [id, other].map((one) => one.slice(one.indexOf(': ') + 2));
  return id === other || (check === otherCheck && check?.startsWith(ENDING_CHECK) === true);
}

interface Substitute {
  /** Position of the step that goes. */
  readonly left: number;
  /** Position of the step that is replaced, and by which. */
  readonly at: number;
  readonly by: ExecutedStep;
}

/** More are not worth their plays; neighbours come first. */
const MOST_SUBSTITUTES = 60;

/** Ways to put a stand-in for two steps of a user; the step that failed is none of them. */
function substitutes(
  { steps, failedStep }: Pick<Counterexample, 'steps' | 'failedStep'>,
  standIns: readonly StandIn[],
): Substitute[] {
  const others = steps.map((step, index) => ({ step, index })).filter(({ index }) => index !== failedStep);
  const pairs = others.flatMap((first) =>
    others
      .filter(
        ({ step, index }) => index > first.index && step.user === first.step.user && step.lane === first.step.lane,
      )
      .map((second) => ({ first, second })),
  );
  return pairs
    .toSorted((a, b) => a.second.index - a.first.index - (b.second.index - b.first.index))
    .flatMap(({ first, second }) =>
      standIns.flatMap((standIn) => [
        ...inPlaceOf(first.step, standIn).map((by) => ({ left: second.index, at: first.index, by })),
        ...inPlaceOf(second.step, standIn).map((by) => ({ left: first.index, at: second.index, by })),
      ]),
    )
    .slice(0, MOST_SUBSTITUTES);
}

/** The stand-in with the choices of the step it replaces as far as they go, with the least and with the greatest. */
function inPlaceOf(step: ExecutedStep, { bundle, choices }: StandIn): ExecutedStep[] {
  const { params: _, ...rest } = step;
  const numbers = Array.from({ length: choices }, (_choice, nth) => nth);
  const drawn = [numbers.map((nth) => step.choices[nth] ?? 0), numbers.map(() => 0), numbers.map(() => CHOICE_MAX)];
  return drawn.map((numbersOfIt) => ({ ...rest, bundle, choices: numbersOfIt, plan: {} }));
}

/** Same key, same play: plans follow from the choices. */
function keyOf({
  steps,
  schedule,
  faults = [],
  settledFrom,
}: Omit<Candidate, 'faults'> & Partial<Pick<Candidate, 'faults'>>): string {
  return JSON.stringify([steps.map((step) => ({ ...step, plan: undefined })), schedule, faults, settledFrom]);
}

function withoutLastZeros(schedule: readonly number[]): number[] {
  return schedule.slice(0, schedule.findLastIndex((turn) => turn !== 0) + 1);
}

function withChoice(steps: readonly ExecutedStep[], index: number, position: number, choice: number): ExecutedStep[] {
  return steps.map((step, at) =>
    at === index ? { ...step, choices: step.choices.map((old, nth) => (nth === position ? choice : old)) } : step,
  );
}

function withoutChoices(steps: readonly ExecutedStep[]): ExecutedStep[] {
  return steps.map((step) => ({ ...step, choices: step.choices.map(() => 0) }));
}
