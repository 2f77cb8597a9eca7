/** The bench's arithmetic, the shape of its report, its options, and that it runs; no test hangs on how long anything takes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, onTestFinished } from 'vitest';
import { suite } from '../../../fixtures/suite.ts';
import { test } from '../../run/testing/started-run.ts';
import { descendantsOf, processTimes } from './cpu.ts';
import { benchText, meanMs, perStep, ratio, ratiosByBundle, requestsIn } from './figures.ts';
import { Laps } from './laps.ts';
import { ROWS, readRequest } from './options.ts';
import { FIGURES_OF, ROW, benchOf } from './rows.ts';
import { decided } from '../../sequence/runner.ts';
import { Arena } from './arena.ts';
import { type Counts, Recorder, Tape } from './tape.ts';

/** A processor that uses just what it is told to. */
class Told {
  usedMs = 0;
  readonly laps = new Laps(() => this.usedMs);
  spend(ms: number): void {
    this.usedMs += ms;
  }
}

describe('what is used', () => {
  test('is split into steps, and apart from the moves of time', ({ expect }) => {
    const told = new Told();
    told.spend(5);
    const over = told.laps.move();
    told.spend(20);
    over();
    told.spend(1);
    told.laps.next();
    told.spend(3);
    told.laps.next();
    expect(told.laps.costs).toEqual([
      { actsMs: 6, movesMs: 20 },
      { actsMs: 3, movesMs: 0 },
    ]);
  });

  test('counts a process with all that descend from it, whatever they are called', ({ expect }) => {
    const stat = (name: string, parent: number) =>
      `7 (${name}) S ${parent} 7 7 0 -1 4194560 100 0 0 0 31 11 0 0 20 0 9 0 100 1000 10`;
    expect(processTimes(stat('a) (b', 3))).toEqual({ name: 'a) (b', parent: 3, ticks: 42 });
    const parents = { 10: 1, 11: 10, 12: 11, 13: 2 };
    const processes = new Map(
      Object.entries(parents).map(([id, parent]) => [Number(id), processTimes(stat('x', parent))]),
    );
    expect(descendantsOf(10, processes)).toEqual([11, 12]);
  });
});

test('a tape holds what changes the network, in order, and counts all that was asked', ({ expect }) => {
  const [tape, told, recorder] = [new Tape(), new Told(), new Recorder()];
  const ask = (service: 'chain' | 'ledger' | 'control', ...methods: string[]) =>
    recorder.request({ service, calls: methods.map((method) => ({ method, params: [] })) })();
  ask('chain', 'eth_sendRawTransaction');
  recorder.recordInto(tape, told.laps);
  recorder.step('mint');
  ask('chain', 'eth_call', 'eth_call');
  ask('ledger', 'submit');
  ask('control', 'advanceTo');
  recorder.step('redeem');
  ask('chain', 'eth_sendRawTransactionSync');
  recorder.stop();
  ask('ledger', 'submit');
  expect(tape.steps).toEqual(['mint', 'redeem']);
  expect(tape.acts.map((act) => ('step' in act ? act.step : act.call.method))).toEqual([
    'mint',
    'submit',
    'advanceTo',
    'redeem',
    'eth_sendRawTransactionSync',
  ]);
  expect(tape.counts).toEqual({
    'chain requests': 2,
    'ledger requests': 1,
    'control requests': 1,
    eth_call: 2,
    submit: 1,
    advanceTo: 1,
    eth_sendRawTransactionSync: 1,
  });
  expect(told.laps.costs).toHaveLength(1);
});

