/** A fixed story: steps in order, each judged, with only amounts and pools left to chance. */
import { type Bundle, CHOICE_MAX, type Choices, type Need, type Params, type View } from './bundle.ts';
import { type Decide, decided } from './runner.ts';
import type { PartStep } from './play.ts';

/** Who takes part, and numbers drawn for this telling, each 0 to CHOICE_MAX. */
export interface Cast {
  readonly user: string;
  readonly partner: string;
  readonly partnerAddress: string;
  readonly drawn: Choices;
  /** Largest choice of an amount that a story gives away for good. */
  readonly mostGiven: number;
}

export interface Scenario<Actors> {
  readonly name: string;
  /** One paragraph for people. */
  readonly story: string;
  /** What the network must have for it; nothing if it is left out. */
  readonly needs?: readonly Need[];
  /** How many numbers a telling draws. */
  readonly draws: number;
  /** Steps that must have been done when the story is over, in order; others only if they were possible. */
  readonly required: readonly string[];
  /** The same where strangers have used the pools already, so that nothing may be free of debt. */
  readonly requiredAnywhere: readonly string[];
  steps(cast: Cast): PartStep<Actors>[];
}

/** A step whose parameters are known only when its turn comes. */
export function step<Actors>(
  bundle: Bundle<Actors>,
  choices: Choices,
  paramsOf: (view: View) => Params = () => ({}),
): Decide<Actors> {
  return (view) => decided(bundle, choices, paramsOf(view))(view);
}

/** A drawn number narrowed to a part of its range. */
export const between = (low: number, high: number, choice: number): number =>
  Math.floor(low + ((high - low) * choice) / CHOICE_MAX);
