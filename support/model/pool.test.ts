/** The pool's arithmetic against hand-made vectors and a recorded run on the real contracts. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type PoolTotals,
  claimableFeesUba,
  debtFreeTokensWei,
  enterPool,
  exitPool,
  mostExitableTokensWei,
  timelockedTokensWei,
  transferableTokensWei,
} from './pool.ts';

const UNIT_WEI = 10n ** 18n;
const VECTOR: PoolTotals = {
  collateralWei: 1_300_000_000_000_000_000_007n,
  tokensWei: 1_234_567_890_123_456_789_012n,
  feesUba: 5_000_001n,
  feeDebtUba: -1234n,
};

describe('vectors', () => {
  test('entering, then leaving in part', () => {
    const amountWei = 77n * UNIT_WEI + 123n;
    const entry = enterPool(VECTOR, amountWei);
    expect(entry).toEqual({ tokensWei: 73_124_405_799_620_133_004n, feeDebtUba: 296_080n });
    const after: PoolTotals = {
      collateralWei: VECTOR.collateralWei + amountWei,
      tokensWei: VECTOR.tokensWei + entry.tokensWei,
      feesUba: VECTOR.feesUba,
      feeDebtUba: VECTOR.feeDebtUba + entry.feeDebtUba,
    };
    expect(exitPool(after, 24_374_801_933_206_711_001n)).toEqual({
      collateralWei: 25_666_666_666_666_666_707n,
      feeShareUba: 98_693n,
    });
  });

  test('the largest exit that leaves enough collateral', () => {
    const pool = { collateralWei: 60_000n * UNIT_WEI, tokensWei: 50_000n * UNIT_WEI + 7n, feesUba: 0n, feeDebtUba: 0n };
    const terms = {
      backedUba: 200_000_000n,
      exitRatioBips: 16_000n,
      priceMultiplier: 107_582_281_718_963_165_075_034n,
      priceDivisor: 10n ** 9n,
    };
    const most = mostExitableTokensWei(pool, 40_000n * UNIT_WEI, terms);
    expect(most).toBe(21_311_391_541_609_822_646_661n);
    const leaves = (tokensWei: bigint) => pool.collateralWei - exitPool(pool, tokensWei).collateralWei;
    expect(leaves(most) >= 34_426_330_150_068_212_824_011n).toBe(true);
    expect(leaves(most + 1n) >= 34_426_330_150_068_212_824_011n).toBe(false);
    expect(mostExitableTokensWei(pool, 5n, terms)).toBe(5n);
    expect(mostExitableTokensWei(pool, 5n, { ...terms, backedUba: 400_000_000n })).toBe(0n);
  });
});

describe('the recorded run', () => {
  const before = { collateralWei: 300_001_531_713_209_352_388_925n, tokensWei: 300_000n * UNIT_WEI };
  const tokensWei = 99_999_489_431_537_030_733_720n;

  test('entering a pool that has fees', () => {
    const pool = { ...before, feesUba: 60_000n, feeDebtUba: 0n };
    expect(enterPool(pool, 100_000n * UNIT_WEI)).toEqual({ tokensWei, feeDebtUba: 19_999n });
  });

  test('fees that came in afterwards, and none after they were withdrawn', () => {
    const pool = { collateralWei: 1n, tokensWei: 399_999_489_431_537_030_733_720n };
    const minted = { ...pool, feesUba: 160_000n, feeDebtUba: 19_999n };
    expect(claimableFeesUba(minted, { tokensWei, feeDebtUba: 19_999n })).toBe(25_000n);
    const withdrawn = { ...pool, feesUba: 135_000n, feeDebtUba: 44_999n };
    expect(claimableFeesUba(withdrawn, { tokensWei, feeDebtUba: 44_999n })).toBe(0n);
  });
});

describe('edges', () => {
  const pool = { collateralWei: 1_000n, tokensWei: 1_000n, feesUba: 100n, feeDebtUba: 0n };

  test('an empty pool gives a token for a wei and no debt', () => {
    const empty = { collateralWei: 0n, tokensWei: 0n, feesUba: 0n, feeDebtUba: 0n };
    expect(enterPool(empty, 77n)).toEqual({ tokensWei: 77n, feeDebtUba: 0n });
  });

  test('fees are never negative and never more than the pool holds', () => {
    expect(claimableFeesUba(pool, { tokensWei: 500n, feeDebtUba: 51n })).toBe(0n);
    expect(claimableFeesUba(pool, { tokensWei: 500n, feeDebtUba: 49n })).toBe(1n);
    expect(claimableFeesUba({ ...pool, feesUba: 10n, feeDebtUba: 90n }, { tokensWei: 500n, feeDebtUba: 0n })).toBe(10n);
    expect(claimableFeesUba(pool, { tokensWei: 0n, feeDebtUba: 0n })).toBe(0n);
  });

  test('debt keeps tokens from moving', () => {
    expect(debtFreeTokensWei(pool, { tokensWei: 500n, feeDebtUba: 0n })).toBe(500n);
    expect(debtFreeTokensWei(pool, { tokensWei: 500n, feeDebtUba: -5n })).toBe(500n);
    expect(debtFreeTokensWei(pool, { tokensWei: 500n, feeDebtUba: 20n })).toBe(300n);
    expect(debtFreeTokensWei(pool, { tokensWei: 500n, feeDebtUba: 50n })).toBe(0n);
  });

  test('a timelock ends with its second', () => {
    const holding = { tokensWei: 500n, feeDebtUba: 0n };
    const locks = [
      { tokensWei: 100n, endS: 60n },
      { tokensWei: 300n, endS: 90n },
    ];
    expect(timelockedTokensWei(holding, locks, 59n)).toBe(400n);
    expect(timelockedTokensWei(holding, locks, 60n)).toBe(300n);
    expect(timelockedTokensWei(holding, locks, 90n)).toBe(0n);
    expect(timelockedTokensWei({ tokensWei: 50n, feeDebtUba: 0n }, locks, 0n)).toBe(50n);
    expect(transferableTokensWei(pool, holding, locks, 60n)).toBe(200n);
    expect(transferableTokensWei(pool, { tokensWei: 500n, feeDebtUba: 45n }, locks, 60n)).toBe(50n);
  });

  test('nobody gains by entering and leaving at once', () => {
    const amount = (low: bigint) => fc.bigInt({ min: low, max: 10n ** 27n });
    const totals = fc.record({
      collateralWei: amount(1n),
      tokensWei: amount(1n),
      feesUba: amount(0n),
      feeDebtUba: amount(0n),
    });
    fc.assert(
      fc.property(totals, amount(1n), (opening, amountWei) => {
        const entry = enterPool(opening, amountWei);
        const after = {
          collateralWei: opening.collateralWei + amountWei,
          tokensWei: opening.tokensWei + entry.tokensWei,
          feesUba: opening.feesUba,
          feeDebtUba: opening.feeDebtUba + entry.feeDebtUba,
        };
        expect(exitPool(after, entry.tokensWei).collateralWei <= amountWei).toBe(true);
        expect(claimableFeesUba(after, entry)).toBe(0n);
      }),
    );
  });
});
