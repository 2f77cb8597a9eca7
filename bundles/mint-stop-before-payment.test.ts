/** Examples of a reservation that is never paid. */
import { expect, test } from 'vitest';
import { CHEAP_VAULT, DEAR_VAULT } from '../support/model/testing/sample-market.ts';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';
import { mintStopBeforePayment } from './mint-stop-before-payment.ts';
import { whyNoMinting } from './minting.ts';
import {
  comesTo,
  holding,
  mintsALot,
  moved,
  viewOf,
  wrongClaims,
  FEE_OF_A_LOT_WEI,
  dearer,
  withoutLots,
  refusedWith,
} from './testing/examples.ts';

test.each([
  ['with money for a lot', viewOf(), true],
  ['without XRP', holding({ xrp: 0n }), whyNoMinting],
])('%s', (_name, view, enabled) => expect(mintStopBeforePayment.enabled(view, {})).toBe(enabled));

test.each([
  ['the first agent and a lot', 0, { agentVault: DEAR_VAULT, lots: '1', paymentUba: '10137000' }],
  [
    'the last agent and all that the XRP pays',
    CHOICE_MAX,
    { agentVault: CHEAP_VAULT, lots: '99', paymentUba: '992475000' },
  ],
])('%s', (_name, choice, plan) =>
  expect(mintStopBeforePayment.resolve(viewOf(), [choice, choice, 0], {}).plan).toMatchObject(plan),
);

test('a lot at 137 BIPS', async () => {
  const expectation = await comesTo(mintStopBeforePayment, viewOf(), [0, 0, 0], mintsALot(DEAR_VAULT, 137_000n));
  expect(moved(expectation)).toEqual([['native', -FEE_OF_A_LOT_WEI]]);
  expect(expectation.records).toMatchObject({
    'minting 851': { status: 'ACTIVE', agentVault: DEAR_VAULT, minter: '0xabcd' },
  });
  expect(wrongClaims(expectation)).toEqual([]);
});

test('it must be refused when others took the lots, or prices ask for more than was sent', () => {
  const refused = refusedWith(mintStopBeforePayment, viewOf(), [0, 0, 0], [viewOf(), withoutLots(), dearer()]);
  expect(refused).toEqual([undefined, 'NotEnoughFreeCollateral', 'InappropriateFeeAmount']);
});
