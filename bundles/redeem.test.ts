/** Examples of redeeming lots. */
import { expect, test } from 'vitest';
import { CHEAP_VAULT, sampleMarket } from '../support/model/testing/sample-market.ts';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';
import { redeem } from './redeem.ts';
import { comesTo, handsSeeing, holding, moved, redeemerOf, requestFor, wrongClaims } from './testing/examples.ts';

const LOT = requestFor(10_000_000n);

test.each([
  ['a lot', holding({ fAsset: 10_000_000n }), true],
  ['one unit less', holding({ fAsset: 9_999_999n }), 'the user holds less than a lot'],
  ['no ledger account', holding({ fAsset: 10_000_000n, xrp: 0n }), 'the user has no ledger account to be paid on'],
])('with %s', (_name, view, enabled) => expect(redeem.enabled(view, {})).toBe(enabled));

test.each([
  [0, '1'],
  [CHOICE_MAX, '3'],
])('choice %s of three lots is %s', (choice, lots) =>
  expect(redeem.resolve(holding({ fAsset: 39_999_999n }), [choice, 0], {}).plan).toEqual({ lots }),
);

test('a fixed number of lots, at most all', () => {
  const lots = (wanted: string) =>
    redeem.resolve(holding({ fAsset: 70_000_000n }), [0, 0], { lots: wanted }).plan['lots'];
  expect([lots('3'), lots('30')]).toEqual(['3', '7']);
});

test('with a lot and an empty queue', () => {
  const view = holding({ fAsset: 10_000_000n }, { market: sampleMarket({ queue: [] }) });
  expect(redeem.enabled(view, {})).toBe('no ticket in the queue has a lot to redeem');
});

test('a lot is burned for a request to the agent of the first ticket', async () => {
  const actors = { redeemer: redeemerOf(LOT), hands: handsSeeing('SUCCESSFUL') };
  const expectation = await comesTo(redeem, holding({ fAsset: 10_000_000n }), [0, 0], actors);
  expect(moved(expectation)).toEqual([['fAsset', -10_000_000n]]);
  expect(expectation.records).toMatchObject({
    'redemption 384': { status: 'ACTIVE', agentVault: CHEAP_VAULT, valueUba: '10000000', feeUba: '50000' },
  });
  expect(wrongClaims(expectation)).toEqual([]);
});

test('a request that ends as blocked is a mismatch', async () => {
  const actors = { redeemer: redeemerOf(LOT), hands: handsSeeing('BLOCKED') };
  const ended = await comesTo(redeem, holding({ fAsset: 10_000_000n }), [0, 0], actors);
  expect(wrongClaims(ended)).toEqual(['ending of a redemption that nobody blocks']);
});
