/** Examples of redeeming from agents that do not pay. */
import { expect, test } from 'vitest';
import { CHEAP_VAULT } from '../support/model/testing/sample-market.ts';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';
import { redeemUnpaid } from './redeem-unpaid.ts';
import { comesTo, holding, moved, redeemerOf, requestFor, wrongClaims } from './testing/examples.ts';

const LOT = requestFor(10_000_000n);

test.each([
  ['a lot', holding({ fAsset: 10_000_000n }), true],
  ['one unit less', holding({ fAsset: 9_999_999n }), 'the user holds less than a lot'],
  ['no ledger account', holding({ fAsset: 10_000_000n, xrp: 0n }), 'the user has no ledger account to be paid on'],
])('with %s', (_name, view, enabled) => expect(redeemUnpaid.enabled(view, {})).toBe(enabled));

test.each([
  [0, '1'],
  [CHOICE_MAX, '3'],
])('choice %s of three lots is %s', (choice, lots) =>
  expect(redeemUnpaid.resolve(holding({ fAsset: 39_999_999n }), [choice, 0], {}).plan).toEqual({ lots }),
);

test('a lot is burned for a request to the agent of the first ticket', async () => {
  const actors = { redeemer: redeemerOf(LOT), faults: { silenceAgents: async () => undefined } };
  const expectation = await comesTo(redeemUnpaid, holding({ fAsset: 10_000_000n }), [0, 0], actors);
  expect(moved(expectation)).toEqual([['fAsset', -10_000_000n]]);
  expect(expectation.records).toMatchObject({
    'redemption 384': { status: 'ACTIVE', agentVault: CHEAP_VAULT, valueUba: '10000000', feeUba: '50000' },
  });
  expect(wrongClaims(expectation)).toEqual([]);
});

test('just the agents of these requests are silenced', async () => {
  const silenced: bigint[] = [];
  const faults = { silenceAgents: async (ids: readonly bigint[]) => void silenced.push(...ids) };
  await comesTo(redeemUnpaid, holding({ fAsset: 10_000_000n }), [0, 0], { redeemer: redeemerOf(LOT), faults });
  expect(silenced).toEqual([384n]);
});
