/**
 * The property: whatever users do, in whatever order and at whatever pace, each one's actual state equals the expected one.
 *
 * One test for each user alone and one for all users in turns. The seed of each is made of the run's seed and its name.
 */
import * as fc from 'fast-check';
import { describe } from 'vitest';
import { bundles } from '../bundles/index.ts';
import {
  type DrawnStep,
  drawnDecision,
  drawnFaults,
  drawnLane,
  drawnSchedule,
  drawnSwarm,
  inSwarm,
} from '../fixtures/parts.ts';
import { seedOf } from '../fixtures/seeds.ts';
import { shrinkFailure } from '../fixtures/shrink-failure.ts';
import { PlayFailed } from '../fixtures/failed-play.ts';
import type { Stage } from '../fixtures/stage.ts';
import { offersOf } from '../fixtures/selection.ts';
import { settings, test, together } from '../fixtures/test.ts';
import { findFault } from '../support/faults/index.ts';
import type { FaultWindow } from '../support/sequence/counterexample.ts';
import { userNames } from '../fixtures/users/index.ts';

const users = userNames(settings.users, settings.shard);
/** A mint hands over about a dozen times; past the end of a schedule a user simply goes on. */
const HAND_OVERS_PER_STEP = 12;

describe('sequences', together, () => {
  test.for(users)('%s alone', together, async (user, { stage, perform }) => {
    await perform(() => holds(stage, `sequences of ${user}`, [user]));
  });

  test('all users in turns', together, async ({ stage, perform }) => {
    await perform(() => holds(stage, 'sequences of all users', users));
  });
});

/**
 * Checks the property over drawn sequences of these users, as many as RUNS says, or for all users as many as fit in RUN_TIME;
 * throws the first failed play.
 */
async function holds(stage: Stage, title: string, players: readonly string[]): Promise<void> {
  const lanes = fc.tuple(...players.map(() => drawnLane(settings.steps)));
  const schedule = drawnSchedule(settings.steps * players.length * HAND_OVERS_PER_STEP, players.length);
  const faults = drawnFaults(settings.faults, settings.steps * players.length);
  const swarms = drawnSwarm(bundles.length);
  const property = fc.asyncProperty(lanes, schedule, swarms, faults, async (drawn, turns, swarm, windows) => {
    await stage.begin(title);
    const parts = players.map((user, index) => ({
      user,
      decisions: decisions(stage, user, drawn[index] ?? [], swarm, windows),
    }));
    await stage.play(title, parts, turns, windows);
  });
  const untilMs = performance.now() + (settings.runTimeS ?? 0) * 1000;
  for (let round = 0; ; round += 1) {
    const result = await fc.check(property, {
      seed: seedOf(settings.seed, round === 0 ? title : `${title}, round ${round + 1}`),
      numRuns: settings.runs,
      endOnFailure: true,
    });
    if (result.errorInstance instanceof PlayFailed) throw await shrinkFailure(result.errorInstance, stage);
    if (result.failed) throw new Error(fc.defaultReportMessage(result), { cause: result.errorInstance });
    if (players.length < users.length || performance.now() >= untilMs) return;
  }
}

function decisions(
  stage: Stage,
  user: string,
  drawn: readonly DrawnStep[],
  swarm: readonly boolean[] | null,
  windows: readonly FaultWindow[],
) {
  const ruledOut = new Set(windows.flatMap(({ fault }) => findFault(fault).rulesOut ?? []));
  const offers = inSwarm(
    offersOf(settings, user, (bundle) => stage.lacksFor(bundle)),
    swarm,
  ).filter(({ bundle }) => !ruledOut.has(bundle.name));
  return drawn.map((step) => drawnDecision(offers, step));
}
