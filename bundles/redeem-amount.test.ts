/** Examples of redeeming an amount. */
import { expect, test } from 'vitest';
import { sampleMarket } from '../support/model/testing/sample-market.ts';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';
import { redeemAmount } from './redeem-amount.ts';
import { comesTo, handsSeeing, holding, moved, redeemerOf, requestFor, wrongClaims } from './testing/examples.ts';

const OLDER = sampleMarket({ settings: { ...sampleMarket().settings, minimumRedeemAmountUba: undefined } });

test.each([
  ['the minimum', holding({ fAsset: 5_000_000n }), true],
  ['one unit less', holding({ fAsset: 4_999_999n }), 'the user holds less than the minimum'],
  [
    'an empty queue',
    holding({ fAsset: 5_000_000n }, { market: sampleMarket({ queue: [] }) }),
    'the redemption queue is empty',
  ],
  ['an older release', holding({ fAsset: 5_000_000n }, { market: OLDER }), 'this release redeems whole lots only'],
])('with %s', (_name, view, enabled) => expect(redeemAmount.enabled(view, {})).toBe(enabled));

test.each([
  [0, '5000000'],
  [CHOICE_MAX, '12345678'],
])('choice %s of 12,345,678 units is %s', (choice, amountUba) =>
  expect(redeemAmount.resolve(holding({ fAsset: 12_345_678n }), [choice, 0], {}).plan).toEqual({ amountUba }),
);

test('the amount is burned to the unit', async () => {
  const actors = { redeemer: redeemerOf(requestFor(12_345_678n)), hands: handsSeeing('SUCCESSFUL') };
  const expectation = await comesTo(redeemAmount, holding({ fAsset: 12_345_678n }), [CHOICE_MAX, 0], actors);
  expect(moved(expectation)).toEqual([['fAsset', -12_345_678n]]);
  expect(expectation.records).toMatchObject({ 'redemption 384': { valueUba: '12345678', feeUba: '61728' } });
  expect(wrongClaims(expectation)).toEqual([]);
});
