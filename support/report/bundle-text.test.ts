import { expect, test } from 'vitest';
import { bundleTable } from './bundle-text.ts';

const NONE = { executed: 0, notEnabled: 0, refused: 0, mismatched: 0, medianMs: 0, percentile95Ms: 0 };

test('a line for each bundle that was asked for, no time where nothing was done, the others by name', () => {
  const redeem = { executed: 12, notEnabled: 3, refused: 1, mismatched: 2, medianMs: 840, percentile95Ms: 2101 };
  expect(bundleTable({ redeem, 'pool-exit': { ...NONE, notEnabled: 4 }, 'pool-enter': NONE })).toMatchInlineSnapshot(`
    "bundle     executed  not enabled  refused  wrong  median ms  95 % ms
    redeem           12            3        1      2        840     2101
    pool-exit         0            4        0      0
    never asked for: pool-enter"
  `);
});
