/** Examples of paying too little for a direct minting. */
import { expect, test } from 'vitest';
import { sampleMarket } from '../support/model/testing/sample-market.ts';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';
import { directMintTooSmall } from './direct-mint-too-small.ts';
import { comesTo, holding, moved, viewOf, wrongClaims } from './testing/examples.ts';
import { DIRECT_TERMS, directMinter } from './testing/direct-minting.ts';

const free = (minimumFeeUba: bigint) => {
  const { settings } = sampleMarket();
  return viewOf({
    market: sampleMarket({ settings: { ...settings, directMinting: { ...DIRECT_TERMS, minimumFeeUba } } }),
  });
};

test.each([
  ['a poor user', holding({ xrp: 2_000_000n }), 'the user has too little on the ledger for a direct minting'],
  ['a least fee of a unit', free(1n), 'no payment is too small for the fee of a direct minting'],
  ['enough', holding({ xrp: 2_100_000n }), true],
])('%s', (_name, view, enabled) => expect(directMintTooSmall.enabled(view, {})).toBe(enabled));

test.each([
  [0, '1'],
  [CHOICE_MAX, '99999'],
])('choice %s pays %s', (choice, paymentUba) =>
  expect(directMintTooSmall.resolve(viewOf(), [choice, 0], {}).plan['paymentUba']).toBe(paymentUba),
);

const paying = (told: Readonly<Record<string, string>>) =>
  comesTo(directMintTooSmall, viewOf(), [CHOICE_MAX, 0], {
    directMinter: directMinter([
      {
        event: 'DirectMintingPaymentTooSmallForFee',
        told: { transactionId: '0xab', receivedAmountUBA: '99999', minimumMintingFeeUBA: '100000', ...told },
      },
    ]),
  });

test('all of it is gone', async () => {
  const expectation = await paying({});
  expect(moved(expectation)).toEqual([
    ['xrp', -99_999n],
    ['fAsset', 0n],
    ['fAsset', 0n],
  ]);
  expect(wrongClaims(expectation)).toEqual([]);
});

test.each(['receivedAmountUBA', 'minimumMintingFeeUBA'])('its event is held against the payment: %s', async (field) =>
  expect(wrongClaims(await paying({ [field]: '7' }))).toEqual([`DirectMintingPaymentTooSmallForFee ${field}`]),
);
