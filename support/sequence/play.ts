/** What is to be played and what was: users' decisions in turns, faults, and how users wind up. */
import type { FaultWindow } from './counterexample.ts';
import type { Decide } from './runner.ts';
import type { ExecutedStep } from './step.ts';

/** What is done in one user's turns, one decision after the other. */
export interface Part<Actors> {
  readonly user: string;
  readonly decisions: readonly PartStep<Actors>[];
}

/**
 * A decision of the part's user, or of another user who acts in their story; some are repeated until nothing is left to do.
 */
export type PartStep<Actors> = Decide<Actors> | DecisionBy<Actors>;
interface DecisionBy<Actors> {
  readonly by: string;
  readonly decide: Decide<Actors>;
  readonly untilDone?: boolean;
}

/** What is to be played from where the stage stands. */
export interface Play<Actors> {
  readonly title: string;
  readonly parts: readonly Part<Actors>[];
  /** Drawn numbers of the hand-overs, see takeTurns. */
  readonly schedule: readonly number[];
  readonly faults?: readonly FaultWindow[];
  /** Played when all parts are over and every fault is healed, in plain turns. */
  readonly windingUp?: readonly Part<Actors>[];
  /** Names of bundles that must be possible when their time comes; of all others, what is not possible is left out. */
  readonly required?: readonly string[];
}

/** The steps that were done, in the order in which they began. */
export interface DonePlay {
  readonly steps: readonly ExecutedStep[];
  /** Index of the first step of the winding up; undefined without one. */
  readonly settledFrom: number | undefined;
}
