/**
 * The collateral pool's arithmetic (CollateralPool, CollateralPoolToken): shares, fees, debts, limits.
 *
 * N total collateral, T token supply, F fees held, D total fee debt (signed), V = F + D virtual fees; of one holder t tokens
 * and d fee debt (signed). Every ⌊ ⌋ is a rounding of its own; all operands of a division are non-negative.
 */
import { maximum, minimum, mulDiv } from '../units/amounts.ts';

export interface PoolTotals {
  readonly collateralWei: bigint;
  readonly tokensWei: bigint;
  readonly feesUba: bigint;
  readonly feeDebtUba: bigint;
}

export interface Holding {
  readonly tokensWei: bigint;
  readonly feeDebtUba: bigint;
}

export interface Timelock {
  readonly tokensWei: bigint;
  /** Free from this second on. */
  readonly endS: bigint;
}

export const virtualFeesUba = (pool: PoolTotals): bigint => pool.feesUba + pool.feeDebtUba;

/** Part of the virtual fees that belongs to `tokensWei`: ⌊V·t/T⌋, 0 without tokens. */
export function virtualShareUba(pool: PoolTotals, tokensWei: bigint): bigint {
  return tokensWei === 0n ? 0n : mulDiv(virtualFeesUba(pool), tokensWei, pool.tokensWei);
}

/** fAssetFeesOf: min(max(⌊V·t/T⌋ − d, 0), F). */
export function claimableFeesUba(pool: PoolTotals, holding: Holding): bigint {
  const share = virtualShareUba(pool, holding.tokensWei) - holding.feeDebtUba;
  return minimum(maximum(share, 0n), pool.feesUba);
}

/** debtFreeTokensOf: all without debt; none when the debt takes the whole share; else ⌊T·(share − d)/V⌋. */
export function debtFreeTokensWei(pool: PoolTotals, { tokensWei, feeDebtUba }: Holding): bigint {
  if (feeDebtUba <= 0n) return tokensWei;
  const share = virtualShareUba(pool, tokensWei);
  if (share <= feeDebtUba) return 0n;
  return mulDiv(pool.tokensWei, share - feeDebtUba, virtualFeesUba(pool));
}

/** Tokens of entries that are still locked at `atS`, at most what is held. An entry is free when its end has come. */
export function timelockedTokensWei(holding: Holding, timelocks: readonly Timelock[], atS: bigint): bigint {
  const locked = timelocks.filter(({ endS }) => endS > atS).reduce((sum, entry) => sum + entry.tokensWei, 0n);
  return minimum(locked, holding.tokensWei);
}

/** transferableBalanceOf: min(debt-free, not timelocked). */
export function transferableTokensWei(
  pool: PoolTotals,
  holding: Holding,
  timelocks: readonly Timelock[],
  atS: bigint,
): bigint {
  return minimum(debtFreeTokensWei(pool, holding), holding.tokensWei - timelockedTokensWei(holding, timelocks, atS));
}

export interface Entry {
  readonly tokensWei: bigint;
  readonly feeDebtUba: bigint;
}

/** enter: ⌊T·n/N⌋ tokens (n into an empty pool) with ⌊V·tokens/T⌋ fee debt. */
export function enterPool(pool: PoolTotals, amountWei: bigint): Entry {
  const isEmpty = pool.collateralWei === 0n && pool.tokensWei === 0n;
  const tokensWei = isEmpty ? amountWei : mulDiv(pool.tokensWei, amountWei, pool.collateralWei);
  const feeDebtUba = pool.tokensWei === 0n ? 0n : mulDiv(virtualFeesUba(pool), tokensWei, pool.tokensWei);
  return { tokensWei, feeDebtUba };
}

export interface Exit {
  readonly collateralWei: bigint;
  /** By this the holder's fee debt falls, below zero if need be. */
  readonly feeShareUba: bigint;
}

/** exit: ⌊N·tokens/T⌋ collateral; the debt falls by ⌊V·tokens/T⌋. */
export function exitPool(pool: PoolTotals, tokensWei: bigint): Exit {
  return {
    collateralWei: mulDiv(pool.collateralWei, tokensWei, pool.tokensWei),
    feeShareUba: virtualShareUba(pool, tokensWei),
  };
}

export interface ExitLimitTerms {
  /** getFAssetsBackedByPool: reserved + minted + redeeming for the pool. */
  readonly backedUba: bigint;
  /** The higher of the system's minimum and the pool's own exit ratio. */
  readonly exitRatioBips: bigint;
  /** assetPriceNatWei: x UBA are worth x·multiplier/divisor wei. */
  readonly priceMultiplier: bigint;
  readonly priceDivisor: bigint;
}

/** Tokens and collateral below one whole unit must not be left in a pool. */
export const MINIMUM_LEFT_WEI = 10n ** 18n;

/**
 * Most tokens this holder may exit at once, 0 when none: the collateral left must be worth the exit ratio,
 * (N − n)·div ≥ ⌊B·mul·cr/10^4⌋, and both the collateral and the supply left must be nothing or at least one unit.
 */
export function mostExitableTokensWei(pool: PoolTotals, freeTokensWei: bigint, terms: ExitLimitTerms): bigint {
  if (pool.tokensWei === 0n) return 0n;
  const required = mulDiv(terms.backedUba * terms.priceMultiplier, terms.exitRatioBips, 10_000n);
  const keepWei = maximum(ceilingDiv(required, terms.priceDivisor), MINIMUM_LEFT_WEI);
  const mostWei = pool.collateralWei - keepWei;
  if (mostWei < 1n) return 0n;
  const byCollateral = ((mostWei + 1n) * pool.tokensWei - 1n) / pool.collateralWei;
  return maximum(minimum(byCollateral, freeTokensWei, pool.tokensWei - MINIMUM_LEFT_WEI), 0n);
}

const ceilingDiv = (a: bigint, b: bigint): bigint => (a + b - 1n) / b;
