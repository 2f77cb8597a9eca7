/**
 * What a redeemer is paid in collateral when the agent did not pay (RedemptionDefaults, protocol facts 3.4).
 *
 * All amounts as they stood before the default; the redemption fee is not deducted, the premium is on the vault part only.
 */
import { type TokenUnits, type Wei, minimum, mulBips, mulDiv, mulDivUp, tokenUnits, wei } from '../units/amounts.ts';
import type { Market } from './market.ts';
import { amgToTokenWei } from './prices.ts';

export interface DefaultTerms {
  /** Gross value of the request. */
  readonly valueUba: bigint;
  readonly granularityUba: bigint;
  /** P(vault token) and P(WNat), see prices.ts. */
  readonly vaultTokenPrice: bigint;
  readonly nativePrice: bigint;
  readonly factorVaultBips: bigint;
  readonly vaultCollateralUnits: bigint;
  readonly poolCollateralWei: bigint;
  readonly mintedUba: bigint;
  readonly reservedUba: bigint;
  /** Both include this request. */
  readonly redeemingUba: bigint;
  readonly poolRedeemingUba: bigint;
  /** v1.2 rounds the part that the pool covers up to a whole AMG, v1.3 down. */
  readonly poolPartRoundsUp: boolean;
}

export interface DefaultPayout {
  readonly vaultUnits: TokenUnits;
  readonly poolWei: Wei;
}

/** What is the same for every request to an agent. */
export type AgentDefaultTerms = Omit<DefaultTerms, 'valueUba'>;

/** Terms of a default by one agent as the market stands. Throws for an unknown agent. */
export function defaultTerms(
  market: Market,
  vault: string,
): { readonly vaultToken: string; readonly terms: AgentDefaultTerms } {
  const agent = market.agents.find((candidate) => candidate.vault === vault);
  if (agent === undefined) throw new Error(`agent ${vault} is not known`);
  const vaultToken = agent.vaultToken.toLowerCase();
  const { settings } = market;
  const terms = {
    ...agent,
    granularityUba: settings.granularityUba,
    vaultTokenPrice: market.vaultTokenPrices[vaultToken] ?? 0n,
    nativePrice: market.nativePrice,
    factorVaultBips: settings.defaultFactorVaultBips,
    vaultCollateralUnits: agent.capacity.vaultUnits,
    poolCollateralWei: agent.capacity.poolWei,
    poolPartRoundsUp: settings.defaultPoolPartRoundsUp,
  };
  return { vaultToken, terms };
}

/**
 * The vault pays ⌊⌊a·P/10^9⌋·factor/10^4⌋, at most its share ⌊balance·a/(minted + reserved + redeeming)⌋; what it cannot
 * pay, x = ⌊a·(due − share)/due⌋ AMG, the pool pays at plain price, at most ⌊N·a/(minted + reserved + poolRedeeming)⌋.
 */
export function defaultPayout(terms: DefaultTerms): DefaultPayout {
  const amg = (amountUba: bigint): bigint => amountUba / terms.granularityUba;
  const valueAmg = amg(terms.valueUba);
  const dueUnits = mulBips(amgToTokenWei(valueAmg, terms.vaultTokenPrice), terms.factorVaultBips);
  const backedByVault = amg(terms.mintedUba) + amg(terms.reservedUba) + amg(terms.redeemingUba);
  const vaultShare = mulDiv(terms.vaultCollateralUnits, valueAmg, backedByVault);
  if (dueUnits <= vaultShare) return { vaultUnits: tokenUnits(dueUnits), poolWei: wei(0n) };

  const divide = terms.poolPartRoundsUp ? mulDivUp : mulDiv;
  const uncoveredAmg = divide(valueAmg, dueUnits - vaultShare, dueUnits);
  const backedByPool = amg(terms.mintedUba) + amg(terms.reservedUba) + amg(terms.poolRedeemingUba);
  const poolShare = mulDiv(terms.poolCollateralWei, valueAmg, backedByPool);
  return {
    vaultUnits: tokenUnits(vaultShare),
    poolWei: wei(minimum(amgToTokenWei(uncoveredAmg, terms.nativePrice), poolShare)),
  };
}
