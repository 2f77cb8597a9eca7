/** What is to be played, and what of it was: users' decisions in turns, faults, and how they are wound up. */
import type { FaultWindow } from './counterexample.ts';
import type { Decide } from './runner.ts';
import type { ExecutedStep } from './step.ts';

/** What is done in one user's turns, one decision after the other. */
export interface Part<Actors> {
  readonly user: string;
  readonly decisions: readonly PartStep<Actors>[];
}

/** A decision of the part's own user, or of another one who acts in their story; some are made until nothing is left. */
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
}

/** What was done of it, in the order in which it began. */
export interface DonePlay {
  readonly steps: readonly ExecutedStep[];
  /** Index of the first step of the winding up; undefined without one. */
  readonly settledFrom: number | undefined;
}
