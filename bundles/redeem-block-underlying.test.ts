/** Examples of redeeming while deposits are refused. */
import { expect, test } from 'vitest';
import { CHEAP_VAULT } from '../support/model/testing/sample-market.ts';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';
import { redeemBlockUnderlying } from './redeem-block-underlying.ts';
import { comesTo, holding, moved, redeemerOf, requestFor, handsSeeing, wrongClaims } from './testing/examples.ts';

const LOT = requestFor(10_000_000n);

test.each([
  ['a lot', holding({ fAsset: 10_000_000n }), true],
  ['one unit less', holding({ fAsset: 9_999_999n }), 'the user holds less than a lot'],
  ['no ledger account', holding({ fAsset: 10_000_000n, xrp: 0n }), 'the user has no ledger account to be paid on'],
])('with %s', (_name, view, enabled) => expect(redeemBlockUnderlying.enabled(view, {})).toBe(enabled));

test.each([
  [0, '1'],
  [CHOICE_MAX, '3'],
])('choice %s of three lots is %s', (choice, lots) =>
  expect(redeemBlockUnderlying.resolve(holding({ fAsset: 39_999_999n }), [choice, 0], {}).plan).toEqual({ lots }),
);

test('a lot is burned for a request to the agent of the first ticket', async () => {
  const actors = blocked('BLOCKED');
  const expectation = await comesTo(redeemBlockUnderlying, holding({ fAsset: 10_000_000n }), [0, 0], actors);
  expect(moved(expectation)).toEqual([['fAsset', -10_000_000n]]);
  expect(expectation.records).toMatchObject({
    'redemption 384': { status: 'BLOCKED', agentVault: CHEAP_VAULT, valueUba: '10000000', feeUba: '50000' },
  });
  expect(wrongClaims(expectation)).toEqual([]);
});

test('a request that ends otherwise is a mismatch', async () => {
  const ended = await comesTo(redeemBlockUnderlying, holding({ fAsset: 10_000_000n }), [0, 0], blocked('SUCCESSFUL'));
  expect(wrongClaims(ended)).toEqual(['ending of a blocked redemption']);
});

function blocked(ending: string) {
  const seen = async () => holding({ fAsset: 10_000_000n });
  return { redeemer: redeemerOf(LOT), hands: handsSeeing(ending), look: seen, lookBefore: seen };
}
