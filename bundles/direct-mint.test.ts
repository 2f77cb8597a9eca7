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

/** With an hourly limit of 5 XRP and a drop, of which so much is used. */
function limited(usedUba: bigint) {
  const { market } = holding({});
  const { point, settings } = market;
  const limits = [{ limitUba: 5_000_001n, windowS: 3_600n, startS: BigInt(point.timeS), usedUba }];
  const directMinting = { ...DIRECT_TERMS, limits };
  return holding({ xrp: 82_000_000n }, { market: { ...market, settings: { ...settings, directMinting } } });
}

test('no more is paid than is minted at once', () => {
  expect(directMint.enabled(limited(0n), {})).toBe(true);
  expect(directMint.resolve(limited(0n), [CHOICE_MAX, 0], {}).plan).toMatchObject({ paymentUba: '5000000' });
});

test('nothing is paid when all would be put off', () =>
  expect(directMint.enabled(limited(4_900_001n), {})).toBe(
    'a direct minting would be put off, since so much was minted directly before',
  ));
