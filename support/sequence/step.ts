/** A step as data, and its result. Everything here is JSON once bigints are written as text. */
import type { Statement } from '../model/statement.ts';
import type { Choices, Params, Plan } from './bundle.ts';

/** A step to be done: which user, which bundle, with which drawn numbers. */
export interface Step {
  readonly user: string;
  readonly bundle: string;
  readonly choices: Choices;
  /** What was fixed instead of drawn. */
  readonly params?: Params;
  /** In whose turn it is done, if not the user's own: a partner acts in another user's story. */
  readonly lane?: string;
}

/** A step that was done, with what the choices came to. */
export interface ExecutedStep extends Step {
  readonly plan: Plan;
}

/**
 * right: actual equals expected. wrong: it does not, or the act failed in a way the protocol does not allow. unknown: what
 * happened cannot be known (a time-out, a lost connection); never green.
 */
export type Verdict = 'right' | 'wrong' | 'unknown';

export interface Failure {
  readonly verdict: 'wrong' | 'unknown';
  /** Stable across runs and amounts: the bundle and what kind of figure is off or which error came. */
  readonly id: string;
  /** One sentence: who, which bundle, which account, off by how much. */
  readonly sentence: string;
  readonly statement?: Statement;
  readonly transactions: readonly string[];
}

export interface StepResult {
  readonly step: ExecutedStep;
  readonly failure: Failure | undefined;
  readonly statement: Statement | undefined;
  readonly transactions: readonly string[];
  readonly tookMs: number;
  /** Network time when the step began, Unix seconds. */
  readonly startedAtS: number;
  /** The custom error with which the act was refused, as it had to be. */
  readonly refusedWith?: string;
}

/** A step that failed, carrying its result to whoever runs the sequence. */
export class StepFailed extends Error {
  readonly result: StepResult;
  readonly failure: Failure;
  constructor(result: StepResult, failure: Failure) {
    super(failure.sentence);
    this.name = 'StepFailed';
    this.result = result;
    this.failure = failure;
  }
}
