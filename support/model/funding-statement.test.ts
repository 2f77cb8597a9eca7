/** The money of a whole run: a statement that closes, and what each kind of loss does to it. */
import { describe, expect, test } from 'vitest';
import { type UserMoney, fundingStatement } from './funding-statement.ts';

const MONEY: UserMoney = {
  user: 'user-1',
  before: { xrp: 5n },
  funded: { xrp: 1_000n, native: 2_000n },
  movements: [
    { account: 'xrp', amount: -301n, cause: 'own', text: 'payment' },
    { account: 'xrp', amount: -12n, cause: 'fee', text: 'ledger fee' },
    { account: 'xrp', amount: 99n, cause: 'background', text: 'agent pays' },
    { account: 'native', amount: -7n, cause: 'fee', text: 'gas' },
    { account: 'fAsset', amount: 300n, cause: 'own', text: 'minted' },
  ],
  returned: { xrp: 781n, native: 1_993n, fAsset: 300n },
  left: { xrp: 10n, native: 0n, wNat: 0n },
};

describe('fundingStatement', () => {
  test('closes when everything is explained, and leaves out accounts nobody used', () => {
    expect(fundingStatement([MONEY])).toEqual({
      closes: true,
      lines: [
        {
          account: 'xrp',
          before: 5n,
          funded: 1_000n,
          own: -301n,
          background: 99n,
          fees: -12n,
          returned: 781n,
          left: 10n,
          difference: 0n,
        },
        expect.objectContaining({ account: 'native', fees: -7n, difference: 0n }),
        expect.objectContaining({ account: 'fAsset', own: 300n, returned: 300n, difference: 0n }),
      ],
    });
  });

  test.each([
    ['a drop that did not come back', { returned: { ...MONEY.returned, xrp: 780n } }, 'xrp', -1n],
    ['a drop too many', { left: { ...MONEY.left, xrp: 11n } }, 'xrp', 1n],
    ['gas that nobody booked', { movements: MONEY.movements.filter(({ text }) => text !== 'gas') }, 'native', -7n],
    ['money nobody knew of', { left: { ...MONEY.left, wNat: 3n } }, 'wNat', 3n],
    ['money lost on an account that ends empty', { funded: { ...MONEY.funded, wNat: 4n } }, 'wNat', -4n],
  ])('does not close: %s', (_name, change, account, difference) => {
    const statement = fundingStatement([{ ...MONEY, ...change }]);
    expect(statement.closes).toBe(false);
    expect(statement.lines.filter((line) => line.difference !== 0n)).toEqual([
      expect.objectContaining({ account, difference }),
    ]);
  });

  test('sums over users; what is one user’s loss and another’s gain without a movement adds up to nothing lost', () => {
    const short = { ...MONEY, returned: { ...MONEY.returned, xrp: 780n } };
    const over = { ...MONEY, user: 'user-2', returned: { ...MONEY.returned, xrp: 782n } };
    const [xrp] = fundingStatement([short, over]).lines;
    expect(xrp).toMatchObject({ account: 'xrp', funded: 2_000n, returned: 1_562n, difference: 0n });
  });

  test('what a pool holds for everybody is nobody’s money', () => {
    const shared = { account: 'shared pool 0xab fees', amount: 9n, cause: 'background', text: 'fees minted' } as const;
    expect(fundingStatement([{ ...MONEY, movements: [...MONEY.movements, shared] }])).toEqual(
      fundingStatement([MONEY]),
    );
  });

  test('nobody, nothing', () => expect(fundingStatement([])).toEqual({ lines: [], closes: true }));
});
