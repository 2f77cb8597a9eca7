/** Examples of minting directly. */
import { expect, test } from 'vitest';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';
import { directMint } from './direct-mint.ts';
import { comesTo, holding, moved, wrongClaims } from './testing/examples.ts';
import { DIRECT_TERMS, directMinter, executed } from './testing/direct-minting.ts';

test.each([
  ['eight times the fee', holding({ xrp: 2_800_000n }), true],
  ['a drop less', holding({ xrp: 2_799_999n }), 'the user has too little on the ledger for a direct minting'],
])('with %s beyond what an account must keep', (_name, view, enabled) =>
  expect(directMint.enabled(view, {})).toBe(enabled),
);

test.each([
  [[0, 0], '100000', false],
  [[CHOICE_MAX, CHOICE_MAX], '10000000', true],
])('choices %s', (choices, paymentUba, isOwnProof) =>
  expect(directMint.resolve(holding({ xrp: 82_000_000n }), choices, {}).plan).toEqual({
    paymentUba,
    paymentAddress: DIRECT_TERMS.paymentAddress,
    isOwnProof,
  }),
);

const seen = { mintedAmountUBA: '9800000', mintingFeeUBA: '100000', executorFeeUBA: '100000' };
const mintingWith = (told: object) =>
  comesTo(directMint, holding({ xrp: 82_000_000n }), [CHOICE_MAX, 0], {
    directMinter: directMinter([executed({ ...seen, ...told })]),
  });

test('the user is paid as recipient and as executor, and loses what was paid', async () => {
  const expectation = await mintingWith({});
  expect(moved(expectation)).toEqual([
    ['xrp', -10_000_000n],
    ['fAsset', 9_800_000n],
    ['fAsset', 100_000n],
  ]);
  expect(wrongClaims(expectation)).toEqual([]);
});

test.each(['transactionId', 'targetAddress', 'executor', 'mintedAmountUBA', 'mintingFeeUBA', 'executorFeeUBA'])(
  'its event is held against the payment: %s',
  async (field) =>
    expect(wrongClaims(await mintingWith({ [field]: '0x7' }))).toEqual([`DirectMintingExecuted ${field}`]),
);

test('a minting that is put off is not what was expected', async () => {
  const put = { event: 'DirectMintingDelayed', told: {} };
  const actors = { directMinter: directMinter([put]) };
  const expectation = await comesTo(directMint, holding({ xrp: 82_000_000n }), [0, 0], actors);
  expect(wrongClaims(expectation)).toContain('events of the direct minting');
});

test.each([
  ['no more than is minted at once is paid', 5_000_001n, 0n, true, '5000000'],
  [
    'nothing, when all would be put off',
    5_000_001n,
    4_900_001n,
    'a direct minting would be put off, since so much was minted directly before',
    undefined,
  ],
])('%s', (_name, limitUba, usedUba, enabled, paymentUba) => {
  const { market } = holding({});
  const { point, settings } = market;
  const limits = [{ limitUba, windowS: 3_600n, startS: BigInt(point.timeS), usedUba }];
  const limited = { ...settings, directMinting: { ...DIRECT_TERMS, limits } };
  const view = holding({ xrp: 82_000_000n }, { market: { ...market, settings: limited } });
  expect(directMint.enabled(view, {})).toBe(enabled);
  if (paymentUba !== undefined)
    expect(directMint.resolve(view, [CHOICE_MAX, 0], {}).plan).toMatchObject({ paymentUba });
});
