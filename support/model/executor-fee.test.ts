/** What an executor is promised, to the wei. */
import { expect, test } from 'vitest';
import { mintingExecutorFeeWei, redemptionExecutorFeesWei } from './executor-fee.ts';

const GWEI = 10n ** 9n;

test.each([
  [100n, 100n, 0n],
  [100n + GWEI - 1n, 100n, 0n],
  [100n + GWEI, 100n, GWEI],
  [3n * GWEI + 7n, 8n, 2n * GWEI],
])('%s wei sent for a reservation fee of %s leave %s', (sentWei, feeWei, executorWei) =>
  expect(mintingExecutorFeeWei(sentWei, feeWei)).toBe(executorWei),
);

test.each([
  [10n * GWEI, 3, [3n, 3n, 4n]],
  [11n * GWEI + 5n, 3, [3n, 4n, 4n]],
  [GWEI, 2, [0n, 1n]],
  [GWEI - 1n, 2, [0n, 0n]],
  [7n * GWEI, 1, [7n]],
])('%s wei over %s requests', (sentWei, requests, gwei) =>
  expect(redemptionExecutorFeesWei(sentWei, requests)).toEqual(gwei.map((share) => share * GWEI)),
);
