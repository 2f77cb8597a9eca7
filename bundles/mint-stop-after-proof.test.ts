/** Examples of a minting that is paid, proven and left pending. */
import { expect, test } from 'vitest';
import { CHEAP_VAULT, DEAR_VAULT } from '../support/model/testing/sample-market.ts';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';
import { mintStopAfterProof } from './mint-stop-after-proof.ts';
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
])('%s', (_name, view, enabled) => expect(mintStopAfterProof.enabled(view, {})).toBe(enabled));

test.each([
  ['the first agent and a lot', 0, { agentVault: DEAR_VAULT, lots: '1', paymentUba: '10137000' }],
  [
    'the last agent and all that the XRP pays',
    CHOICE_MAX,
    { agentVault: CHEAP_VAULT, lots: '99', paymentUba: '992475000' },
  ],
])('%s', (_name, choice, plan) =>
  expect(mintStopAfterProof.resolve(viewOf(), [choice, choice, 0], {}).plan).toMatchObject(plan),
);

test('a lot at 137 BIPS', async () => {
  const expectation = await comesTo(mintStopAfterProof, viewOf(), [0, 0, 0], mintsALot(DEAR_VAULT, 137_000n));
  expect(moved(expectation)).toEqual([
    ['native', -FEE_OF_A_LOT_WEI],
    ['xrp', -10_137_000n],
  ]);
  expect(expectation.records).toMatchObject({
    'minting 851': { status: 'ACTIVE', agentVault: DEAR_VAULT, minter: '0xabcd' },
  });
  expect(wrongClaims(expectation)).toEqual([]);
  expect(expectation.notes).toEqual({ 'minting 851': { paymentHash: 'AB', poolFeeUba: '54800' } });
});

test('it must be refused when others took the lots, or prices ask for more than was sent', () => {
  const refused = refusedWith(mintStopAfterProof, viewOf(), [0, 0, 0], [viewOf(), withoutLots(), dearer()]);
  expect(refused).toEqual([undefined, 'NotEnoughFreeCollateral', 'InappropriateFeeAmount']);
});
