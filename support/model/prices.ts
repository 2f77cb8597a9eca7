/**
 * Prices as the protocol computes with them: token wei for one AMG of the underlying, scaled by 10^9.
 */

export interface FeedReading {
  /** Price in US dollars · 10^decimals. */
  readonly value: bigint;
  readonly decimals: bigint;
}

export interface PriceTerms {
  readonly assetMintingDecimals: bigint;
  readonly tokenDecimals: bigint;
}

const PRICE_SCALE = 10n ** 9n;

/**
 * amgToTokenWeiPrice: ⌊asset · 10^(tokenDecimals + tokenFeedDecimals + 9 − assetMintingDecimals − assetFeedDecimals) / token⌋,
 * one rounding, down (Conversion.calcAmgToTokenWeiPrice).
 */
export function amgPrice(asset: FeedReading, token: FeedReading, terms: PriceTerms): bigint {
  const exponent = terms.tokenDecimals + token.decimals + 9n - terms.assetMintingDecimals - asset.decimals;
  return exponent >= 0n
    ? (asset.value * 10n ** exponent) / token.value
    : asset.value / (10n ** -exponent * token.value);
}

/** Token wei worth `amg`: ⌊amg · price / 10^9⌋ (Conversion.convertAmgToTokenWei). */
export function amgToTokenWei(amg: bigint, price: bigint): bigint {
  return (amg * price) / PRICE_SCALE;
}
