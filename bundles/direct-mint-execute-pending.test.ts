/** Examples of executing a payment to the core vault that was left pending. */
import { expect, test } from 'vitest';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';
import { directMintExecutePending } from './direct-mint-execute-pending.ts';
import { mintExecutePending } from './mint-execute-pending.ts';
import { comesTo, moved, viewOf, withRecords, wrongClaims } from './testing/examples.ts';
import { directMinter, executed } from './testing/direct-minting.ts';

const ACTIVE = { status: 'ACTIVE' };
const paid = (paymentHash: string) => ({ paymentHash, paymentUba: '10000000' });
const pending = withRecords(
  { 'direct-minting 0xab': ACTIVE, 'direct-minting 0xcd': ACTIVE, 'minting 851': ACTIVE },
  { 'direct-minting 0xab': paid('AB'), 'direct-minting 0xcd': paid('CD'), 'minting 851': paid('EF') },
);

test.each([
  ['a payment to the core vault', pending, true],
  ['nothing open', viewOf(), 'no direct minting is pending'],
  [
    'a minting with an agent',
    withRecords({ 'minting 851': ACTIVE }, { 'minting 851': paid('EF') }),
    'no direct minting is pending',
  ],
])('%s', (_name, view, enabled) => expect(directMintExecutePending.enabled(view, {})).toBe(enabled));

test('it is nothing that can be executed with an agent', () => {
  const direct = withRecords({ 'direct-minting 0xab': ACTIVE }, { 'direct-minting 0xab': paid('AB') });
  expect(mintExecutePending.enabled(direct, {})).toBe('no paid minting is pending');
});

test.each([
  [[0, 0], 'AB', false],
  [[CHOICE_MAX, CHOICE_MAX], 'CD', true],
])('choices %s', (choices, paymentHash, isOwnProof) =>
  expect(directMintExecutePending.resolve(pending, choices, {}).plan).toEqual({
    minting: `direct-minting 0x${paymentHash.toLowerCase()}`,
    ...paid(paymentHash),
    isOwnProof,
  }),
);

test('it is minted by what was paid, and nothing is paid again', async () => {
  const seen = { mintedAmountUBA: '9800000', mintingFeeUBA: '100000', executorFeeUBA: '100000' };
  const mintingWith = (told: object) =>
    comesTo(directMintExecutePending, pending, [0, 0], {
      directMinter: directMinter([executed({ ...seen, ...told })]),
    });
  const expectation = await mintingWith({});
  expect(moved(expectation)).toEqual([
    ['fAsset', 9_800_000n],
    ['fAsset', 100_000n],
  ]);
  expect(expectation.records).toEqual({ 'direct-minting 0xab': { status: 'SUCCESSFUL' } });
  expect(wrongClaims(expectation)).toEqual([]);
  const other = await mintingWith({ mintedAmountUBA: '9800001' });
  expect(wrongClaims(other)).toEqual(['DirectMintingExecuted mintedAmountUBA']);
});
