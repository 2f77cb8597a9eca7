/** Examples of proving that a redemption was not paid. */
import { expect, test } from 'vitest';
import { CHEAP_VAULT } from '../support/model/testing/sample-market.ts';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';
import { redeemDefaultStopAfterProof } from './redeem-default-stop-after-proof.ts';
import { LEDGER_ADDRESS, comesTo, moved, overdue, viewOf } from './testing/examples.ts';

test.each([
  ['an overdue redemption', overdue(), true],
  [
    'one that was paid',
    { ...overdue(), paid: new Set(['redemption 384']) },
    'no redemption is past its payment window and unpaid',
  ],
  ['nothing open', viewOf(), 'no redemption is past its payment window and unpaid'],
])('%s', (_name, view, enabled) => expect(redeemDefaultStopAfterProof.enabled(view, {})).toBe(enabled));

test.each([0, CHOICE_MAX])('choice %s of the only one', (choice) =>
  expect(redeemDefaultStopAfterProof.resolve(overdue(), [choice], {}).plan).toEqual({
    redemption: 'redemption 384',
    agentVault: CHEAP_VAULT,
    valueUba: '10000000',
    paymentUba: '9950000',
  }),
);

test('value − fee to the redeemer is proven unpaid, and nothing comes of it', async () => {
  const proven: object[] = [];
  const redeemer = { ledgerAddress: LEDGER_ADDRESS, proveUnpaid: async (request: object) => void proven.push(request) };
  const expectation = await comesTo(redeemDefaultStopAfterProof, overdue(), [0], { redeemer });
  expect(proven).toMatchObject([{ id: 384n, paymentAddress: LEDGER_ADDRESS, paymentUba: 9_950_000n }]);
  expect([moved(expectation), expectation.records]).toEqual([[], {}]);
});
