/** Integer arithmetic as the protocol does it: down unless it says up. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maximum, minimum, mulBips, mulDiv, mulDivUp } from './amounts.ts';

const amount = fc.bigInt({ min: 0n, max: 10n ** 30n });
const divisor = fc.bigInt({ min: 1n, max: 10n ** 30n });

describe('amounts', () => {
  test.each([
    [12_345_679n, 50n, 61_728n],
    [61_728n, 3000n, 18_518n],
    [9_999n, 1n, 0n],
    [10_000n, 1n, 1n],
    [0n, 10_000n, 0n],
  ])('%s at %s BIPS is %s', (value, share, expected) => {
    expect(mulBips(value, share)).toBe(expected);
  });

  test('down and up enclose the true quotient and differ by at most one', () => {
    fc.assert(
      fc.property(amount, amount, divisor, (a, b, by) => {
        const down = mulDiv(a, b, by);
        const up = mulDivUp(a, b, by);
        expect(down * by <= a * b && a * b <= up * by).toBe(true);
        expect(up - down).toBe((a * b) % by === 0n ? 0n : 1n);
      }),
    );
  });

  test('smallest and largest of a list', () => {
    expect(minimum(3n, -1n, 2n)).toBe(-1n);
    expect(maximum(3n, -1n, 5n)).toBe(5n);
    expect(minimum(7n)).toBe(7n);
  });
});
