/** Capacity by hand: one AMG is one base unit, a token costs what it says, so that every figure can be done in the head. */
import { describe, expect, it } from 'vitest';
import { type CapacityTerms, backingRatiosOf, capacityOf } from './capacity.ts';

const PRICE_ONE = 10n ** 9n;

/** Lots of 100; the vault must hold 2 for 1, the pool 3 for 1, the agent's own tokens half. */
const terms: CapacityTerms = {
  lotSizeUba: 100n,
  granularityUba: 1n,
  feeBips: 0n,
  poolFeeShareBips: 0n,
  mintedUba: 100n,
  reservedUba: 0n,
  redeemingUba: 0n,
  poolRedeemingUba: 0n,
  vaultTokenPrice: PRICE_ONE,
  nativePrice: 2n * PRICE_ONE,
  vaultUnits: 1_000n,
  poolCollateralWei: 6_000n,
  poolTokenSupplyWei: 6_000n,
  agentTokensWei: 1_000n,
  mintingVaultRatioBips: 20_000n,
  mintingPoolRatioBips: 30_000n,
  minVaultRatioBips: 15_000n,
  minPoolRatioBips: 15_000n,
  poolHoldingsBips: 5_000n,
  announcedVaultUnits: 0n,
  announcedPoolTokensWei: 0n,
};
const lots = (change: Partial<CapacityTerms>): bigint => capacityOf({ ...terms, ...change }).freeLots;

describe('free lots', () => {
  it('are what the scarcest kind of collateral allows', () => {
    expect(capacityOf(terms)).toEqual({
      freeLots: 4n,
      vaultUnits: 1_000n,
      freeVaultUnits: 800n,
      poolWei: 6_000n,
      freePoolWei: 5_400n,
      agentTokensWei: 1_000n,
      freeAgentTokensWei: 900n,
    });
    expect(lots({ poolCollateralWei: 1_800n, poolTokenSupplyWei: 1_800n })).toBe(2n);
    expect(lots({ agentTokensWei: 299n })).toBe(1n);
  });

  it.each<[string, Partial<CapacityTerms>, bigint]>([
    ['one unit below a lot', { vaultUnits: 999n }, 3n],
    ['reserved counts as minted', { reservedUba: 100n }, 3n],
    ['redeeming is locked at the minimum', { redeemingUba: 100n, vaultUnits: 950n }, 3n],
    ['the pool heeds what is redeeming for it only', { poolRedeemingUba: 2_000n }, 0n],
    ['an announced withdrawal is locked', { announcedVaultUnits: 1n }, 3n],
    ['announced pool tokens are locked', { announcedPoolTokensWei: 850n }, 0n],
    ['the minimum holds where the agent asks less', { minVaultRatioBips: 40_000n }, 1n],
    ['a lot takes its pool fee too', { feeBips: 1_000n, poolFeeShareBips: 10_000n }, 3n],
    ['less than is locked is nothing', { vaultUnits: 10n }, 0n],
    [
      'tokens of a pool that grew are worth more',
      { poolCollateralWei: 60_000n, agentTokensWei: 100n, vaultUnits: 10_000n },
      9n,
    ],
    ['an empty pool allows nothing', { poolCollateralWei: 0n, poolTokenSupplyWei: 0n, agentTokensWei: 0n }, 0n],
  ])('%s', (_what, change, expected) => expect(lots(change)).toBe(expected));
});

describe('ratios', () => {
  it('are collateral to everything it backs', () => {
    expect(backingRatiosOf({ ...terms, redeemingUba: 100n }, terms)).toEqual({
      vaultBips: 50_000n,
      poolBips: 300_000n,
    });
  });

  it('are those of the price, ordinary or trusted, that makes them higher', () => {
    const other = { vaultTokenPrice: terms.vaultTokenPrice / 2n, nativePrice: terms.nativePrice * 2n };
    expect(backingRatiosOf({ ...terms, redeemingUba: 100n }, other)).toEqual({
      vaultBips: 100_000n,
      poolBips: 300_000n,
    });
  });

  it('are as good as infinite where nothing is backed', () => {
    expect(backingRatiosOf({ ...terms, mintedUba: 0n }, terms)).toEqual({
      vaultBips: 10n ** 10n,
      poolBips: 10n ** 10n,
    });
  });
});
