/** The hunt itself on a fixed handful of faults, with what each must come to; and every fault's patches. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { suite } from '../../../fixtures/suite.ts';
import { counterexample } from '../../sequence/testing/counterexample.ts';
import { carryOutAll } from '../workers.ts';
import { plantedFaults } from '../../planted/index.ts';
import type { PlantedFault } from '../../planted/planted-fault.ts';
import { applyFaultPlan } from '../../devnet/fault-plan.ts';
import { type Hunt, hunt } from './hunt.ts';
import { judgeHunt, summary } from './verdict.ts';
import type { HuntOrder } from './hunt-worker.ts';

const SOURCES = join(import.meta.dirname, '../../devnet/contracts');
const HUNT_WORKER = [suite.programs, 'hunt-worker'] as const;
const REPLAYS = 3;

const fault = (name: string): PlantedFault => {
  const planted = plantedFaults.get(name);
  if (planted === undefined) throw new Error(`there is no planted fault ${name}`);
  return planted;
};

describe('a planted fault is found, shrunk and replayed', () => {
  test.for([
    ['mint-one-drop-short', 'user-1, mint-lowest-fee-agent: fAsset is 9999999, expected 10000000, off by -1'],
    ['redemption-fee-rounded-up', /^user-1, redeem-amount: xrp is (\d+), expected \d+, off by -1$/],
    [
      'pool-fee-not-minted',
      /^user-1, mint-lowest-fee-agent: shared pool 0x[0-9a-f]{40} FAsset held is 0, expected 10000, off by -10000$/,
    ],
    [
      'redemption-payment-not-booked',
      /^user-1, redeem-block-underlying: underlying balance of 0x[0-9a-f]{40} is (\d+), expected \d+, off by 12$/,
    ],
    ['zero-lots-reserved', 'user-1, reserve-zero-lots: went through, must be refused with CannotMintZeroLots'],
    ['agent-pays-one-drop-less', /^user-1, redeem: xrp is (\d+), expected \d+, off by -1$/],
    ['ledger-charges-fee-twice', /^user-1, mint-lowest-fee-agent: xrp is (\d+), expected \d+, off by -12$/],
  ] as const)('%s', async ([name, sentence]) => {
    const folder = mkdtempSync(join(tmpdir(), 'canary-test-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const result = await hunt(suite, fault(name), { seed: 7, replays: REPLAYS, mostActions: 500, folder });
    expect(result.found?.smallest.failure.sentence).toMatch(sentence);
    expect(result.found?.smallest).toMatchObject({ plantedFault: name, seed: 7 });
    expect(result.found?.path).toMatch(/\.shrunk\.json$/);
    expect(judgeHunt(result, REPLAYS)).toEqual({ isFound: true, isShrunk: true, isReplayed: true });
    expect(summary([result], REPLAYS, 1)).toEqual({ text: 'found 1 of 1, shrunk 1, replayed 1', isGood: true });
  });
});

describe('every planted fault', () => {
  test('has a name of its own', () => {
    expect(plantedFaults.size).toBeGreaterThanOrEqual(30);
    for (const [name, { story }] of plantedFaults) expect([name, story]).toEqual([fault(name).name, story]);
  });

  test.for([...plantedFaults.values()].map((planted) => [planted.name, planted] as const))(
    '%s can be planted',
    ([, { patches = [], services }]) => {
      expect(patches.length > 0 || services !== undefined).toBe(true);
      for (const { file, find, replace } of patches) {
        expect(readFileSync(join(SOURCES, file), 'utf8').split(find), `${find} in ${file}`).toHaveLength(2);
        expect(replace).not.toBe(find);
      }
      applyFaultPlan(services ?? {}, { ledger: {}, agents: {}, fdc: {} });
    },
  );
});

describe('a hunt that is not good enough', () => {
  const failure = { verdict: 'wrong', id: 'redeem: balance of xrp', sentence: 'it is off' } as const;
  const smallest = counterexample({ failure });
  const planted: PlantedFault = { name: 'a-fault', story: 'it is off', check: 'balance of xrp', steps: 2 };
  const found: NonNullable<Hunt['found']> = {
    original: smallest,
    shrinking: { ended: 'minimal', plays: 3 },
    smallest: { ...smallest, steps: [...smallest.steps, ...smallest.steps] },
    path: 'a-file.json',
    replayed: 20,
  };
  const good = { fault: planted, actions: 4, searchMs: 1200, found };

  test('counts in no column that it fails', () => {
    const missed = { ...good, found: undefined };
    const long = { ...good, fault: { ...planted, steps: 1 } };
    const otherwise = { ...good, fault: { ...planted, check: 'balance of native' } };
    const flaky = { ...good, found: { ...found, replayed: 19 } };
    expect(summary([good], 20, 1)).toEqual({ text: 'found 1 of 1, shrunk 1, replayed 1', isGood: true });
    expect(summary([missed], 20, 1)).toEqual({ text: 'found 0 of 1, shrunk 0, replayed 0', isGood: false });
    expect(summary([otherwise], 20, 1)).toEqual({ text: 'found 0 of 1, shrunk 1, replayed 1', isGood: false });
    expect(summary([long], 20, 1)).toEqual({ text: 'found 1 of 1, shrunk 0, replayed 1', isGood: false });
    const untold = {
      ...good,
      found: { ...found, original: { ...smallest, failure: { ...failure, verdict: 'unknown' } } },
    } as const;
    expect(summary([untold], 20, 1)).toEqual({ text: 'found 0 of 1, shrunk 1, replayed 1', isGood: false });
    expect(summary([flaky], 20, 1)).toEqual({ text: 'found 1 of 1, shrunk 1, replayed 0', isGood: false });
  });

  test('is told of by its worker when it cannot be held, and the next one is held all the same', async () => {
    const folder = join(import.meta.filename, 'no-folder');
    const orders = [1, 2].map((seed) => ({ fault: planted, options: { seed, replays: 1, mostActions: 1, folder } }));
    const answers: unknown[] = [];
    await carryOutAll<HuntOrder, Hunt>(HUNT_WORKER, orders, 1, ({ options }, answer) =>
      answers.push([options.seed, answer]),
    );
    expect(answers).toEqual([1, 2].map((seed) => [seed, { error: expect.stringContaining('ENOTDIR') }]));
  });

  test('is missed too when there is no result of it at all', () => {
    expect(summary([good], 20, 2)).toEqual({ text: 'found 1 of 2, shrunk 1, replayed 1', isGood: false });
  });
});