describe('figures', () => {
  const cost = (actsMs: number, movesMs = 0) => ({ actsMs, movesMs });

  test('are ratios of sums, with two digits', ({ expect }) => {
    expect([ratio(2, 3), ratio(1, 0)]).toEqual([0.67, null]);
    const duels = [
      { steps: ['mint', 'redeem'], costs: [cost(6), cost(9, 1)], bareCosts: [cost(3), cost(4, 1)] },
      { steps: ['mint'], costs: [cost(6)], bareCosts: [cost(1)] },
    ];
    expect(ratiosByBundle(duels)).toEqual({ mint: 3, redeem: 2 });
  });

  test('of a step count every request once, and every call', ({ expect }) => {
    const byKind = perStep(
      [
        { 'chain requests': 3, eth_call: 30 },
        { 'chain requests': 1, 'ledger requests': 2 },
      ],
      4,
    );
    expect(byKind).toEqual({ eth_call: 7.5, 'chain requests': 1, 'ledger requests': 0.5 });
    expect(requestsIn(byKind)).toBe(1.5);
  });

  test('of a part of a play are missing where the play was shorter', ({ expect }) => {
    const costs = [cost(1), cost(2), cost(3, 1)];
    expect([meanMs(costs, 1, 3), meanMs(costs, 1, 4)]).toEqual([3, null]);
  });

  test('that were not measured are null, with the reason in report and table', ({ expect }) => {
    const request = readRequest(suite, ['--only', 'workers'], {});
    const bench = benchOf(request, 'cpu', [{ figures: {}, notMeasured: { workers2Over1: 'there is one' } }]);
    for (const name of ROWS.flatMap((row) => FIGURES_OF[row])) {
      expect(bench[name], name).toBeNull();
      expect(bench.notMeasured[name]).toBe(name === 'workers2Over1' ? 'there is one' : 'left out by --only');
    }
    expect(benchText(bench)).toMatch(/actions a second of two workers against one +- +1\.8 +there is one/);
  });
});

describe('a wrong option or setting', () => {
  test.for([
    [['--plays', '0'], {}, /^--plays is "0", but must be a whole number from 1 to 10000$/],
    [['--length', '99'], {}, /^--length is "99", but must be a whole number from 100 to 10000000$/],
    [['--only', 'speed'], {}, /^--only is "speed", but there is only: floor, bundles, users, length, workers, start$/],
    [['--fast'], {}, /^there is no such option\nusage: npm run bench/],
    [[], { NETWORK: 'coston2' }, /^NETWORK is "coston2", but only the embedded devnet can be measured$/],
    [[], { FAULTS: 'prices-jump' }, /^FAULTS is prices-jump, but what they cost is not measured: leave it out$/],
  ] as const)('%j with %j is named', ([words, environment, answer], { expect }) => {
    expect(() => readRequest(suite, words, environment)).toThrow(answer);
  });
});

test('suite and floor do the same acts, which come to the same state', async ({ expect }) => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const request = readRequest(suite, ['--quick', '--plays', '1', '--only', 'floor'], { USERS: '2', STEPS: '2' });
  const found = await ROW.floor({ suite, request, folder });
  const bench = benchOf(request, 'cpu', [found]);
  expect(bench.notMeasured).not.toHaveProperty('floorRatio');
  expect(bench.floorRatio).toBeGreaterThan(0);
  expect(bench.floorRatioWithoutTime).toBeGreaterThan(0);
  expect(bench.requestsPerStep).toBeGreaterThan(1);
  expect(bench.requestsPerStepByKind).toMatchObject({ eth_call: expect.any(Number) });
});

describe('requests a step', () => {
  /** What so many looks of one user ask for, where so many take part. */
  async function looksOf(users: number, looks: number): Promise<Counts> {
    const folder = mkdtempSync(join(tmpdir(), 'bench-test-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const { settings } = readRequest(suite, ['--quick'], { USERS: String(users) });
    const arena = await Arena.open(suite, settings, folder);
    onTestFinished(() => arena.close());
    const decisions = Array.from({ length: looks }, () => decided(suite.windingUp.looks, []));
    const { counts } = await arena.play({ title: 'looks', parts: [{ user: 'user-1', decisions }], schedule: [] });
    return counts;
  }

  test.for([[2], [9]])(
    'that only looks are two heads of chain and ledger, with %i users',
    async ([users], { expect }) => {
      const [few, many] = [await looksOf(users ?? 0, 2), await looksOf(users ?? 0, 6)];
      expect(perLook(many, few)).toEqual({
        'chain requests': 2,
        eth_getBlockByNumber: 2,
        'ledger requests': 2,
        ledger: 2,
      });
      expect(few['eth_call']).toBeLessThanOrEqual(3);
    },
  );

  /** What four more looks have asked for, of one. */
  const perLook = (many: Counts, few: Counts) =>
    Object.fromEntries(
      Object.entries(many).flatMap(([kind, count]) => {
        const more = count - (few[kind] ?? 0);
        return more === 0 ? [] : [[kind, more / 4] as const];
      }),
    );
});
