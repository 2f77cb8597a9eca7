/**
 * How much an agent can still mint, by its collateral of three kinds: its vault's token, its pool's native coin, and its own
 * pool tokens (AgentCollateral, protocol facts 2.1). Every ⌊ ⌋ is a rounding of its own.
 */
import { BIPS_ONE, maximum, minimum, mulBips, mulDiv } from '../units/amounts.ts';
import { amgToTokenWei } from './prices.ts';

export interface CapacityTerms {
  readonly lotSizeUba: bigint;
  readonly granularityUba: bigint;
  readonly feeBips: bigint;
  readonly poolFeeShareBips: bigint;
  readonly mintedUba: bigint;
  readonly reservedUba: bigint;
  readonly redeemingUba: bigint;
  readonly poolRedeemingUba: bigint;
  /** P(vault token) and P(WNat), see prices.ts. */
  readonly vaultTokenPrice: bigint;
  readonly nativePrice: bigint;
  /** What the vault holds of its collateral token. */
  readonly vaultUnits: bigint;
  readonly poolCollateralWei: bigint;
  readonly poolTokenSupplyWei: bigint;
  /** Pool tokens of the agent's vault. */
  readonly agentTokensWei: bigint;
  /** What the agent asks of minting; never less than the system's minimum, which holds for what is redeeming. */
  readonly mintingVaultRatioBips: bigint;
  readonly mintingPoolRatioBips: bigint;
  readonly minVaultRatioBips: bigint;
  readonly minPoolRatioBips: bigint;
  /** mintingPoolHoldingsRequiredBIPS: of the agent's own pool tokens, for minting and redeeming alike. */
  readonly poolHoldingsBips: bigint;
  /** Announced withdrawals, which are locked. */
  readonly announcedVaultUnits: bigint;
  readonly announcedPoolTokensWei: bigint;
}

export interface Capacity {
  readonly freeLots: bigint;
  readonly vaultUnits: bigint;
  readonly freeVaultUnits: bigint;
  readonly poolWei: bigint;
  readonly freePoolWei: bigint;
  readonly agentTokensWei: bigint;
  readonly freeAgentTokensWei: bigint;
}

/** Ratios of collateral to everything it backs, in BIPS. */
export interface BackingRatios {
  readonly vaultBips: bigint;
  readonly poolBips: bigint;
}

interface Kind {
  readonly fullWei: bigint;
  readonly price: bigint;
  readonly redeemingUba: bigint;
  readonly mintingBips: bigint;
  readonly systemBips: bigint;
  readonly announcedWei: bigint;
}

/**
 * Of each kind, free is what is held − ⌊⌊(minted + reserved)·P/10^9⌋·minting ratio/10^4⌋ − ⌊⌊redeeming·P/10^9⌋·minimum/10^4⌋ −
 * announced, at least 0; a lot takes ⌊⌊(lot + ⌊⌊lot·fee/10^4⌋·share/10^4⌋)·P/10^9⌋·minting ratio/10^4⌋ of it. The scarcest kind
 * decides. A pool token is worth N/T native coins, and one in an empty pool: P(token) = ⌊P(WNat)·T/N⌋.
 */
export function capacityOf(terms: CapacityTerms): Capacity {
  const { vault, pool, agentTokens } = kindsOf(terms);
  const free = [vault, pool, agentTokens].map((kind) => freeWei(kind, terms));
  const lots = [vault, pool, agentTokens].map((kind, index) => {
    const lotWei = wholeLotWei(kind, terms);
    return lotWei === 0n ? 0n : (free[index] ?? 0n) / lotWei;
  });
  return {
    freeLots: minimum(lots[0] ?? 0n, ...lots),
    vaultUnits: vault.fullWei,
    freeVaultUnits: free[0] ?? 0n,
    poolWei: pool.fullWei,
    freePoolWei: free[1] ?? 0n,
    agentTokensWei: agentTokens.fullWei,
    freeAgentTokensWei: free[2] ?? 0n,
  };
}

