/** Which acts of others explain a change of a user's money, and which do not. */
import { describe, expect, test } from 'vitest';
import { type IncomingPayment, explainBackground, redemptionReference } from './background.ts';

const REQUEST = { status: 'ACTIVE', valueUba: '20000000', feeUba: '100000' };
const RECORDS = { 'redemption 384': REQUEST, 'minting 7': { status: 'ACTIVE' } };
const payment = (id: bigint, hash: string, amountDrops = 19_900_000n) => ({ memo: redemptionReference(id), hash, amountDrops });
const explain = (
  payments: readonly IncomingPayment[],
  statuses: readonly { record: string; status: string }[] = [],
  paid: ReadonlySet<string> = new Set(),
) => explainBackground(RECORDS, paid, { payments, statuses, defaults: [] });

describe('redemptionReference', () => {
  test('recorded: type in front, id behind', () => {
    expect(redemptionReference(384n)).toBe('4642505266410002000000000000000000000000000000000000000000000180');
  });
});

describe('explainBackground', () => {
  test("an agent's payment brings value − fee of the record, whatever was really paid", () => {
    const { expectation, paid } = explain([payment(384n, 'AA')]);
    expect(expectation.movements).toEqual([
      { account: 'xrp', amount: 19_900_000n, cause: 'background', text: 'agent pays redemption 384', source: 'AA' },
    ]);
    expect([...paid]).toEqual(['redemption 384']);
  });

  test('a redemption is paid once: the second payment explains nothing', () => {
    expect(explain([payment(384n, 'AA'), payment(384n, 'BB')]).expectation.movements).toHaveLength(1);
    const again = explain([payment(384n, 'BB')], [], new Set(['redemption 384']));
    expect(again.expectation.movements).toEqual([]);
    expect([...again.paid]).toEqual(['redemption 384']);
  });

  test.each([
    ['without a memo', ''],
    ['for a redemption of somebody else', redemptionReference(385n)],
    ['with the reference of a minting', '4642505266410001000000000000000000000000000000000000000000000180'],
  ])('a payment %s explains nothing', (_name, memo) => {
    const { expectation, paid } = explain([{ memo, hash: 'AA', amountDrops: 19_900_000n }]);
    expect(expectation.movements).toEqual([]);
    expect(paid.size).toBe(0);
  });

  test('a confirmation without a payment is a claim that fails', () => {
    const status = { record: 'redemption 384', status: 'SUCCESSFUL' };
    const claim = (actual: string) => ({
      what: 'confirmed redemption has been paid',
      expected: 'redemption 384 paid',
      actual,
    });
    expect(explain([], [status]).expectation.claims).toEqual([claim('redemption 384 not paid')]);
    expect(explain([payment(384n, 'AA')], [status]).expectation.claims).toEqual([claim('redemption 384 paid')]);
    expect(explain([], [status], new Set(['redemption 384'])).expectation.claims).toEqual([
      claim('redemption 384 paid'),
    ]);
  });

  test('the last status of an own record counts; records of others are left out', () => {
    const statuses = [
      { record: 'redemption 384', status: 'DEFAULTED_UNCONFIRMED' },
      { record: 'redemption 384', status: 'DEFAULTED_FAILED' },
      { record: 'redemption 999', status: 'SUCCESSFUL' },
      { record: 'minting 7', status: 'DEFAULTED' },
    ];
    const { expectation } = explain([], statuses);
    expect(expectation.records).toEqual({
      'redemption 384': { status: 'DEFAULTED_FAILED' },
      'minting 7': { status: 'DEFAULTED' },
    });
    expect(expectation.claims).toEqual([]);
  });

  test('nothing happened: nothing is expected', () => {
    expect(explain([]).expectation).toEqual({ movements: [], records: {}, claims: [] });
  });
});
