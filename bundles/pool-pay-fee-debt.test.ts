/** Examples of paying fee debt. */
import { expect, test } from 'vitest';
import { CHOICE_MAX, type View } from '../support/sequence/bundle.ts';
import { poolPayFeeDebt } from './pool-pay-fee-debt.ts';
import { comesTo, inPool, moved, wrongClaims } from './testing/examples.ts';

/** The debt is 40 UBA. */
const rich = (fAsset: bigint): View => {
  const view = inPool();
  return { ...view, user: { ...view.user, balances: { ...view.user.balances, fAsset } } };
};

const WHY = 'the user owes no pool fees, or has no FAssets to pay them';
test.each([
  ['a debt and FAssets', rich(1n), true],
  ['no FAssets', rich(0n), WHY],
  [
    'more fees than were owed',
    { ...rich(1n), user: inPool({}, { holding: { tokensWei: 1n, feeDebtUba: -1n } }).user },
    WHY,
  ],
])('with %s', (_name, view, enabled) => expect(poolPayFeeDebt.enabled(view, {})).toBe(enabled));

test.each([
  [1_000n, 0, '1'],
  [1_000n, CHOICE_MAX, '40'],
  [30n, CHOICE_MAX, '30'],
])('with %s UBA, choice %s is %s', (fAsset, choice, feesUba) =>
  expect(poolPayFeeDebt.resolve(rich(fAsset), [0, choice], {}).plan).toMatchObject({ feesUba }),
);

test('just what was asked for is paid', async () => {
  const pays = (feesUba: bigint, holder = '0x1') =>
    comesTo(poolPayFeeDebt, rich(1_000n), [0, CHOICE_MAX], {
      poolManager: { payFeeDebt: async () => ({ user: '0x1', holder, feesUba }) },
    });
  expect(moved(await pays(40n))).toEqual([['fAsset', -40n]]);
  expect(wrongClaims(await pays(40n))).toEqual([]);
  expect(wrongClaims(await pays(41n))).toEqual(['CPFeeDebtPaid paidFeesUBA']);
  expect(wrongClaims(await pays(40n, '0x2'))).toEqual(['CPFeeDebtPaid tokenHolder']);
});
