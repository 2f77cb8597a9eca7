/**
 * A protocol small enough to be played thousands of times in a test: ten actions with conditions, one bug that needs
 * seven of them in order, and one that needs fewer.
 *
 * Only for the tests of finding and shrinking; nothing here is like FAssets but the shape of the steps.
 */
import { CHOICE_MAX } from '../bundle.ts';
import type { Candidate, FailedPlay } from '../shrink.ts';
import type { ExecutedStep, Failure } from '../step.ts';

interface ToyState {
  readonly reservation: 'none' | 'open' | 'paid';
  readonly tokens: number;
  readonly inPool: number;
  /** Seconds since it was opened, what the pool held then and whether that has left since. */
  readonly redemption:
    | { readonly ageS: number; readonly pooled: number; readonly leftAtS: number | undefined }
    | undefined;
}

const EMPTY: ToyState = { reservation: 'none', tokens: 0, inPool: 0, redemption: undefined };

interface ToyAction {
  readonly enabled: (state: ToyState) => boolean;
  readonly act: (state: ToyState, choice: number) => ToyState;
}

const always = (): boolean => true;
const nothing = (state: ToyState): ToyState => state;

const ACTIONS: Readonly<Record<string, ToyAction>> = {
  reserve: {
    enabled: ({ reservation }) => reservation === 'none',
    act: (state) => ({ ...state, reservation: 'open' }),
  },
  pay: {
    enabled: ({ reservation }) => reservation === 'open',
    act: (state) => ({ ...state, reservation: 'none', tokens: state.tokens + 1 }),
  },
  enterPool: {
    enabled: ({ tokens, inPool }) => tokens > 0 && inPool === 0,
    act: (state, choice) => ({ ...state, inPool: choice + 1 }),
  },
  exitPool: {
    enabled: ({ inPool }) => inPool > 0,
    act: (state) => ({
      ...state,
      inPool: 0,
      redemption: state.redemption && { ...state.redemption, leftAtS: state.redemption.ageS },
    }),
  },
  redeem: {
    enabled: ({ tokens, redemption }) => tokens > 0 && redemption === undefined,
    act: (state) => ({
      ...state,
      tokens: state.tokens - 1,
      redemption: { ageS: 0, pooled: state.inPool, leftAtS: undefined },
    }),
  },
  confirm: {
    enabled: ({ redemption }) => redemption !== undefined,
    act: (state) => ({ ...state, redemption: undefined }),
  },
  tick: {
    enabled: always,
    act: (state) => ({
      ...state,
      redemption: state.redemption && { ...state.redemption, ageS: state.redemption.ageS + 1 },
    }),
  },
  look: { enabled: always, act: nothing },
  wrap: { enabled: always, act: nothing },
  transfer: { enabled: ({ tokens }) => tokens > 0, act: nothing },
};

/** Which of the bugs are in, and how much must be in the pool for the deep one. */
export interface ToyBugs {
  readonly deepAbove?: number;
  readonly shallow?: boolean;
}

export const DEEP = 'confirm: paid from a pool that was left';
export const SHALLOW = 'confirm: too late';
/** The fewest steps to the deep bug. */
export const DEEP_STEPS = ['reserve', 'pay', 'enterPool', 'redeem', 'exitPool', 'tick', 'confirm'];

function failureOf(bugs: ToyBugs, state: ToyState, action: string): string | undefined {
  const { redemption } = state;
  if (action !== 'confirm' || redemption === undefined) return undefined;
  const { ageS, pooled, leftAtS } = redemption;
  if (bugs.deepAbove !== undefined && pooled > bugs.deepAbove && leftAtS !== undefined && ageS > leftAtS) return DEEP;
  return bugs.shallow === true && ageS >= 1 ? SHALLOW : undefined;
}

/** One drawn step: which of the enabled actions, and its choice; both 0 to CHOICE_MAX. */
export interface ToyDraw {
  readonly pick: number;
  readonly choice: number;
}

/** Plays drawn numbers, choosing among what is enabled. */
export function playDrawn(bugs: ToyBugs, draws: readonly ToyDraw[]): FailedPlay | undefined {
  return playToy(bugs, draws, (state, { pick, choice }) => {
    const enabled = Object.keys(ACTIONS).filter((name) => ACTIONS[name]?.enabled(state));
    const name = enabled[Math.floor((pick * enabled.length) / (CHOICE_MAX + 1))];
    return name === undefined ? undefined : { name, choice };
  });
}

/** Plays recorded steps, leaving out what is not enabled. */
export function playRecorded(bugs: ToyBugs, { steps }: Pick<Candidate, 'steps'>): FailedPlay | undefined {
  return playToy(bugs, steps, (state, { bundle, choices }) =>
    ACTIONS[bundle]?.enabled(state) ? { name: bundle, choice: choices[0] ?? 0 } : undefined,
  );
}

function playToy<T>(
  bugs: ToyBugs,
  items: readonly T[],
  decide: (state: ToyState, item: T) => { name: string; choice: number } | undefined,
): FailedPlay | undefined {
  let state = EMPTY;
  const steps: ExecutedStep[] = [];
  for (const item of items) {
    const decision = decide(state, item);
    if (decision === undefined) continue;
    const { name, choice } = decision;
    steps.push(toyStep('user-1', name, [choice]));
    const id = failureOf(bugs, state, name);
    if (id !== undefined) return { failure: failureNamed(id), steps, failedStep: steps.length - 1 };
    state = ACTIONS[name]?.act(state, choice) ?? state;
  }
  return undefined;
}

export function toyStep(user: string, bundle: string, choices: readonly number[]): ExecutedStep {
  return { user, bundle, choices, plan: {} };
}

export function failureNamed(id: string): Failure {
  return { verdict: 'wrong', id, sentence: `user-1, ${id}`, transactions: [] };
}
