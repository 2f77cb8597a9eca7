/** Examples of withdrawing fees. */
import { expect, test } from 'vitest';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';
import { poolWithdrawFees } from './pool-withdraw-fees.ts';
import { comesTo, inPool, moved, viewOf, wrongClaims } from './testing/examples.ts';

test.each([
  ['fees', inPool(), true],
  ['none', viewOf(), 'no pool owes the user fees'],
])('with %s', (_name, view, enabled) => expect(poolWithdrawFees.enabled(view, {})).toBe(enabled));

// A tenth of the fees and fee debts, 1,000 UBA together, less the user's own debt of 40 UBA.
test.each([
  [0, '1'],
  [CHOICE_MAX, '60'],
])('choice %s is %s UBA', (choice, feesUba) =>
  expect(poolWithdrawFees.resolve(inPool(), [choice, choice], {}).plan).toMatchObject({ feesUba }),
);

test('just what was asked for is paid', async () => {
  const withdraws = (feesUba: bigint, holder = '0x1') =>
    comesTo(poolWithdrawFees, inPool(), [0, CHOICE_MAX], {
      poolManager: { withdrawFees: async () => ({ user: '0x1', holder, feesUba }) },
    });
  expect(moved(await withdraws(60n))).toEqual([['fAsset', 60n]]);
  expect(wrongClaims(await withdraws(60n))).toEqual([]);
  expect(wrongClaims(await withdraws(59n))).toEqual(['CPFeesWithdrawn withdrawnFeesUBA']);
  expect(wrongClaims(await withdraws(60n, '0x2'))).toEqual(['CPFeesWithdrawn tokenHolder']);
});
