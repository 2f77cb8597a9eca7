/** Fees follow the chain, up to the limit that is set. */
import { describe, expect, test } from 'vitest';
import { type FeeTerms, GasTooDear, feesFor, raisedFees, readFees } from './gas-fees.ts';

const TERMS: FeeTerms = { maxFeePerGasWei: 100n, maxPriorityFeePerGasWei: 3n, feeCapWei: 1_000n };

test.each([
  ['nothing: the usual', 0n, 100n, 3n],
  ['less than half the usual', 48n, 100n, 3n],
  ['more than half the usual: twice as much and the tip', 49n, 101n, 3n],
  ['more than the usual', 200n, 403n, 3n],
  ['more than half the limit: the limit', 700n, 1_000n, 3n],
  ['just the limit', 1_000n, 1_000n, 3n],
])('the chain asks %s', (_name, baseFeeWei, maxFeePerGasWei, maxPriorityFeePerGasWei) => {
  expect(feesFor(baseFeeWei, TERMS)).toEqual({ maxFeePerGasWei, maxPriorityFeePerGasWei });
});

test('a wei more than the limit is refused in words, and nothing is sent', () => {
  const asking = () => feesFor(1_001n, TERMS);
  expect(asking).toThrow(GasTooDear);
  expect(asking).toThrow(
    'the chain asks 1001 wei for a unit of gas, and GAS_FEE_CAP_WEI allows 1000: nothing was sent',
  );
});

test('a limit below the usual fee and the tip bounds both', () => {
  const terms = { ...TERMS, feeCapWei: 2n };
  expect(feesFor(1n, terms)).toEqual({ maxFeePerGasWei: 2n, maxPriorityFeePerGasWei: 2n });
});

describe('read from the newest block', () => {
  const node = (head: object | null) => ({ call: async <T>() => head as T });
  test.each([
    ['its base fee', { baseFeePerGas: '0xc8' }, 403n],
    ['a block without one asks nothing', {}, 100n],
    ['no block asks nothing', null, 100n],
  ])('%s', async (_name, head, maxFeePerGasWei) => {
    expect(await readFees(node(head), TERMS)).toMatchObject({ maxFeePerGasWei });
  });

  test('without a limit nothing is read, and the usual is offered', async () => {
    const { feeCapWei: _, ...terms } = TERMS;
    const silent = { call: () => Promise.reject(new Error('asked')) };
    expect(await readFees(silent, terms)).toEqual({ maxFeePerGasWei: 100n, maxPriorityFeePerGasWei: 3n });
  });
});

describe('a rival', () => {
  const [before, usual] = [{ maxFeePerGasWei: 100n, maxPriorityFeePerGasWei: 3n }, feesFor(0n, TERMS)];
  test('offers an eighth more and a wei', () => {
    expect(raisedFees(before, usual, TERMS)).toEqual({ maxFeePerGasWei: 113n, maxPriorityFeePerGasWei: 4n });
  });
  test('offers what the chain asks now, where that is more', () => {
    expect(raisedFees(before, feesFor(300n, TERMS), TERMS)).toEqual({
      maxFeePerGasWei: 603n,
      maxPriorityFeePerGasWei: 4n,
    });
  });
  test('never offers more than the limit', () => {
    const dear = { maxFeePerGasWei: 900n, maxPriorityFeePerGasWei: 3n };
    expect(raisedFees(dear, usual, TERMS)).toBeUndefined();
  });
});
