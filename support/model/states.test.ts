/** Which states a step meets, and how a run tells which it never met. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultPayout } from './redemption-default.ts';
import { walkQueue } from './redemption.ts';
import {
  STATES,
  countStates,
  defaultStates,
  executionStates,
  executorEndStates,
  executorStates,
  requestStates,
  reservationStates,
  statesNamed,
  statesText,
} from './states.ts';
import { CHEAP_VAULT, sampleAgent, sampleMarket } from './testing/sample-market.ts';

const LOT_UBA = 10_000_000n;

describe('a reservation', () => {
  test.each([
    ['of some lots at the fee that was seen', {}, 1n, 25n, []],
    ['of all lots', { freeLots: 3n }, 3n, 25n, ['reserve: all free lots']],
    ['with an agent that asks nothing', { feeBips: 0n }, 1n, 0n, ['reserve: without a minting fee']],
    ['whose pool gets nothing', { poolFeeShareBips: 0n }, 1n, 25n, ['reserve: nothing of the fee for the pool']],
    ['whose pool gets all', { poolFeeShareBips: 10_000n }, 1n, 25n, ['reserve: all of the fee for the pool']],
    ['at another fee than was seen', {}, 1n, 26n, ['reserve: the terms have changed since the look']],
  ] as const)('%s', (_name, change, lots, wantedFeeBips, states) => {
    const agent = sampleAgent(CHEAP_VAULT, { feeBips: 25n, poolFeeShareBips: 4_000n, freeLots: 9n, ...change });
    expect(reservationStates(agent, lots, wantedFeeBips)).toEqual(states);
  });
});

describe('an execution', () => {
  const agents = [sampleAgent(CHEAP_VAULT, { feeBips: 25n, poolFeeShareBips: 4_000n })];
  const fields = { agentVault: CHEAP_VAULT, valueUba: '10000000', feeUba: '25000' };
  const open = { ...fields, lastBlock: '9999999999', lastTimestampS: '9999999999' };
  test.each([
    ['in time and at the terms of the reservation', open, 10_000n, []],
    [
      'after the window',
      { ...fields, lastBlock: '1', lastTimestampS: '1' },
      10_000n,
      ['execute: the payment window is over'],
    ],
    [
      'after the fee rose',
      { ...open, feeUba: '24000' },
      9_600n,
      ['execute: the terms have changed since the reservation'],
    ],
    ["after the pool's share rose", open, 9_999n, ['execute: the terms have changed since the reservation']],
  ] as const)('%s', (_name, record, poolFeeUba, states) => {
    expect(executionStates(sampleMarket({ agents }), record, poolFeeUba)).toEqual(states);
  });
});

test.each([
  ['reserve', [{}], 0n, []],
  ['reserve', [{ executor: '0x1', executorFeeWei: '0' }], 0n, ['reserve: with an executor, without a fee for it']],
  [
    'redeem',
    [{ executor: '0x1', executorFeeWei: '0' }],
    9n,
    ['redeem: with an executor, without a fee for it', 'executor: less than a gwei is kept by the protocol'],
  ],
  [
    'redeem',
    [
      { executor: '0x1', executorFeeWei: '1' },
      { executor: '0x1', executorFeeWei: '2' },
    ],
    3n,
    ['redeem: with an executor and a fee for it', 'redeem: the executor fee is shared by unequal parts'],
  ],
] as const)('naming an executor: %s %j for %s', (act, records, sentWei, states) =>
  expect(executorStates(act, records, sentWei)).toEqual(states),
);

test.each([
  ['execute', {}, '0x1', []],
  ['execute', { executor: '0x1', executorFeeWei: '5' }, '0x1', ['execute: by the executor']],
  ['default', { executor: '0x1', executorFeeWei: '5' }, '0x2', ['default: the executor fee is burned']],
  ['default', { executor: '0x1', executorFeeWei: '0' }, '0x2', []],
] as const)('the end of an executor’s record: %s %j by %s', (act, fields, caller, states) =>
  expect(executorEndStates(act, fields, caller)).toEqual(states),
);

describe('a request', () => {
  const tickets = (count: number) =>
    Array.from({ length: count }, (_, id) => ({ id: BigInt(id), agentVault: `0x0${id % 2}`, valueUba: LOT_UBA }));
  const agents = ['0x00', '0x01'].map((vault) => sampleAgent(vault, { redemptionPoolFeeShareBips: 1n, dustUba: 0n }));
  const { settings } = sampleMarket();
  const states = (asked: bigint, queued: number, dustUba = new Map<string, bigint>(), stepUba = LOT_UBA) => {
    const market = sampleMarket({
      agents,
      queue: tickets(queued),
      settings: { ...settings, maxRedeemedTickets: 3n, lotSizeUba: LOT_UBA },
    });
    return requestStates(market, walkQueue(asked, market.queue, dustUba, stepUba, market.settings));
  };
  test.each([
    ['one ticket of two', states(LOT_UBA, 2), ['redeem: from one agent']],
    ['two tickets', states(2n * LOT_UBA, 3), ['redeem: from several agents']],
    [
      'three, as allowed',
      states(3n * LOT_UBA, 4),
      ['redeem: from several agents', 'redeem: just as many tickets as allowed'],
    ],
    ['a fourth', states(4n * LOT_UBA, 4), ['redeem: from several agents', 'redeem: one ticket more than allowed']],
    ['two of one', states(2n * LOT_UBA, 1), ['redeem: from one agent', 'redeem: more than the queue has']],
    [
      'three of three and a lot more',
      states(4n * LOT_UBA, 3),
      ['redeem: from several agents', 'redeem: more than the queue has'],
    ],
    [
      'a part with dust',
      states(6_000_000n, 1, new Map([['0x00', 1n]]), 1n),
      ['redeem: from one agent', 'redeem: dust with a ticket', 'redeem: dust is left'],
    ],
  ])('%s', (_name, met, expected) => expect(met).toEqual(expected));

  test('whose agent keeps the whole fee', () => {
    const market = sampleMarket({
      agents: [sampleAgent('0x00', { redemptionPoolFeeShareBips: 0n })],
      queue: tickets(1),
    });
    const walked = walkQueue(LOT_UBA, market.queue, new Map(), LOT_UBA, market.settings);
    expect(requestStates(market, walked)).toContain('redeem: nothing of the fee for the pool');
  });
});

describe('a default', () => {
  const terms = {
    valueUba: LOT_UBA,
    granularityUba: 1n,
    vaultTokenPrice: 2_000_000_000n,
    nativePrice: 100_000_000_000_000_000_000_000n,
    factorVaultBips: 10_500n,
    vaultCollateralUnits: 21_000_000n,
    poolCollateralWei: 10n ** 24n,
    mintedUba: 0n,
    reservedUba: 0n,
    redeemingUba: LOT_UBA,
    poolRedeemingUba: LOT_UBA,
    poolPartRoundsUp: false,
  };
  test.each([
    ['that the vault can just pay', {}, ['default: the vault pays all']],
    ['that it cannot', { vaultCollateralUnits: 20_000_000n }, ['default: the pool pays its part']],
    [
      'that not even the pool can',
      { vaultCollateralUnits: 1_000_000n, poolCollateralWei: 10n ** 20n },
      ['default: the pool pays its part', 'default: the pool pays as much as it may'],
    ],
  ] as const)('%s', (_name, change, states) => {
    const changed = { ...terms, ...change };
    expect(defaultStates(changed, defaultPayout(changed))).toEqual(states);
  });
});

test('a run tells how many it reached and which never, those that only faults bring just where there are some', () => {
  const all = STATES.map(([state]) => state);
  const most = countStates(all.filter((state) => state !== 'reserve: all free lots'));
  const wanted = STATES.filter(([, where]) => where !== 'with faults').length;
  expect(statesText(most, false)).toBe(`states reached: ${wanted - 1} of ${wanted}; never: reserve: all free lots`);
  expect(statesText(countStates([...all, ...all]), true)).toBe(`states reached: ${all.length} of ${all.length}`);
  expect(statesText(countStates(['reserve: all free lots']), false)).toBe(`states reached: 1 of ${wanted}`);
  expect(countStates(['reserve: all free lots', 'reserve: all free lots'])['reserve: all free lots']).toBe(2);
});

test('what is no state is not counted', () => {
  expect(statesNamed('refused: AgentsFeeTooHigh', 'refused: SomethingElse')).toEqual(['refused: AgentsFeeTooHigh']);
});

test('each state is said by some expectation', () => {
  const root = join(import.meta.dirname, '../..');
  const folders = ['bundles', 'support/model'];
  const sources = folders.flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => readFileSync(join(root, folder, name), 'utf8')),
  );
  const mentions = (state: string) => sources.reduce((sum, text) => sum + text.split(`'${state}'`).length - 1, 0);
  // Endings and refusals are named by their status and custom error.
  const named = STATES.map(([state]) => state).filter((state) => !/^refused: | ended /.test(state));
  expect(named.filter((state) => mentions(state) < 2)).toEqual([]);
});
