/** What a minting costs and gives, against hand-made vectors and amounts recorded on the real contracts. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type MintingTerms, mintingAmounts, paymentWindow, poolPartUba, wholeAmg } from './minting.ts';
import { amgPrice } from './prices.ts';

const VECTOR: MintingTerms = {
  lotSizeUba: 10_000_000n,
  granularityUba: 1n,
  reservationFeeBips: 10n,
  nativePrice: 107_582_281_718_963_165_075_034n,
  agentFeeBips: 137n,
  poolFeeShareBips: 4000n,
};
const RECORDED: MintingTerms = {
  ...VECTOR,
  nativePrice: amgPrice(
    { value: 213_457n, decimals: 5n },
    { value: 16_723n, decimals: 6n },
    { assetMintingDecimals: 6n, tokenDecimals: 18n },
  ),
};

describe('mintingAmounts', () => {
  test('3 lots at a fee that leaves remainders', () => {
    expect(mintingAmounts(3n, VECTOR)).toEqual({
      valueUba: 30_000_000n,
      feeUba: 411_000n,
      poolFeeUba: 164_400n,
      paymentUba: 30_411_000n,
      reservationFeeWei: 3_227_468_451_568_894_952n,
      reservationFeePoolWei: 1_290_987_380_627_557_980n,
    });
  });

  test.each([
    [4n, 25n, 5_105_710_697_841_296_418n, 2_042_284_279_136_518_567n, 100_000n, 40_000n],
    [3n, 50n, 3_829_283_023_380_972_313n, 1_531_713_209_352_388_925n, 150_000n, 60_000n],
    [1n, 25n, 1_276_427_674_460_324_104n, 510_571_069_784_129_641n, 25_000n, 10_000n],
  ])('recorded: %s lots at %s BIPS', (lots, agentFeeBips, feeWei, poolWei, feeUba, poolFeeUba) => {
    expect(mintingAmounts(lots, { ...RECORDED, agentFeeBips })).toMatchObject({
      reservationFeeWei: feeWei,
      reservationFeePoolWei: poolWei,
      feeUba,
      poolFeeUba,
    });
  });

  test('a coarse granularity lowers the pool fee to a whole AMG, and only that', () => {
    const coarse = { ...VECTOR, granularityUba: 1_000n, poolFeeShareBips: 3333n };
    expect(mintingAmounts(3n, coarse)).toMatchObject({ feeUba: 411_000n, poolFeeUba: 136_000n });
    expect(wholeAmg(136_986n, 1_000n)).toBe(136_000n);
    expect(wholeAmg(137_000n, 1_000n)).toBe(137_000n);
    expect(poolPartUba(61_728n, 3_000n, 1n)).toBe(18_518n);
    expect(poolPartUba(61_728n, 3_000n, 1_000n)).toBe(18_000n);
  });

  test('the pool never gets more than the fee, the payment is value and fee', () => {
    const bips = fc.bigInt({ min: 0n, max: 10_000n });
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10_000n }), bips, bips, (lots, agentFeeBips, poolFeeShareBips) => {
        const amounts = mintingAmounts(lots, { ...VECTOR, agentFeeBips, poolFeeShareBips });
        expect(amounts.poolFeeUba <= amounts.feeUba).toBe(true);
        expect(amounts.reservationFeePoolWei <= amounts.reservationFeeWei).toBe(true);
        expect(amounts.paymentUba).toBe(amounts.valueUba + amounts.feeUba);
      }),
    );
  });
});

describe('paymentWindow', () => {
  const clock = { block: 1_000_003n, timestampS: 1_795_348_512n, updatedAtS: 1_795_348_507n };
  const terms = { blocksForPayment: 500n, secondsForPayment: 900n, averageBlockTimeMs: 2000n };

  test('recorded reservation, two seconds after the last update', () => {
    expect(paymentWindow(clock, 1_795_348_509n, terms)).toEqual({
      firstBlock: 1_000_003n,
      lastBlock: 1_000_504n,
      lastTimestampS: 1_795_349_414n,
    });
  });

  test('recorded redemption, with an extension of 30 seconds', () => {
    expect(paymentWindow(clock, 1_795_348_509n, terms, 30n)).toEqual({
      firstBlock: 1_000_003n,
      lastBlock: 1_000_519n,
      lastTimestampS: 1_795_349_444n,
    });
  });

  test('blocks are rounded down, seconds are not', () => {
    const window = paymentWindow(clock, clock.updatedAtS + 3n, { ...terms, averageBlockTimeMs: 3500n });
    expect(window.lastBlock).toBe(clock.block + 500n);
    expect(window.lastTimestampS).toBe(clock.timestampS + 903n);
  });
});
