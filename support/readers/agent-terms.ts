/** What the prices of a block are, and what an agent can still mint and how well it is backed by them: computed, not told. */
import type { ProtocolContracts } from '../clients/flare/contracts.ts';
import { type BackingPrices, type CapacityTerms, backingRatiosOf, capacityOf } from '../model/capacity.ts';
import type { AgentView, Market, ProtocolSettings } from '../model/market.ts';
import { DOLLAR, type Feed, amgPrice, trustedAmgPrice } from '../model/prices.ts';
import type { AgentReading, LiveSettings } from './market-reads.ts';

export type MarketPrices = Pick<Market, 'nativePrice' | 'vaultTokenPrices'>;

/** Symbols of all feeds that prices are made from. */
export const feedSymbols = ({ collateralTypes }: Pick<ProtocolContracts, 'collateralTypes'>): string[] => [
  ...new Set(
    collateralTypes.flatMap(({ assetSymbol, tokenSymbol, directPricePair }) =>
      directPricePair ? [assetSymbol] : [assetSymbol, tokenSymbol],
    ),
  ),
];

/** Ordinary and trusted prices of all collateral. Throws where a feed is missing. */
export function pricesOf(
  { collateralTypes, wNat }: Pick<ProtocolContracts, 'collateralTypes' | 'wNat'>,
  feeds: Readonly<Record<string, Feed>>,
  { assetMintingDecimals, maxTrustedPriceAgeS }: Pick<LiveSettings, 'assetMintingDecimals' | 'maxTrustedPriceAgeS'>,
): { readonly prices: MarketPrices; readonly trustedPrices: MarketPrices } {
  const pairOf = (token: string) => {
    const type = collateralTypes.find((candidate) => candidate.token === token);
    const asset = type && feeds[type.assetSymbol];
    const collateral = type?.directPricePair === true ? undefined : type && feeds[type.tokenSymbol];
    if (!type || !asset || (!type.directPricePair && !collateral))
      throw new Error(`no price feed for collateral ${token}`);
    return { asset, collateral, terms: { assetMintingDecimals, tokenDecimals: type.decimals } };
  };
  const ordinary = (token: string): bigint => {
    const { asset, collateral, terms } = pairOf(token);
    return amgPrice(asset.ordinary, collateral?.ordinary ?? DOLLAR, terms);
  };
  const trusted = (token: string): bigint => {
    const { asset, collateral, terms } = pairOf(token);
    return trustedAmgPrice(asset, collateral, terms, maxTrustedPriceAgeS);
  };
  const allBy = (priceOf: (token: string) => bigint): MarketPrices => ({
    nativePrice: priceOf(wNat),
    vaultTokenPrices: Object.fromEntries(
      collateralTypes.filter(({ isPool }) => !isPool).map(({ token }) => [token.toLowerCase(), priceOf(token)]),
    ),
  });
  return { prices: allBy(ordinary), trustedPrices: allBy(trusted) };
}

/** The agent with its capacity and its ratios by the formulas. */
export function withCapacity(
  { held, ...agent }: AgentReading,
  settings: ProtocolSettings,
  { collateralTypes }: Pick<ProtocolContracts, 'collateralTypes'>,
  prices: MarketPrices,
  trustedPrices: MarketPrices,
): AgentView {
  const vaultToken = agent.vaultToken.toLowerCase();
  const vaultType = collateralTypes.find(({ token }) => token.toLowerCase() === vaultToken);
  const backing = ({ nativePrice, vaultTokenPrices }: MarketPrices): BackingPrices => ({
    nativePrice,
    vaultTokenPrice: vaultTokenPrices[vaultToken] ?? 0n,
  });
  const terms: CapacityTerms = {
    ...settings,
    ...agent,
    ...held,
    ...backing(prices),
    minVaultRatioBips: vaultType?.minCollateralRatioBips ?? 0n,
    minPoolRatioBips: settings.poolMinRatioBips,
  };
  const capacity = capacityOf(terms);
  return { ...agent, freeLots: capacity.freeLots, capacity, ratios: backingRatiosOf(terms, backing(trustedPrices)) };
}
