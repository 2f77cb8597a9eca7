/** Examples of executing what was paid and left pending. */
import { expect, test } from 'vitest';
import { DEAR_VAULT } from '../support/model/testing/sample-market.ts';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';
import { mintExecutePending } from './mint-execute-pending.ts';
import { comesTo, mintsALot, moved, viewOf, withRecords, wrongClaims } from './testing/examples.ts';

const RESERVED = { status: 'ACTIVE', agentVault: DEAR_VAULT, valueUba: '10000000', feeUba: '137000' };
const PAID = { paymentHash: 'AB', poolFeeUba: '54800' };
const pending = withRecords(
  { 'minting 851': RESERVED, 'minting 852': RESERVED },
  { 'minting 851': PAID, 'minting 852': PAID },
);

test.each([
  ['a paid minting', pending, true],
  ['nothing open', viewOf(), 'no paid minting is pending'],
  ['one that is not paid', withRecords({ 'minting 851': RESERVED }), 'no paid minting is pending'],
])('%s', (_name, view, enabled) => expect(mintExecutePending.enabled(view, {})).toBe(enabled));

test.each([
  [0, 'minting 851'],
  [CHOICE_MAX, 'minting 852'],
])('choice %s is %s', (choice, minting) =>
  expect(mintExecutePending.resolve(pending, [choice], {}).plan).toEqual({ minting, paymentHash: 'AB' }),
);

test('the value is minted, by the record', async () => {
  const expectation = await comesTo(mintExecutePending, pending, [0], mintsALot(DEAR_VAULT, 137_000n));
  expect(moved(expectation)).toEqual([['fAsset', 10_000_000n]]);
  expect(expectation.records).toEqual({ 'minting 851': { status: 'SUCCESSFUL' } });
  expect(wrongClaims(expectation)).toEqual([]);
  const other = await comesTo(mintExecutePending, pending, [0], mintsALot(DEAR_VAULT, 137_010n));
  expect(wrongClaims(other)).toEqual(['MintingExecuted poolFeeUBA', 'MintingExecuted agentFeeUBA']);
});
