/** What users do: named steps, or steps drawn at random among what is enabled. */
import * as fc from 'fast-check';
import { type Bundle, CHOICE_MAX, MOST_CHOICES, type Params, choose } from './bundle.ts';
import type { FaultWindow } from './counterexample.ts';
import type { PartStep } from './play.ts';
import { type Decide, decided } from './runner.ts';
import { type Suite, findBundle } from './suite.ts';

/** These bundles in this order, every choice the same number. Throws for an unknown bundle. */
export function namedSteps<Actors>(
  suite: Suite<Actors>,
  names: readonly string[],
  choice: number,
  paramsOf: (bundle: string) => Params = () => ({}),
): Decide<Actors>[] {
  return names.map((name) => {
    const bundle = bundleNamed(suite, name);
    return decided(
      bundle,
      bundle.choices.map(() => choice),
      paramsOf(name),
    );
  });
}

/** What trying a bundle alone needs to know besides its name. */
export interface Alone {
  readonly partner: string;
  readonly partnerAddress: string;
  readonly choice: number;
  readonly paramsOf?: (bundle: string) => Params;
}

/** The bundle after those that it needs first; one for executors is the partner's, whom the user names before. */
export function stepsAlone<Actors>(
  suite: Suite<Actors>,
  { name, arrange, triedByPartner }: Bundle<Actors>,
  { partner, partnerAddress, choice, paramsOf = () => ({}) }: Alone,
): PartStep<Actors>[] {
  if (!triedByPartner) return namedSteps(suite, [...arrange, name], choice, paramsOf);
  const naming = (needed: string): Params =>
    bundleNamed(suite, needed).params.includes('executor')
      ? { ...paramsOf(needed), executor: partnerAddress }
      : paramsOf(needed);
  const [decide] = namedSteps(suite, [name], choice, paramsOf);
  return [...namedSteps(suite, arrange, choice, naming), ...(decide === undefined ? [] : [{ by: partner, decide }])];
}

export function bundleNamed<Actors>(suite: Suite<Actors>, name: string): Bundle<Actors> {
  const bundle = findBundle(suite, name);
  if (bundle === undefined) throw new Error(`there is no bundle ${name}`);
  return bundle;
}

/** One drawn step: a number that picks among enabled bundles, and enough choices for every bundle. */
export interface DrawnStep {
  readonly pick: number;
  readonly choices: readonly number[];
}

/** Both ends are drawn often: they give the smallest and largest amount, and the first and last of a list. */
export const choiceArbitrary = fc.oneof(
  { weight: 3, arbitrary: fc.nat({ max: CHOICE_MAX }) },
  { weight: 1, arbitrary: fc.constantFrom(0, CHOICE_MAX) },
);

/** A lane of exactly `steps` drawn steps. */
export function drawnLane(steps: number): fc.Arbitrary<DrawnStep[]> {
  const step = fc.record({
    pick: fc.nat({ max: CHOICE_MAX }),
    choices: fc.array(choiceArbitrary, { minLength: MOST_CHOICES, maxLength: MOST_CHOICES, size: 'max' }),
  });
  return fc.array(step, { minLength: steps, maxLength: steps, size: 'max' });
}

/** Whose turn it is at each hand-over; 0, going on with the same user, is as likely as all others together. */
export function drawnSchedule(handOvers: number, users: number): fc.Arbitrary<number[]> {
  const turn = fc.oneof(fc.constant(0), fc.nat({ max: Math.max(users - 1, 0) }));
  return fc.array(turn, { minLength: handOvers, maxLength: handOvers, size: 'max' });
}

/**
 * Draws for each of these faults whether it is on, and from which step to which. Draws nothing for an empty list, so that
 * other draws do not change.
 */
export function drawnFaults(names: readonly string[], steps: number): fc.Arbitrary<readonly FaultWindow[]> {
  const windows = names.map((fault) =>
    fc.option(
      fc
        .tuple(fc.nat({ max: steps - 1 }), fc.nat({ max: steps - 1 }))
        .map(([fromStep, lastingSteps]): FaultWindow => ({ fault, fromStep, toStep: fromStep + lastingSteps + 1 })),
      { freq: 2 },
    ),
  );
  return fc.tuple(...windows).map((drawn) => drawn.filter((window) => window !== null));
}

/** A bundle that may be drawn: how often against others, and with which parameters. */
export interface Offer<Actors> {
  readonly bundle: Bundle<Actors>;
  readonly weight: number;
  readonly params: Params;
}

/** Decides by weight among the offers that are enabled when the step begins. */
export function drawnDecision<Actors>(offers: readonly Offer<Actors>[], { pick, choices }: DrawnStep): Decide<Actors> {
  return (view) => {
    const judged = offers.map((offer) => ({ ...offer, enabled: offer.bundle.enabled(view, offer.params) }));
    const tickets = judged.flatMap(({ enabled, bundle, weight, params }) =>
      enabled === true ? Array.from({ length: weight }, () => ({ bundle, params })) : [],
    );
    if (tickets.length === 0)
      return {
        notEnabled: judged.map(({ bundle, enabled }) => `${bundle.name}: ${enabled}`).join('; '),
        bundles: judged.map(({ bundle }) => bundle.name),
      };
    const { bundle, params } = choose(tickets, pick);
    return { bundle, choices: choices.slice(0, bundle.choices.length), params };
  };
}

/** Which bundles a sequence leaves out: none, or about half of them (swarm testing). True means kept. */
export const drawnSwarm = (bundles: number): fc.Arbitrary<readonly boolean[] | null> =>
  fc.option(fc.array(fc.boolean(), { minLength: bundles, maxLength: bundles, size: 'max' }), { freq: 2 });

/** The offers that a swarm keeps, with those that their bundles need first; all when it keeps none. */
export function inSwarm<Actors>(
  offers: readonly Offer<Actors>[],
  kept: readonly boolean[] | null,
): readonly Offer<Actors>[] {
  if (kept === null) return offers;
  const names = new Set(
    offers.filter((_, index) => kept[index] === true).flatMap(({ bundle }) => [bundle.name, ...bundle.arrange]),
  );
  const chosen = offers.filter(({ bundle }) => names.has(bundle.name));
  return chosen.length === 0 ? offers : chosen;
}
