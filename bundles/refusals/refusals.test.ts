/** Examples of refusals: how a wrong or missing error is seen, and how far beyond the limit each act goes: one unit. */
import { describe, expect, test } from 'vitest';
import type { Actors } from '../../support/actors/actors.ts';
import type { PoolPosition } from '../../support/model/pool-position.ts';
import { drawStatement } from '../../support/model/statement.ts';
import {
  CHEAP_VAULT,
  DEAR_VAULT,
  sampleAgent,
  sampleMarket,
  sampleUser,
} from '../../support/model/testing/sample-market.ts';
import type { Params, View } from '../../support/sequence/bundle.ts';
import { mintExecutePending } from '../mint-execute-pending.ts';
import { poolExit } from '../pool-exit.ts';
import { defaultAgain } from './default-again.ts';
import { defaultPaid } from './default-paid.ts';
import { defaultTooEarly } from './default-too-early.ts';
import { executeUnderpaid } from './execute-underpaid.ts';
import { executeWithOtherPayment } from './execute-with-other-payment.ts';
import { refusals } from './index.ts';
import { mintUnderpay } from './mint-underpay.ts';
import { poolExitBeyondRatio } from './pool-exit-beyond-ratio.ts';
import { poolExitMoreThanHeld } from './pool-exit-more-than-held.ts';
import { poolExitTimelocked } from './pool-exit-timelocked.ts';
import { poolTransferDebtLocked } from './pool-transfer-debt-locked.ts';
import { poolTransferTimelocked } from './pool-transfer-timelocked.ts';
import { poolWithdrawTooMuch } from './pool-withdraw-too-much.ts';
import { redeemAmountBelowMinimum } from './redeem-amount-below-minimum.ts';
import { redeemAmountBeyondBalance } from './redeem-amount-beyond-balance.ts';
import { redeemLotsNotHeld } from './redeem-lots-not-held.ts';
import { redeemToAgent } from './redeem-to-agent.ts';
import { type Refusal, defineRefusal } from './refusal.ts';
import { reserveBelowAgentFee } from './reserve-below-agent-fee.ts';
import { reserveMoreThanFree } from './reserve-more-than-free.ts';
import { reserveUnderpayingFee } from './reserve-underpaying-fee.ts';

const COIN = 10n ** 18n;
const NOW_S = BigInt(sampleMarket().point.timeS);

const viewOf = (change: Partial<View> = {}): View => ({
  user: sampleUser(),
  market: sampleMarket(),
  notes: {},
  timelocks: {},
  ...change,
});

const planOf = ({ bundle }: Refusal, view: View, params: Params = {}) => bundle.resolve(view, [], params).plan;

describe('the registry', () => {
  test('every act takes all that is told about it', () => {
    const told = (refusal: Refusal) => Object.keys(refusal.about(viewOf(), '0xabcd'));
    for (const refusal of refusals) expect(refusal.bundle.params).toEqual(expect.arrayContaining(told(refusal)));
  });
});

describe('the judgement', () => {
  const refusal = (act: () => Promise<unknown>) =>
    defineRefusal({ name: 'some-refusal', story: '', error: 'InvalidCrtId', plan: () => ({}), attempt: act });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- these acts ask nothing of their actors
  const nobody = {} as Actors;

  test('an act that goes through is a mismatch', async () => {
    const { bundle } = refusal(() => Promise.resolve());
    const user = sampleUser();
    const expectationOf = await bundle.resolve(viewOf(), [], {}).run(nobody);
    expect(drawStatement('u', user, expectationOf(viewOf()), user).mismatches).toMatchObject([
      { kind: 'custom error', expected: 'InvalidCrtId', actual: 'no revert' },
    ]);
  });

  test('whatever it moved is a mismatch of its own, since nothing may move', async () => {
    const { bundle } = refusal(() => Promise.resolve());
    const expectationOf = await bundle.resolve(viewOf(), [], {}).run(nobody);
    const closing = sampleUser({ fAsset: 1n });
    const { mismatches } = drawStatement('u', sampleUser(), expectationOf(viewOf()), closing);
    expect(mismatches.map(({ kind }) => kind)).toEqual(['custom error', 'balance of fAsset']);
  });

  test('without anything to be refused it is not enabled, with the reason', () => {
    const { bundle } = defineRefusal({
      name: 'some-refusal',
      story: '',
      error: 'InvalidCrtId',
      plan: () => 'there is nothing',
      attempt: () => Promise.resolve(),
    });
    expect(bundle.enabled(viewOf(), {})).toBe('there is nothing');
  });
});

