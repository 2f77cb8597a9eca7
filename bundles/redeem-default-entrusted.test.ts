/** Examples of defaulting somebody else's redemption as its executor: when it may be done, and what must come of it. */
import { expect, test } from 'vitest';
import { redeemDefaultEntrusted } from './redeem-default-entrusted.ts';
import { comesTo, moved, viewOf, wrongClaims } from './testing/examples.ts';

const fields = { status: 'ACTIVE', valueUba: '10000000', executor: '0xe1', executorFeeWei: '3000000000' };
const entrusted = (isOverdue: boolean) =>
  viewOf({ entrusted: [{ record: 'redemption 384', fields, paymentHash: undefined, isOverdue }] });
const claiming = (valueUba?: bigint) => ({
  redeemer: {
    readRequest: async () => ({ id: 384n }),
    claimDefault: async () => (valueUba === undefined ? undefined : { valueUba }),
  },
});

test('not before the window is over', () => {
  expect(redeemDefaultEntrusted.enabled(entrusted(true), {})).toBe(true);
  expect(redeemDefaultEntrusted.enabled(entrusted(false), {})).toBe(
    'nobody has entrusted the user with an unpaid redemption',
  );
  expect(redeemDefaultEntrusted.resolve(entrusted(true), [0], {}).plan).toEqual({ redemption: 'redemption 384' });
});

test('the executor gets the fee and nothing else', async () => {
  const expectation = await comesTo(redeemDefaultEntrusted, entrusted(true), [0], claiming(10_000_000n));
  expect(moved(expectation)).toEqual([['wNat', 3_000_000_000n]]);
  expect(expectation.reached).toEqual(['default: by the executor']);
  expect(wrongClaims(expectation)).toEqual([]);
  const other = await comesTo(redeemDefaultEntrusted, entrusted(true), [0], claiming(9_999_999n));
  expect(wrongClaims(other)).toEqual(['RedemptionDefault redemptionAmountUBA']);
});

test('nothing when somebody else was quicker', async () =>
  expect(moved(await comesTo(redeemDefaultEntrusted, entrusted(true), [0], claiming()))).toEqual([]));
