/**
 * The property: whatever users do, in whatever order and at whatever pace, each one's actual state equals the expected one.
 *
 * One test for each user alone and one for all users in turns. The seed of each is made of the run's seed and its name.
 */
import * as fc from 'fast-check';
import { describe } from 'vitest';
import { type DrawnStep, drawnDecision, drawnLane, drawnSchedule } from '../fixtures/parts.ts';
import { seedOf } from '../fixtures/seeds.ts';
import { shrinkFailure } from '../fixtures/shrink-failure.ts';
import { PlayFailed, type Stage } from '../fixtures/stage.ts';
import { chosenBundles, settings, test } from '../fixtures/test.ts';
import { userNames } from '../fixtures/users/index.ts';

const users = userNames(settings.users);
/** A mint hands over about a dozen times; past the end of a schedule a user simply goes on. */
const HAND_OVERS_PER_STEP = 12;

describe('sequences', () => {
  test.for(users)('%s alone', async (user, { stage, perform }) => {
    await perform(() => holds(stage, `sequences of ${user}`, [user]));
  });

  test('all users in turns', async ({ stage, perform }) => {
    await perform(() => holds(stage, 'sequences of all users', users));
  });
});

/** Checks the property over drawn sequences of these users; throws the first failed play. */
async function holds(stage: Stage, title: string, players: readonly string[]): Promise<void> {
  const lanes = fc.tuple(...players.map(() => drawnLane(settings.steps)));
  const schedule = drawnSchedule(settings.steps * players.length * HAND_OVERS_PER_STEP, players.length);
  const property = fc.asyncProperty(lanes, schedule, async (drawn, turns) => {
    await stage.begin(title);
    await stage.play(
      title,
      players.map((user, index) => ({ user, decisions: decisions(stage, drawn[index] ?? []) })),
      turns,
    );
  });
  const result = await fc.check(property, {
    seed: seedOf(settings.seed, title),
    numRuns: settings.runs,
    endOnFailure: true,
  });
  if (result.errorInstance instanceof PlayFailed) throw await shrinkFailure(result.errorInstance, stage);
  if (result.failed) throw new Error(fc.defaultReportMessage(result), { cause: result.errorInstance });
}

function decisions(stage: Stage, drawn: readonly DrawnStep[]) {
  const possible = chosenBundles.filter((bundle) => stage.lacksFor(bundle) === undefined);
  return drawn.map((step) => drawnDecision(possible, step));
}
