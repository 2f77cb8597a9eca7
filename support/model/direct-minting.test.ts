/** Fees of direct minting, with figures of the real v1.3 contracts, and the memo that names a recipient. */
import { describe, expect, test } from 'vitest';
import { type MintingLimit, directMintingAmounts, directMintingReference, putOffFromUba } from './direct-minting.ts';

const TERMS = {
  paymentAddress: 'rVault',
  feeBips: 25n,
  minimumFeeUba: 100_000n,
  executorFeeUba: 100_000n,
  largeUba: 100_000_000_000n,
  limits: [],
  tags: { feeWei: 1n, next: 20n },
};

test.each([
  [99_999n, 99_999n, 0n, 0n],
  [100_000n, 100_000n, 0n, 0n],
  [150_000n, 100_000n, 50_000n, 0n],
  [200_001n, 100_000n, 100_000n, 1n],
  [10_000_000n, 100_000n, 100_000n, 9_800_000n],
  [40_000_000n, 100_000n, 100_000n, 39_800_000n],
  [40_000_400n, 100_001n, 100_000n, 39_800_399n],
  [123_456_789n, 308_641n, 100_000n, 123_048_148n],
])('recorded: of %s the protocol gets %s, the executor %s, the recipient %s', (receivedUba, fee, executor, minted) => {
  const amounts = directMintingAmounts(receivedUba, TERMS);
  expect(amounts).toEqual({ feeUba: fee, executorFeeUba: executor, mintedUba: minted });
});

test('the memo is a type and an address', () => {
  const recipient = `0x${'Ab'.repeat(20)}`;
  expect(directMintingReference(recipient)).toBe(`464250526641001800000000${'ab'.repeat(20)}`);
});

describe('what is put off', () => {
  const HOUR: MintingLimit = { limitUba: 1_000n, windowS: 3_600n, startS: 7_200n, usedUba: 0n };
  test.each<[string, readonly MintingLimit[], bigint, bigint]>([
    ['without limits, a large amount', [], 7_200n, 5_000n],
    ['just what reaches the limit', [HOUR], 7_200n, 1_000n],
    ['what is left of it', [{ ...HOUR, usedUba: 300n }], 10_799n, 700n],
    ['all again when the window is over', [{ ...HOUR, usedUba: 1_000n }], 10_800n, 1_000n],
    ['less, when more than a limit was used', [{ ...HOUR, usedUba: 2_500n }], 14_400n, 500n],
    ['anything, when more was used than a window forgets', [{ ...HOUR, usedUba: 2_500n }], 10_800n, -500n],
    ['the nearer of two limits', [HOUR, { ...HOUR, windowS: 86_400n, usedUba: 900n }], 7_200n, 100n],
  ])('%s', (_name, limits, nowS, fromUba) =>
    expect(putOffFromUba({ ...TERMS, largeUba: 5_000n, limits }, nowS)).toBe(fromUba),
  );
});
