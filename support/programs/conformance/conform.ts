/** Plays sequences on both sides until enough was done, and counts where they differ. Opens nothing, prints nothing. */
import type { Actors } from '../../actors/actors.ts';
import type { Suite } from '../../sequence/suite.ts';
import type { Bundle, Need } from '../../sequence/bundle.ts';
import type { Offer } from '../../sequence/draw.ts';
import { type Comparison, type Difference, type Play, type Sides, comparePlays } from './compare.ts';
import { type Sequence, drawSequence } from './sequences.ts';
import type { Side } from './side.ts';

export interface ConformOptions {
  /** At least this many are compared. */
  readonly actions: number;
  readonly seed: number;
  readonly users: number;
}

/** One sequence, played on both sides. */
export interface ComparedSequence extends Comparison {
  readonly sequence: Sequence;
  readonly plays: Sides<Play>;
}

export interface Conformance {
  readonly actions: number;
  /** How often each bundle that was offered was done and compared. */
  readonly done: ReadonlyMap<string, number>;
  /** At most one for each sequence: later ones follow from it. */
  readonly differences: readonly Difference[];
}

/** A refused act changes little: bundles are drawn that much more often, each. */
const BUNDLE_WEIGHT = 3;
/** Steps of one user in one sequence. */
const STEPS = 40;

/** Lets both begin at the same time of the same clock. */
export async function alignOrigins(sides: Sides<Side>): Promise<void> {
  const latestS = Math.max(...(await Promise.all(sides.map((side) => side.nowS()))));
  await Promise.all(sides.map((side) => side.setOrigin(latestS)));
}

/** What is drawn from: every bundle that both sides can serve, and acts that must be refused, for the names of errors. */
export function sharedOffers(suite: Suite<Actors>, sides: Sides<Pick<Side, 'features'>>): Offer<Actors>[] {
  const has: Record<Need, boolean> = {
    canInjectFaults: true,
    redeemAmount: sides.every(({ features }) => features.redeemAmount),
    directMinting: sides.every(({ features }) => features.directMinting),
    madeUpMoney: true,
    ownDevnet: true,
    canSimulate: true,
  };
  const isServed = ({ bundle }: Offer<Actors>) => bundle.needs.every((need) => has[need]);
  return [
    ...suite.bundles.map((bundle) => ({ bundle, weight: BUNDLE_WEIGHT, params: {} })),
    ...[...arrangedMintings(suite), ...ownRefusals(suite)].map((bundle) => ({ bundle, weight: 1, params: {} })),
  ].filter(isServed);
}

/** Mintings that only refusals arrange. */
function arrangedMintings({ bundles, refusals }: Suite<Actors>): Bundle<Actors>[] {
  const arranged = refusals.flatMap(({ arrange }) => arrange.map(({ bundle }) => bundle));
  return [...new Set(arranged)].filter((bundle) => bundle.mints && !bundles.includes(bundle));
}

/** Those that need nobody else and nothing that is not to be seen. */
const ownRefusals = ({ refusals }: Suite<Actors>): Bundle<Actors>[] =>
  refusals.filter(({ by, bundle }) => by === 'user' && bundle.params.length === 0).map(({ bundle }) => bundle);

/** Both sides must have the same origin. `onSequence` hears of each sequence that was compared. */
export async function conform(
  suite: Suite<Actors>,
  sides: Sides<Side>,
  { actions: wanted, seed, users }: ConformOptions,
  onSequence: (compared: ComparedSequence) => void,
): Promise<Conformance> {
  const shared = sharedOffers(suite, sides);
  const differences: Difference[] = [];
  const done = new Map(shared.map(({ bundle }) => [bundle.name, 0]));
  let actions = 0;
  for (let index = 0; actions < wanted; index += 1) {
    const steps = Math.min(STEPS, Math.ceil((wanted - actions) / users));
    const sequence = drawSequence(seed, index, users, steps);
    const plays = await playOnBoth(sides, sequence, shared);
    const comparison = comparePlays(plays);
    const { length } = comparison.bundles;
    if (length === 0) throw new Error(`nothing could be done in ${sequence.title}`);
    actions += length;
    for (const name of comparison.bundles) done.set(name, (done.get(name) ?? 0) + 1);
    if (comparison.difference !== undefined) differences.push(comparison.difference);
    onSequence({ ...comparison, sequence, plays });
  }
  return { actions, done, differences };
}

/** At the same time; one that breaks off is only told when the other has come to its end. */
async function playOnBoth(
  [first, second]: Sides<Side>,
  sequence: Sequence,
  shared: readonly Offer<Actors>[],
): Promise<Sides<Play>> {
  const [one, other] = await Promise.allSettled([first.play(sequence, shared), second.play(sequence, shared)]);
  if (one.status === 'rejected') throw one.reason;
  if (other.status === 'rejected') throw other.reason;
  return [one.value, other.value];
}
