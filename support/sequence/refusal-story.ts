/**
 * Refusals as stories: first what must be there, then the acts that must be refused.
 *
 * Refusals that need the same things share one story, since a refused act leaves everything as it was.
 */
import type { PartStep } from './play.ts';
import type { Refusal } from './refusal.ts';
import type { Bundle, Params, View } from './bundle.ts';
import { decided } from './runner.ts';
import type { Cast } from './scenario.ts';

export interface RefusalStory<Actors> {
  readonly name: string;
  /** Everything that the network must be able to do. */
  readonly needed: readonly Bundle<Actors>[];
  readonly refusals: readonly Refusal<Actors>[];
}

/** One story for each arrangement, in the order of first appearance. */
export function refusalStories<Actors>(refusals: readonly Refusal<Actors>[]): RefusalStory<Actors>[] {
  const stories = new Map<string, Refusal<Actors>[]>();
  for (const refusal of refusals) {
    const key = JSON.stringify([
      refusal.bundle.needs,
      refusal.arrange.map(({ bundle, choice }) => [bundle.name, choice]),
    ]);
    stories.set(key, [...(stories.get(key) ?? []), refusal]);
  }
  return [...stories.values()].map((group) => ({
    name: group.map(({ bundle }) => bundle.name).join(', '),
    needed: group.flatMap(({ bundle, arrange }) => [...arrange.map((step) => step.bundle), bundle]),
    refusals: group,
  }));
}

interface Told<Actors> {
  readonly steps: readonly PartStep<Actors>[];
  /** Bundles that must have been done when it is over, in order. */
  readonly names: readonly string[];
}

/** The steps of a story, in which `looks` is what a user does while somebody else acts. `isPossible` tells which of the acts afterwards the network can serve. */
export function tell<Actors>(
  looks: Bundle<Actors>,
  { refusals }: RefusalStory<Actors>,
  { user, partner, partnerAddress }: Pick<Cast, 'user' | 'partner' | 'partnerAddress'>,
  isPossible: (bundle: Bundle<Actors>) => boolean,
): Told<Actors> {
  const steps: PartStep<Actors>[] = [];
  const names: string[] = [];
  let about: Params = {};
  const add = (bundle: Bundle<Actors>, by: string, choice = 0, paramsOf: (view: View) => Params = () => ({})): void => {
    names.push(bundle.name);
    const choices = bundle.choices.map(() => choice);
    steps.push({
      by,
      decide(view) {
        if (by === user) for (const refusal of refusals) about = { ...about, ...refusal.about(view, partnerAddress) };
        return decided(bundle, choices, paramsOf(view))(view);
      },
    });
  };
  const paramsFor = ({ params }: Bundle<Actors>): Params =>
    Object.fromEntries(Object.entries(about).filter(([name]) => params.includes(name)));

  for (const { bundle, choice, paramsOf } of refusals[0]?.arrange ?? []) add(bundle, user, choice, paramsOf);
  for (const { bundle, by, afterwards } of refusals) {
    if (by === 'partner') add(looks, user);
    add(bundle, by === 'user' ? user : partner, 0, () => paramsFor(bundle));
    if (by === 'partner') add(looks, user);
    for (const later of afterwards) if (isPossible(later)) add(later, user);
  }
  return { steps, names };
}
