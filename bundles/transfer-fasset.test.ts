/** Examples of handing FAssets on: who can, how much, what must come of it. */
import { expect, test } from 'vitest';
import { sampleMarket, sampleUser } from '../support/model/testing/sample-market.ts';
import { CHOICE_MAX, type View } from '../support/sequence/bundle.ts';
import { transferFasset } from './transfer-fasset.ts';

const holding = (fAsset: bigint): View => ({
  user: sampleUser({ fAsset }),
  market: sampleMarket(),
  notes: {},
  timelocks: {},
});

test.each([
  ['a unit', 1n, true],
  ['nothing', 0n, 'the user holds no FAssets'],
])('with %s', (_name, heldUba, enabled) => expect(transferFasset.enabled(holding(heldUba), {})).toBe(enabled));

test.each([
  [0, '1'],
  [CHOICE_MAX, '20000007'],
  [5_000, '10001004'],
])('choice %s of 20,000,007 units is %s', (choice, amountUba) => {
  expect(transferFasset.resolve(holding(20_000_007n), [choice], {}).plan).toEqual({ amountUba });
});
