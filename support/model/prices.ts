/**
 * Prices as the protocol computes with them: token wei for one AMG of the underlying, scaled by 10^9.
 */

export interface FeedReading {
  /** Price in US dollars · 10^decimals. */
  readonly value: bigint;
  readonly decimals: bigint;
}

/** A feed with the second of its price. */
export interface TimedFeed extends FeedReading {
  readonly atS: bigint;
}

/** What the trusted providers say of a feed; nothing counts where nobody submitted. */
export interface TrustedFeed extends TimedFeed {
  readonly submits: bigint;
}

export interface Feed {
  readonly ordinary: TimedFeed;
  readonly trusted: TrustedFeed;
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

/**
 * The price of the trusted providers, which count where they submitted both feeds, neither more than `maxAgeS` older than the
 * ordinary one; else the ordinary price (Conversion.currentAmgPriceInTokenWeiWithTrusted). A token that is the dollar itself
 * has no feed.
 */
export function trustedAmgPrice(asset: Feed, token: Feed | undefined, terms: PriceTerms, maxAgeS: bigint): bigint {
  const counts = [asset, ...(token === undefined ? [] : [token])].every(
    ({ ordinary, trusted }) => trusted.submits > 0n && trusted.atS > 0n && trusted.atS + maxAgeS >= ordinary.atS,
  );
  return counts
    ? amgPrice(asset.trusted, token?.trusted ?? DOLLAR, terms)
    : amgPrice(asset.ordinary, token?.ordinary ?? DOLLAR, terms);
}

/** In place of the feed of a token with a direct price pair. */
export const DOLLAR: FeedReading = { value: 1n, decimals: 0n };
