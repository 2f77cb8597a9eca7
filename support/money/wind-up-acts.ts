/**
 * What users do to end what they have open: before a story where the network cannot be put back, and after a drawn sequence
 * where it will be. Each act is a step like any other, judged and written down.
 */
import type { Actors } from '../actors/actors.ts';
import { type Bundle, CHOICE_MAX } from '../sequence/bundle.ts';
import { type Decide, decided } from '../sequence/runner.ts';
import type { WindingUp } from '../sequence/suite.ts';

/** Repeated until none of them can be done. */
export const windingUpActs = ({ ends, leaves }: WindingUp<Actors>): readonly Bundle<Actors>[] => [...ends, ...leaves];

/**
 * The next act, with everything there is, so that a story finds what it expects: no FAssets, nothing free in pools, and
 * money to act with. Not enabled when everything is wound up.
 */
export const windUpAll = (windingUp: WindingUp<Actors>): Decide<Actors> =>
  firstOf([...windingUpActs(windingUp), windingUp.spends], 'everything is wound up');

/**
 * The next act that ends one of the user's records, own moves before waiting for others. Not enabled when nothing is open.
 */
export const windUpOpen = ({ ends, waits }: WindingUp<Actors>): Decide<Actors> =>
  firstOf([...ends, waits], 'nothing is open');

function firstOf(candidates: readonly Bundle<Actors>[], otherwise: string): Decide<Actors> {
  return (view) => {
    const decisions = candidates.map((bundle) =>
      decided(
        bundle,
        bundle.choices.map(() => CHOICE_MAX),
      )(view),
    );
    return decisions.find((decision) => 'bundle' in decision) ?? { notEnabled: otherwise, bundles: [] };
  };
}
