/** What a step brings the partner is on the partner's account, whatever the partner does meanwhile, and comes back at the end. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { suite } from '../../fixtures/suite.ts';
import { Closers } from '../devnet/closers.ts';
import { partnerOf } from '../keys/names.ts';
import { openRun } from '../run/open-run.ts';
import { CHOICE_MAX } from '../sequence/bundle.ts';
import { namedSteps } from '../sequence/draw.ts';
import { parseSettings } from '../settings/parse.ts';
import { Stage } from './stage.ts';

const USER = 'user-1';
const PARTNER = partnerOf(USER);

test('FAssets handed on to a partner who does nothing, and to one in the midst of a step', async () => {
  const closers = new Closers();
  try {
    const folder = mkdtempSync(join(tmpdir(), 'fassets-qa-partner-test-'));
    closers.add(async () => rmSync(folder, { recursive: true }));
    const settings = parseSettings({ USERS: '1' }, {}, () => 7);
    const run = await openRun(suite, settings, join(folder, 'history.jsonl'));
    closers.add(() => run.stop());
    const stage = await Stage.open({ suite, settings, context: run.context, reportsFolder: folder });
    closers.add(() => stage.close());
    const play = (user: string, ...names: string[]) => ({ user, decisions: namedSteps(suite, names, CHOICE_MAX / 3) });

    await stage.begin('a test');
    await stage.play({ title: '', parts: [play(USER, 'mint-random-agent', 'transfer-fasset')], schedule: [] });
    // The partner waits first, and the user acts while they do.
    const parts = [play(PARTNER, 'pool-enter', 'wait-for-timelock'), play(USER, 'transfer-fasset')];
    await stage.play({ title: '', parts, schedule: [] });

    const received = readFileSync(join(folder, 'logs', `${PARTNER}.log`), 'utf8')
      .split(/\n(?=\d{4}-)/)
      .filter((step) => step.includes('(background) FAssets handed on by'))
      .map((step) => step.split(' ')[1]);
    expect(received).toEqual(['transfer-fasset', 'wait-for-timelock']);

    const { woundUp, collection } = await run.close();
    expect({ wrong: woundUp.wrong, open: woundUp.open, unknown: woundUp.unknown }).toEqual({
      wrong: [],
      open: [],
      unknown: [],
    });
    expect(collection?.statement.closes).toBe(true);
    expect(collection?.funderDifferences).toEqual({});
    const back = collection?.money.find(({ user }) => user === PARTNER)?.returned['fAsset'] ?? 0n;
    expect(back).toBeGreaterThan(0n);
  } finally {
    await closers.close();
  }
});
