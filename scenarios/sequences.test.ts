/**
 * The property: whatever users do, in whatever order and at whatever pace, each user's actual state equals the expected
 * one, and nothing stays open once every fault is healed.
 *
 * One test for each user alone and one for all users in turns. Each has a seed made from the run's seed and its name.
 */
import * as fc from 'fast-check';
import { describe } from 'vitest';
import { suite } from '../fixtures/suite.ts';
import { drawnPlay, playDrawn } from '../support/stage/drawn.ts';
import { seedOf } from '../support/sequence/seeds.ts';
import { shrinkFailure } from '../fixtures/shrink-failure.ts';
import { PlayFailed } from '../support/stage/failed-play.ts';
import type { Stage } from '../support/stage/stage.ts';
import { settings, test, together } from '../fixtures/test.ts';
import { userNames } from '../support/keys/names.ts';

const users = userNames(settings.users, settings.shard);

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
  const property = fc.asyncProperty(drawnPlay(suite, settings, players), async (drawn) => {
    await stage.begin(title);
    await stage.play(playDrawn(title, players, drawn, stage, settings));
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
