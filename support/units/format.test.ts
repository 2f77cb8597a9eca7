/** Amounts for people lose nothing: what is printed is the amount, exactly. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accountAmountText, decimalText } from './format.ts';

describe('decimalText', () => {
  test.each([
    [123_456_789n, 6, '123.456789'],
    [1n, 6, '0.000001'],
    [-1n, 18, '-0.000000000000000001'],
    [1_000_000n, 6, '1'],
    [-1_500_000n, 6, '-1.5'],
    [0n, 18, '0'],
    [42n, 0, '42'],
  ])('%s with %s decimals is %s', (amount, decimals, text) => {
    expect(decimalText(amount, decimals)).toBe(text);
  });

  test('reads back as the same amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.nat({ max: 18 }), (amount, decimals) => {
        const [whole = '', fraction = ''] = decimalText(amount, decimals).split('.');
        expect(BigInt(whole + fraction.padEnd(decimals, '0'))).toBe(amount);
      }),
    );
  });
});

describe('accountAmountText', () => {
  test.each([
    ['native', 1_500_000_000_000_000_000n, '1.5 native'],
    ['wNat', 1n, '0.000000000000000001 WNat'],
    ['xrp', -12n, '-0.000012 XRP'],
    ['fAsset', 10_000_000n, '10 FAsset'],
    ['pool 0xab tokens', 2n * 10n ** 18n, '2 pool tokens'],
    ['pool 0xab fees', 164_400n, '0.1644 FAsset'],
    ['pool 0xab fee debt', -98_693n, '-0.098693 FAsset'],
    ['vault token 0xcd', 79_499_009n, '79499009 units'],
  ])('%s: %s is %s', (account, amount, text) => {
    expect(accountAmountText(account, amount)).toBe(text);
  });
});
