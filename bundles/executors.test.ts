/** Examples of executors: whom a drawn number names, what is sent for them, and who gets it. */
import { describe, expect, test } from 'vitest';
import { CHEAP_VAULT, DEAR_VAULT } from '../support/model/testing/sample-market.ts';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';
import { executorTerms } from './executors.ts';
import { mintExecutePending } from './mint-execute-pending.ts';
import { mintStopBeforeExecution } from './mint-stop-before-execution.ts';
import { redeem } from './redeem.ts';
import {
  FEE_OF_A_LOT_WEI,
  USER,
  comesTo,
  handsSeeing,
  holding,
  mintsALot,
  moved,
  redeemerOf,
  refusedWith,
  dearer,
  requestFor,
  viewOf,
  withRecords,
  wrongClaims,
} from './testing/examples.ts';

const [SELF, OTHER] = [USER.toLowerCase(), '0xe1'];
const executors = [SELF, OTHER];
const GWEI = 10n ** 9n;

describe('whom a drawn number names', () => {
  const named = (choice: number, params = {}) => executorTerms(viewOf({ executors }), choice, params);

  test.each([0, 3_334, 3_999, 9_000, CHOICE_MAX])('%s: nobody', (choice) => expect(named(choice)).toEqual({}));
  test.each([
    [4_000, SELF, '1000000000000007'],
    [4_500, OTHER, '1000000000000007'],
    [5_000, SELF, '3000000000'],
    [6_500, OTHER, '1000000000'],
    [7_500, OTHER, '999999999'],
    [8_999, OTHER, '0'],
  ])('%s: %s with %s wei', (choice, executor, executorFeeWei) =>
    expect(named(choice)).toEqual({ executor, executorFeeWei }),
  );
  test('whom the parameters name, whatever is drawn', () => {
    expect(named(0, { executor: '0xE2', executorFeeWei: '5' })).toEqual({ executor: '0xe2', executorFeeWei: '5' });
    expect(named(0, { executor: '0xe2' })).toEqual({ executor: '0xe2', executorFeeWei: '1000000000000007' });
  });
  test('nobody where nobody is known', () => expect(executorTerms(viewOf(), 5_000)).toEqual({}));
});

describe('a reservation with an executor', () => {
  const params = { executor: OTHER, executorFeeWei: String(3n * GWEI + 7n) };
  const told = { executor: OTHER, executorFeeWei: 3n * GWEI };
  const seen = (change = {}) => {
    const { minter } = mintsALot(DEAR_VAULT, 137_000n);
    return { minter: { ...minter, reserve: async () => ({ ...(await minter.reserve()), ...told, ...change }) } };
  };

  test('costs both fees, of which whole gwei are promised', async () => {
    const expectation = await comesTo(mintStopBeforeExecution, viewOf(), [0, 0, 0], seen(), params);
    expect(moved(expectation)[0]).toEqual(['native', -(FEE_OF_A_LOT_WEI + 3n * GWEI + 7n)]);
    expect(expectation.records['minting 851']).toMatchObject({ executor: OTHER, executorFeeWei: '3000000000' });
    expect(expectation.reached).toContain('executor: less than a gwei is kept by the protocol');
    expect(wrongClaims(expectation)).toEqual([]);
  });

  test.each([
    ['another executor', { executor: SELF }, 'CollateralReserved executor'],
    ['another fee', { executorFeeWei: 4n * GWEI }, 'CollateralReserved executorFeeNatWei'],
  ])('%s in the event is a mismatch', async (_name, change, what) => {
    const expectation = await comesTo(mintStopBeforeExecution, viewOf(), [0, 0, 0], seen(change), params);
    expect(wrongClaims(expectation)).toEqual([what]);
  });

  test('is refused as soon as the fee has risen, since nothing is sent on top', () => {
    const view = viewOf({ executors });
    expect(refusedWith(mintStopBeforeExecution, view, [0, 0, 8_999], [view, dearer()])).toEqual([
      undefined,
      'InappropriateFeeAmount',
    ]);
  });
});

describe('who executes a minting', () => {
  const fields = {
    status: 'ACTIVE',
    minter: SELF,
    agentVault: CHEAP_VAULT,
    valueUba: '10000000',
    feeUba: '25000',
    executorFeeWei: '3000000000',
  };
  const note = { paymentHash: 'AB', poolFeeUba: '10000' };
  const { minter } = mintsALot(CHEAP_VAULT, 25_000n);
  const executes = { minter: { ...minter, executeIfOpen: minter.execute } };
  const tooLate = { minter: { ...minter, executeIfOpen: async () => undefined } };
  const pending = (executor: string) =>
    withRecords({ 'minting 851': { ...fields, executor } }, { 'minting 851': note });

  test('the minter: nothing of the fee for anybody', async () => {
    const expectation = await comesTo(mintExecutePending, pending(OTHER), [0], executes);
    expect(moved(expectation)).toEqual([['fAsset', 10_000_000n]]);
    expect(expectation.records).toEqual({ 'minting 851': { status: 'SUCCESSFUL', executorFeeWei: '0' } });
    expect(expectation.reached).toContain('execute: the executor fee is burned');
  });

  test('the minter as their own executor: the fee comes back, wrapped', async () => {
    const expectation = await comesTo(mintExecutePending, pending(SELF), [0], executes);
    expect(moved(expectation)).toEqual([
      ['fAsset', 10_000_000n],
      ['wNat', 3n * GWEI],
    ]);
    expect(expectation.reached).toContain('execute: by the executor');
  });

  test('the executor was quicker: nothing of the own doing', async () =>
    expect(moved(await comesTo(mintExecutePending, pending(OTHER), [0], tooLate))).toEqual([]));
});

describe('a redemption with an executor', () => {
  const params = { executor: OTHER, executorFeeWei: String(3n * GWEI + 7n) };
  const told = (executorFeeWei: bigint) => ({ ...requestFor(10_000_000n), executor: OTHER, executorFeeWei });
  const redeems = (executorFeeWei: bigint) => {
    const actors = { redeemer: redeemerOf(told(executorFeeWei)), hands: handsSeeing('ACTIVE') };
    return comesTo(redeem, holding({ fAsset: 10_000_000n }), [0, 0], actors, params);
  };

  test('costs what is sent, of which whole gwei are promised', async () => {
    const expectation = await redeems(3n * GWEI);
    expect(moved(expectation)).toContainEqual(['native', -(3n * GWEI + 7n)]);
    expect(expectation.records['redemption 384']).toMatchObject({ executor: OTHER, executorFeeWei: '3000000000' });
    expect(wrongClaims(expectation)).toEqual([]);
  });

  test('another fee in the event is a mismatch', async () =>
    expect(wrongClaims(await redeems(2n * GWEI))).toEqual(['executors in RedemptionRequested events']));
});
