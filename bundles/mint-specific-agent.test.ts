/** Examples of minting with a given agent. */
import { expect, test } from 'vitest';
import { CHEAP_VAULT, DEAR_VAULT } from '../support/model/testing/sample-market.ts';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';
import { mintSpecificAgent } from './mint-specific-agent.ts';
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
  ['without XRP', holding({ xrp: 0n }), 'agent  has no lot to mint'],
])('%s', (_name, view, enabled) => expect(mintSpecificAgent.enabled(view, {})).toBe(enabled));

test.each([
  [0, { agentVault: CHEAP_VAULT, lots: '1', paymentUba: '10025000' }],
  [CHOICE_MAX, { agentVault: CHEAP_VAULT, lots: '99', paymentUba: '992475000' }],
])('choice %s', (choice, plan) => expect(mintSpecificAgent.resolve(viewOf(), [choice], {}).plan).toMatchObject(plan));

test('the agent that is named, however its address is written', () => {
  const agent = DEAR_VAULT.toUpperCase().replace('X', 'x');
  expect(mintSpecificAgent.resolve(viewOf(), [CHOICE_MAX], { agent }).plan).toMatchObject({
    agentVault: DEAR_VAULT,
    lots: '3',
  });
  expect(mintSpecificAgent.enabled(viewOf(), { agent: '0x1' })).toBe('agent 0x1 has no lot to mint');
});

test('a lot at 25 BIPS', async () => {
  const expectation = await comesTo(mintSpecificAgent, viewOf(), [0], mintsALot(CHEAP_VAULT, 25_000n));
  expect(moved(expectation)).toEqual([
    ['native', -FEE_OF_A_LOT_WEI],
    ['xrp', -10_025_000n],
    ['fAsset', 10_000_000n],
  ]);
  expect(expectation.records).toMatchObject({ 'minting 851': { status: 'SUCCESSFUL', agentVault: CHEAP_VAULT } });
  expect(wrongClaims(expectation)).toEqual([]);
});

test('it must be refused when others took the lots, or prices ask for more than was sent', () => {
  const refused = refusedWith(mintSpecificAgent, viewOf(), [0], [viewOf(), withoutLots(), dearer()]);
  expect(refused).toEqual([undefined, 'NotEnoughFreeCollateral', 'InappropriateFeeAmount']);
});