describe('reservations', () => {
  test.each([
    ['a lot more than the agent of the fewest has free', reserveMoreThanFree, { agentVault: DEAR_VAULT, lots: '4' }],
    ['a BIPS less than the agent takes', reserveBelowAgentFee, { lots: '1', mostFeeBips: '136' }],
    ['a wei less than the fee', reserveUnderpayingFee, { lots: '1', valueWei: '1276427674460324103' }],
  ])('%s', (_name, refusal, plan) => expect(planOf(refusal, viewOf())).toMatchObject(plan));

  test('nobody can be asked for more than is free whose fee the user cannot pay', () => {
    const view = viewOf({ user: sampleUser({ native: 5n * COIN }) });
    expect(reserveMoreThanFree.bundle.enabled(view, {})).toBe('the user cannot pay the fee of so many lots');
  });
});

describe('executions', () => {
  const minting = (agentVault: string, valueUba: string) => ({ status: 'ACTIVE', agentVault, valueUba });
  const paidFor = { 'minting 1': { paymentHash: 'AA' }, 'minting 2': { paymentHash: 'BB' } };
  const withRecords = (records: View['user']['records'], notes: View['notes']) =>
    viewOf({ user: { ...sampleUser(), records }, notes });
  const two = withRecords({ 'minting 1': minting('0xaa', '20'), 'minting 2': minting('0xaa', '10') }, paidFor);

  test('one minting with the payment of another that covers it', () => {
    expect(planOf(executeWithOtherPayment, two)).toEqual({ minting: 'minting 2', paymentHash: 'AA' });
  });

  test.each([
    ['one paid minting', { 'minting 1': minting('0xaa', '20') }],
    ['two with different agents', { 'minting 1': minting('0xaa', '20'), 'minting 2': minting('0xbb', '10') }],
  ])('%s: no payment to exchange', (_name, records) => {
    const reason = 'the user has no two paid mintings with one agent';
    expect(executeWithOtherPayment.bundle.enabled(withRecords(records, paidFor), {})).toBe(reason);
  });

  test('a minting paid too little is not taken for one that can be executed', () => {
    const { timeS } = two.market.point;
    const endingIn = (leftS: number) =>
      withRecords(
        { 'minting 1': { ...minting('0xaa', '20'), lastTimestampS: String(timeS + leftS) } },
        { 'minting 1': { shortPaymentHash: 'AA' } },
      );
    const short = endingIn(450);
    expect(planOf(executeUnderpaid, short)).toEqual({ minting: 'minting 1', paymentHash: 'AA' });
    expect(mintExecutePending.enabled(short, {})).toBe('no paid minting is pending');
    const reason = 'no reservation is paid too little for, or its window is ending';
    expect(executeUnderpaid.bundle.enabled(two, {})).toBe(reason);
    expect(executeUnderpaid.bundle.enabled(endingIn(449), {})).toBe(reason);
  });

  test('just one drop is left out of the payment', () => {
    const plan = mintUnderpay.resolve(viewOf(), [0, 0, 0], {}).plan;
    expect(plan).toMatchObject({ lots: '1', paymentUba: '10137000' });
  });
});

describe('redemptions', () => {
  const holding = (fAsset: bigint) => viewOf({ user: sampleUser({ fAsset }) });

  test.each([
    ['a unit more than held', redeemAmountBeyondBalance, holding(49_999_999n), { amountUba: '50000000' }],
    ['a unit less than the minimum', redeemAmountBelowMinimum, holding(10_000_000n), { amountUba: '4999999' }],
    ['a lot by one who holds none', redeemLotsNotHeld, holding(9_999_999n), { lots: '1' }],
    [
      'to whom the queue names',
      redeemToAgent,
      holding(10_000_000n),
      { paymentAddress: `ledger account of ${CHEAP_VAULT}` },
    ],
  ])('%s', (_name, refusal, view, plan) => expect(planOf(refusal, view)).toEqual(plan));

  test('all that the queue has is no more than held', () => {
    const reason = 'the queue has no more than the user holds';
    expect(redeemAmountBeyondBalance.bundle.enabled(holding(50_000_000n), {})).toBe(reason);
    expect(redeemLotsNotHeld.bundle.enabled(holding(50_000_000n), {})).toBe(reason);
  });

  test('the agent that must pay is not always the first of the queue', () => {
    const { queue } = sampleMarket();
    const market = sampleMarket({ queue: [{ id: 9n, agentVault: CHEAP_VAULT, valueUba: 9n }, ...queue.slice(1)] });
    const view = viewOf({ market, user: sampleUser({ fAsset: 10_000_000n }) });
    expect(planOf(redeemToAgent, view)).toEqual({ paymentAddress: `ledger account of ${DEAR_VAULT}` });
  });
});