/** Prices of what backs an agent. */
export type BackingPrices = Pick<CapacityTerms, 'vaultTokenPrice' | 'nativePrice'>;

/**
 * ⌊collateral·10^4/⌊(minted + reserved + redeeming)·P/10^9⌋⌋, 10^10 when nothing is backed, by the ordinary and by the trusted
 * price: the higher of both counts (Liquidation.getCollateralRatioBIPS).
 */
export function backingRatiosOf(terms: CapacityTerms, { vaultTokenPrice, nativePrice }: BackingPrices): BackingRatios {
  const [ordinary, other] = [ratiosAt(terms), ratiosAt({ ...terms, vaultTokenPrice, nativePrice })];
  return {
    vaultBips: maximum(ordinary.vaultBips, other.vaultBips),
    poolBips: maximum(ordinary.poolBips, other.poolBips),
  };
}

function ratiosAt(terms: CapacityTerms): BackingRatios {
  const { vault, pool } = kindsOf(terms);
  const ratio = ({ fullWei, price, redeemingUba }: Kind): bigint => {
    const backedUba = terms.mintedUba + terms.reservedUba + redeemingUba;
    const backedWei = amgToTokenWei(backedUba / terms.granularityUba, price);
    return backedWei === 0n ? INFINITE_BIPS : mulDiv(fullWei, BIPS_ONE, backedWei);
  };
  return { vaultBips: ratio(vault), poolBips: ratio(pool) };
}

const INFINITE_BIPS = 10n ** 10n;

function kindsOf(terms: CapacityTerms): { readonly vault: Kind; readonly pool: Kind; readonly agentTokens: Kind } {
  const { poolCollateralWei, poolTokenSupplyWei, nativePrice, poolHoldingsBips } = terms;
  return {
    vault: {
      fullWei: terms.vaultUnits,
      price: terms.vaultTokenPrice,
      redeemingUba: terms.redeemingUba,
      mintingBips: maximum(terms.mintingVaultRatioBips, terms.minVaultRatioBips),
      systemBips: terms.minVaultRatioBips,
      announcedWei: terms.announcedVaultUnits,
    },
    pool: {
      fullWei: poolCollateralWei,
      price: nativePrice,
      redeemingUba: terms.poolRedeemingUba,
      mintingBips: maximum(terms.mintingPoolRatioBips, terms.minPoolRatioBips),
      systemBips: terms.minPoolRatioBips,
      announcedWei: 0n,
    },
    agentTokens: {
      fullWei: terms.agentTokensWei,
      price: poolCollateralWei === 0n ? nativePrice : mulDiv(nativePrice, poolTokenSupplyWei, poolCollateralWei),
      redeemingUba: terms.redeemingUba,
      mintingBips: poolHoldingsBips,
      systemBips: poolHoldingsBips,
      announcedWei: terms.announcedPoolTokensWei,
    },
  };
}

function freeWei(kind: Kind, { mintedUba, reservedUba, granularityUba }: CapacityTerms): bigint {
  const worthWei = (amountUba: bigint): bigint => amgToTokenWei(amountUba / granularityUba, kind.price);
  const lockedWei =
    mulBips(worthWei(mintedUba + reservedUba), kind.mintingBips) +
    mulBips(worthWei(kind.redeemingUba), kind.systemBips) +
    kind.announcedWei;
  return maximum(kind.fullWei - lockedWei, 0n);
}

function wholeLotWei(kind: Kind, { lotSizeUba, granularityUba, feeBips, poolFeeShareBips }: CapacityTerms): bigint {
  const lotAmg = lotSizeUba / granularityUba;
  const withPoolFeeAmg = lotAmg + mulBips(mulBips(lotAmg, feeBips), poolFeeShareBips);
  return mulBips(amgToTokenWei(withPoolFeeAmg, kind.price), kind.mintingBips);
}
