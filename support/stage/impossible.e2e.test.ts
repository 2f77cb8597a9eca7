/** An act that had to be possible and is not: told in a sentence, with an account and a file that replays it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { suite } from '../../fixtures/suite.ts';
import { Closers } from '../devnet/closers.ts';
import { openRun } from '../run/open-run.ts';
import { readCounterexample } from '../sequence/counterexample.ts';
import { namedSteps } from '../sequence/draw.ts';
import { parseSettings } from '../settings/parse.ts';
import { findingOf } from '../units/troubles.ts';
import { PlayFailed } from './failed-play.ts';
import { replay } from './replay.ts';
import { Stage } from './stage.ts';

test('what all was arranged for and cannot be done', async () => {
  const closers = new Closers();
  try {
    const folder = mkdtempSync(join(tmpdir(), 'fassets-qa-impossible-test-'));
    closers.add(async () => rmSync(folder, { recursive: true }));
    const settings = parseSettings({ USERS: '1' }, {}, () => 7);
    const run = await openRun(suite, settings, join(folder, 'history.jsonl'));
    closers.add(() => run.stop());
    const stage = await Stage.open({ suite, settings, context: run.context, reportsFolder: folder });
    closers.add(() => stage.close());
    const tell = (required: readonly string[]) =>
      stage.playStory('a story', 'user-1', namedSteps(suite, ['pool-enter', 'redeem'], 5), required);

    const leftOut = await tell(['pool-enter']);
    expect(leftOut.map(({ bundle }) => bundle)).toEqual(['pool-enter']);

    const { report, message } = await failureOf(tell(['pool-enter', 'redeem']));
    expect(message).toMatch(/^user-1, redeem: cannot be done, though all was arranged for it \(redeem: .+\)\n/);
    expect(message).toMatch(/\n {2}→ 2\. user-1 redeem /);
    const again = await failureOf(replay(stage, readCounterexample(report.path), report.path));
    expect(again.message).toMatch(/^reproduced: user-1, redeem: cannot be done/);

    const saved = readCounterexample(report.path);
    const other = { ...saved, failure: { ...saved.failure, id: 'mint: cannot be done' } };
    const otherwise = await failureOf(replay(stage, other, 'saved.json'));
    expect(otherwise.message).toMatch(/^user-1, redeem: cannot be done/);
    expect(otherwise.message).toContain('it fails otherwise than in saved.json (mint: cannot be done)');
  } finally {
    await closers.close();
  }
});

async function failureOf(play: Promise<unknown>): Promise<PlayFailed> {
  const [played] = await Promise.allSettled([play]);
  const finding = played.status === 'rejected' ? findingOf(played.reason) : undefined;
  if (!(finding instanceof PlayFailed)) throw new Error('it did not fail as a play does', { cause: finding });
  return finding;
}
