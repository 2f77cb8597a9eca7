/** Prices against figures computed by hand from the formula and against those of a recorded run on the real contracts. */
import { describe, expect, test } from 'vitest';
import { amgPrice, amgToTokenWei } from './prices.ts';

const NATIVE = { assetMintingDecimals: 6n, tokenDecimals: 18n };
const USDT = { assetMintingDecimals: 6n, tokenDecimals: 6n };

describe('amgPrice', () => {
  test.each([
    ['XRP 2.52345 in FLR 0.023456', [252_345n, 5n], [23_456n, 6n], NATIVE, 107_582_281_718_963_165_075_034n],
    ['XRP 2.52345 in USDT 0.99987', [252_345n, 5n], [99_987n, 5n], USDT, 2_523_778_091n],
    ['against a token that is its own price', [252_345n, 5n], [1n, 0n], USDT, 2_523_450_000n],
    ['rounded down with a negative exponent', [1_999n, 14n], [1n, 0n], USDT, 0n],
    ['lowered by a negative exponent', [2_999_999n, 15n], [1n, 0n], USDT, 2n],
  ] as const)('%s', (_name, [assetValue, assetDecimals], [tokenValue, tokenDecimals], terms, price) => {
    const asset = { value: assetValue, decimals: assetDecimals };
    const token = { value: tokenValue, decimals: tokenDecimals };
    expect(amgPrice(asset, token, terms)).toBe(price);
  });

  test('a default of 30 XRP is worth 75.713342 USDT', () => {
    expect(amgToTokenWei(30_000_000n, 2_523_778_091n)).toBe(75_713_342n);
  });
});
