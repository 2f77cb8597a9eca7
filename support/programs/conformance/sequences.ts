/** The sequences of a conformance run: the n-th of a seed is always the same, drawn as the QA run draws its own. */
import * as fc from 'fast-check';
import { type DrawnStep, drawnLane, drawnSchedule } from '../../sequence/draw.ts';
import { seedOf } from '../../sequence/seeds.ts';
import { userNames } from '../../keys/names.ts';

/** What each user does, and whose turn it is. */
export interface Sequence {
  readonly title: string;
  readonly lanes: readonly { readonly user: string; readonly steps: readonly DrawnStep[] }[];
  readonly schedule: readonly number[];
}

/** A mint hands over about a dozen times; past the end of a schedule a user simply goes on. */
const HAND_OVERS_PER_STEP = 12;

/** Sequence number `index` of the seed: `steps` for each user. */
export function drawSequence(seed: number, index: number, users: number, steps: number): Sequence {
  const players = userNames(users);
  const title = `conformance sequence ${index + 1}`;
  const sequence = fc.record({
    lanes: fc.tuple(...players.map((user) => drawnLane(steps).map((drawn) => ({ user, steps: drawn })))),
    schedule: drawnSchedule(steps * users * HAND_OVERS_PER_STEP, users),
  });
  const [drawn] = fc.sample(sequence, { seed: seedOf(seed, title), numRuns: 1 });
  if (drawn === undefined) throw new Error(`nothing was drawn for ${title}`);
  return { title, ...drawn };
}
