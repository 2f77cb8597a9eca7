/** Fees of direct minting, with figures of the real v1.3 contracts, and the memo that names a recipient. */
import { expect, test } from 'vitest';
import { directMintingAmounts, directMintingReference } from './direct-minting.ts';

const TERMS = {
  paymentAddress: 'rVault',
  feeBips: 25n,
  minimumFeeUba: 100_000n,
  executorFeeUba: 100_000n,
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