describe('defaults', () => {
  const redemption = (status: string, lastBlock: number) =>
    viewOf({
      user: { ...sampleUser(), records: { 'redemption 4': { status } } },
      notes: { 'redemption 4': { lastBlock: String(lastBlock), lastTimestampS: String(NOW_S - 1n) } },
    });
  const OVER = 1_000_002;
  const OPEN = 1_000_003;

  test.each([
    ['too early', defaultTooEarly, redemption('ACTIVE', OVER), true],
    ['too early, window open', defaultTooEarly, redemption('ACTIVE', OPEN), false],
    ['again', defaultAgain, redemption('DEFAULTED_UNCONFIRMED', OVER), true],
    ['again, but not once', defaultAgain, redemption('ACTIVE', OVER), false],
    ['paid, window open', defaultPaid, redemption('ACTIVE', OPEN), true],
    ['window over and so not paid', defaultPaid, redemption('ACTIVE', OVER), false],
  ])('%s', (_name, { bundle }, view, possible) => expect(bundle.enabled(view, {}) === true).toBe(possible));
});

describe('pools', () => {
  const position = (change: Partial<PoolPosition> = {}): PoolPosition => ({
    totals: { collateralWei: 2_000n * COIN, tokensWei: 1_000n * COIN, feesUba: 900n, feeDebtUba: 100n },
    wNatHeldWei: 2_000n * COIN,
    fAssetHeldUba: 900n,
    agentTokensWei: 900n * COIN,
    holding: { tokensWei: 100n * COIN, feeDebtUba: 0n },
    claimableFeesUba: 0n,
    transferableWei: 0n,
    ...change,
  });
  const inPool = (held: PoolPosition, lockedWei = 0n, mintedUba = 0n): View =>
    viewOf({
      user: { ...sampleUser(), pools: { [CHEAP_VAULT]: held } },
      market: sampleMarket({ agents: [sampleAgent(CHEAP_VAULT, { mintedUba })] }),
      timelocks: lockedWei === 0n ? {} : { [CHEAP_VAULT]: [{ tokensWei: lockedWei, endS: NOW_S + 1n }] },
    });
  const inDebt = position({ holding: { tokensWei: 100n * COIN, feeDebtUba: 40n } });
  const to = { to: '0xabcd' };

  test.each([
    ['exit with a unit more than held', poolExitMoreThanHeld, inPool(position()), 100n * COIN + 1n],
    ['exit with the first locked unit', poolExitTimelocked, inPool(position(), 30n * COIN), 70n * COIN + 1n],
    ['transfer the first locked unit', poolTransferTimelocked, inPool(position(), 30n * COIN), 70n * COIN + 1n],
    ['transfer the first unit in debt', poolTransferDebtLocked, inPool(inDebt), 60n * COIN + 1n],
    ['withdraw a unit too much', poolWithdrawTooMuch, inPool(inDebt), 61n],
  ])('%s', (_name, refusal, view, amount) =>
    expect(planOf(refusal, view, to)).toMatchObject({ amount: String(amount) }),
  );

  test('exit with the first unit that the pool must keep', () => {
    const limited = inPool(position(), 0n, 8_000_000n);
    const [low, high] = [79n * COIN, 83n * COIN];
    const amount = BigInt(planOf(poolExitBeyondRatio, limited)['amount'] ?? 0);
    expect(amount > low && amount < high).toBe(true);
    // One unit less is what the exit bundle may take at most.
    const most = poolExit.resolve(limited, [0, 9_999], {}).plan;
    expect(most).toMatchObject({ tokensWei: String(amount - 1n) });
  });

  test.each([
    ['a pool that keeps enough whatever the user exits', poolExitBeyondRatio, inPool(position())],
    ['tokens all free', poolTransferTimelocked, inPool(position())],
    ['tokens free of debt', poolTransferDebtLocked, inPool(position())],
    ['tokens in debt and timelocked', poolTransferDebtLocked, inPool(inDebt, 100n * COIN)],
    [
      'all fees being the user’s',
      poolWithdrawTooMuch,
      inPool(position({ holding: { tokensWei: 900n * COIN, feeDebtUba: 0n } })),
    ],
  ])('nothing to refuse: %s', (_name, { bundle }, view) =>
    expect(bundle.enabled(view, to)).toBe('in no pool there is anything to refuse'),
  );
});
