/** Examples of minting with the agent of the lowest fee. */
import { expect, test } from 'vitest';
import { CHEAP_VAULT } from '../support/model/testing/sample-market.ts';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';
import { mintLowestFeeAgent } from './mint-lowest-fee-agent.ts';
import { whyNoMinting } from './minting.ts';
import {
  comesTo,
  dearer,
  holding,
  mintsALot,
  moved,
  viewOf,
  withoutLots,
  wrongClaims,
  FEE_OF_A_LOT_WEI,
  refusedWith,
} from './testing/examples.ts';

test.each([
  ['with money for a lot', viewOf(), true],
  ['without XRP', holding({ xrp: 0n }), whyNoMinting],
])('%s', (_name, view, enabled) => expect(mintLowestFeeAgent.enabled(view, {})).toBe(enabled));

test.each([
  [
    0,
    {
      agentVault: CHEAP_VAULT,
      lots: '1',
      feeBips: '25',
      paymentUba: '10025000',
      reservationFeeWei: String(FEE_OF_A_LOT_WEI),
    },
  ],
  [CHOICE_MAX, { agentVault: CHEAP_VAULT, lots: '99', paymentUba: '992475000' }],
])('choice %s', (choice, plan) => expect(mintLowestFeeAgent.resolve(viewOf(), [choice], {}).plan).toMatchObject(plan));

test('a lot at 25 BIPS', async () => {
  const expectation = await comesTo(mintLowestFeeAgent, viewOf(), [0], mintsALot(CHEAP_VAULT, 25_000n));
  expect(moved(expectation)).toEqual([
    ['native', -FEE_OF_A_LOT_WEI],
    ['xrp', -10_025_000n],
    ['fAsset', 10_000_000n],
  ]);
  expect(expectation.records).toMatchObject({ 'minting 851': { status: 'SUCCESSFUL', agentVault: CHEAP_VAULT } });
  expect(wrongClaims(expectation)).toEqual([]);
});

test('it must be refused when others took the lots, or prices ask for more than was sent', () => {
  const refused = refusedWith(mintLowestFeeAgent, viewOf(), [0], [viewOf(), withoutLots(), dearer()]);
  expect(refused).toEqual([undefined, 'NotEnoughFreeCollateral', 'InappropriateFeeAmount']);
});
