/** The soak itself, on faults it must come through and on one it must find; and what its sum says of whom. */
import { STATES } from '../../model/states.ts';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, onTestFinished } from 'vitest';
import { parseSettings } from '../../settings/parse.ts';
import { test } from '../../run/testing/started-run.ts';
import { faultNames } from '../../faults/index.ts';
import { suite } from '../../../fixtures/suite.ts';
import { readRequest } from './options.ts';
import { type Soak, soak } from './soak.ts';
import { cellsOf, summary } from './verdict.ts';

const FAULTS = ['agent-silent', 'prices-jump'];

function soaked(actions: number, environment: Record<string, string>): Promise<Soak> {
  const folder = mkdtempSync(join(tmpdir(), 'soak-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const settings = parseSettings({ USERS: '2', STEPS: '6', ...environment }, {}, () => 3);
  return soak(suite, { settings, actions, folder });
}

describe('a soak', () => {
  test('goes on until enough is done, under the faults, and everything settles', async ({ expect }) => {
    const result = await soaked(70, { FAULTS: FAULTS.join(',') });
    expect(result).toMatchObject({ seed: 3, wrong: 0, unknown: 0, problems: [], failure: undefined });
    expect(result.actions).toBeGreaterThanOrEqual(70);
    expect(result.plays).toBeGreaterThan(2);
    expect(summary([result], 1, FAULTS).isGood).toBe(true);
  });

  test('ends at the first failure, which replays', async ({ expect }) => {
    const result = await soaked(1_000, { PLANTED_FAULT: 'mint-one-drop-short', FAULTS: 'prices-jump' });
    expect(result).toMatchObject({ plays: 1, wrong: 1, unknown: 0, problems: [] });
    expect(result.failure).toMatch(/fAsset is \d+, expected \d+, off by -1\n/);
    const path = /PLANTED_FAULT=mint-one-drop-short REPLAY=(\S+) npx vitest run/.exec(result.failure ?? '')?.[1];
    expect(existsSync(path ?? '')).toBe(true);
    expect(cellsOf(result).at(-1)).toMatch(/^user-\d, mint-[a-z-]+: fAsset is \d+, expected \d+, off by -1$/);
    expect(summary([result], 1, []).isGood).toBe(false);
  });
});

const ALL_BUT_ONE = Object.fromEntries(STATES.map(([state]) => [state, 1]));

describe('the sum of soaks', () => {
  const good: Soak = {
    seed: 1,
    plays: 2,
    actions: 50,
    wrong: 0,
    unknown: 0,
    problems: [],
    failure: undefined,
    struck: { 'agent-silent': 3, 'prices-jump': 0 },
    states: { ...ALL_BUT_ONE, 'redeem: from one agent': 0 },
    tookMs: 1000,
  };
  const other: Soak = { ...good, seed: 2, struck: { 'prices-jump': 4 }, states: { 'redeem: from one agent': 1 } };

  test('is good when nothing was wrong or unknown and every fault was on', ({ expect }) => {
    const { text, isGood } = summary([good, other], 2, FAULTS);
    expect(text).toBe(
      'steps under faults: agent-silent 3, prices-jump 4\n' +
        `states reached: ${STATES.length} of ${STATES.length}\n100 actions over 2 seeds: 0 wrong, 0 unknown`,
    );
    expect(isGood).toBe(true);
  });

  test('tells the states that no seed has reached', ({ expect }) => {
    expect(summary([good, good], 2, FAULTS).text).toContain(
      `states reached: ${STATES.length - 1} of ${STATES.length}; never: redeem: from one agent`,
    );
  });

  test.for([
    ['a mismatch', [{ ...good, wrong: 1 }, other], /: 1 wrong, 0 unknown$/],
    ['an unknown', [good, { ...other, unknown: 2 }], /: 0 wrong, 2 unknown$/],
    ['a failed play', [{ ...good, failure: 'it failed\nso' }, other], /0 wrong, 0 unknown$/],
    ['money that is not accounted for', [good, { ...other, problems: ['it does not close'] }], /0 unknown$/],
    ['a seed that could not be soaked', [good], /\n1 of 2 seeds could not be soaked\n/],
    ['a fault that was never on', [good, good], /\nnever on, so nothing is said of them: prices-jump\n/],
  ] as const)('is not good with %s', ([, soaks, said], { expect }) => {
    const { text, isGood } = summary(soaks, 2, FAULTS);
    expect(text).toMatch(said);
    expect(isGood).toBe(false);
  });
});

describe('a wrong option or setting', () => {
  test.for([
    [['--actions', '0'], {}, /^--actions is "0", but must be a whole number from 1 to 100000000$/],
    [['--seeds', 'many'], {}, /^--seeds is "many", but must be a whole number from 1 to 10000$/],
    [['--first-seed', '-1'], {}, /first-seed.*\nusage: npm run soak/s],
    [['--first-seed', '4294967295'], {}, /^--first-seed is "4294967295", but must be a whole number from 0 to /],
    [['--jobs', '65'], {}, /^--jobs is "65", but must be a whole number from 1 to 64$/],
    [['--speed'], {}, /--speed.*\nusage: npm run soak/s],
    [[], { FAULTS: 'no-such' }, /^FAULTS names "no-such", but there is only: /],
    [
      [],
      { NETWORK: 'coston2', FAULTS: 'none' },
      /^NETWORK is "coston2", but a soak plays on the embedded devnet only$/,
    ],
  ] as const)('%j with %j is named', ([words, environment, answer], { expect }) => {
    expect(() => readRequest(suite, words, environment)).toThrow(answer);
  });

  test('ends the command with exit 2 before anything is started', async ({ start, expect }) => {
    const run = start.program([suite.programs, 'soak', '--jobs', '0']);
    const { code, output } = await run.ended();
    expect([code, output]).toEqual([2, '--jobs is "0", but must be a whole number from 1 to 64\n']);
    expect(existsSync(join(run.folder, 'reports'))).toBe(false);
  });
});

test('faults are all on unless FAULTS says otherwise, and actions are spread over the seeds', ({ expect }) => {
  const { orders, faults } = readRequest(suite, ['--actions', '100', '--seeds', '3', '--first-seed', '7'], {});
  expect(faults).toEqual(faultNames);
  expect(orders.map(({ settings, actions }) => [settings.seed, actions])).toEqual([7, 8, 9].map((seed) => [seed, 34]));
  expect(readRequest(suite, [], { FAULTS: 'none' }).faults).toEqual([]);
});
