/** Examples of minting directly with a tag. */
import { expect, test } from 'vitest';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';
import { directMintByTag } from './direct-mint-by-tag.ts';
import { comesTo, holding, moved, wrongClaims } from './testing/examples.ts';
import { directMinter, executed } from './testing/direct-minting.ts';
import { withTags } from './testing/tags.ts';

const RICH = { xrp: 82_000_000n };

test.each([
  ['a tag and money', withTags(RICH), true],
  ['a tag alone', withTags({ xrp: 2_000_000n }), 'the user has too little on the ledger for a direct minting'],
  ['money alone', holding(RICH), 'the user has no minting tag'],
])('with %s', (_name, view, enabled) => expect(directMintByTag.enabled(view, {})).toBe(enabled));

test.each([
  [0, undefined],
  [CHOICE_MAX, '0x0505050505050505050505050505050505050505'],
])('choice %s of a memo names %s', (memo, memoFor) =>
  expect(directMintByTag.resolve(withTags(RICH), [0, 0, 0, memo], {}).plan).toEqual({
    paymentUba: '100000',
    paymentAddress: 'rVault',
    isOwnProof: false,
    tag: '20',
    ...(memoFor !== undefined && { memoFor }),
  }),
);

test('the payment has the tag, and the minting is the same as with a memo', async () => {
  const told = { mintedAmountUBA: '9800000', mintingFeeUBA: '100000', executorFeeUBA: '100000' };
  const aims: unknown[] = [];
  const minter = directMinter([executed(told)], aims);
  const choices = [CHOICE_MAX, 0, 0, CHOICE_MAX];
  const expectation = await comesTo(directMintByTag, withTags(RICH), choices, { directMinter: minter });
  expect(aims).toEqual([{ tag: 20, recipient: '0x0505050505050505050505050505050505050505' }]);
  expect(moved(expectation)).toEqual([
    ['xrp', -10_000_000n],
    ['fAsset', 9_800_000n],
    ['fAsset', 100_000n],
  ]);
  expect(wrongClaims(expectation)).toEqual([]);
});
