/** Which acts of others explain a change of a user's money, and which do not. */
import { describe, expect, test } from 'vitest';
import { type IncomingPayment, type OddPayments, explainBackground, redemptionReference } from './background.ts';

const REQUEST = { status: 'ACTIVE', agentVault: '0xaa', valueUba: '20000000', feeUba: '100000' };
const RECORDS = { 'redemption 384': REQUEST, 'minting 7': { status: 'ACTIVE' } };
const OF_AGENT = { source: 'rAgent', agentVault: '0xaa' };
const bearing = (reference: string) => ({ reference, memos: reference === '' ? [] : [reference] });
const payment = (id: bigint, hash: string, deliveredDrops = 19_900_000n): IncomingPayment => ({
  ...OF_AGENT,
  ...bearing(redemptionReference(id)),
  hash,
  deliveredDrops,
});
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

  describe('odd payments', () => {
    const oddly = (payments: readonly IncomingPayment[], odd: OddPayments, before: ReadonlySet<string> = new Set()) => {
      const { expectation, paid } = explainBackground(RECORDS, before, { payments, statuses: [], defaults: [] }, odd);
      return { amounts: expectation.movements.map(({ amount }) => amount), paid: [...paid] };
    };
    const silent = { ...payment(384n, 'AA'), ...bearing('') };

    test('a short payment is explained when it is short by just so much, and does not count as paid', () => {
      const short = payment(384n, 'AA', 19_899_993n);
      const seen = { amounts: [19_899_993n], paid: ['redemption 384, short'] };
      expect(oddly([short], { shortByDrops: 7n })).toEqual(seen);
      expect(oddly([short], { shortByDrops: 8n }).amounts).toEqual([19_900_000n]);
    });

    test('a second payment is explained once', () => {
      const three = ['AA', 'BB', 'CC'].map((hash) => payment(384n, hash));
      expect(oddly(three, { twice: true }).amounts).toEqual([19_900_000n, 19_900_000n]);
      const before = new Set(oddly(three, { twice: true }).paid);
      expect(oddly(three, { twice: true }, before).amounts).toEqual([]);
    });

    test('a payment without reference is explained once, by its exact amount', () => {
      expect(oddly([silent, silent], { withoutReference: true }).amounts).toEqual([19_900_000n]);
      expect(oddly([{ ...silent, deliveredDrops: 19_900_001n }], { withoutReference: true }).amounts).toEqual([]);
    });
  });

  describe('a payment from somebody else', () => {
    const STRANGER = { source: 'rStranger', agentVault: undefined };
    const strange = (change: Partial<IncomingPayment> = {}): IncomingPayment => ({
      ...payment(384n, 'BB'),
      ...STRANGER,
      ...change,
    });
    const gift = (amount: bigint, bears: string) => ({
      account: 'xrp',
      amount,
      cause: 'background',
      text: `payment from rStranger, who owes nothing, with ${bears}`,
      source: 'BB',
    });
    const [memo, due] = [redemptionReference(384n), 19_900_000n];

    test.each([
      ['dust', strange({ ...bearing(''), deliveredDrops: 1n }), gift(1n, 'no memo')],
      ['dust with a tag', strange({ ...bearing(''), deliveredDrops: 1n, tag: 0 }), gift(1n, 'tag 0')],
      ['two memos', strange({ reference: '', memos: ['', 'c0de'] }), gift(due, 'memo (empty), memo c0de')],
      ['the reference and the exact due', strange(), gift(due, `memo ${memo}`)],
      ['the reference of an agent that pays another', strange({ deliveredDrops: 7n }), gift(7n, `memo ${memo}`)],
    ])('is a gift that names it: %s', (_name, paid, movement) => {
      const { expectation, paid: marked } = explain([paid]);
      expect(expectation.movements).toEqual([movement]);
      expect([...marked]).toEqual([]);
    });

    test.each([
      ['before', [strange(), payment(384n, 'AA')]],
      ['after', [payment(384n, 'AA'), strange()]],
    ])('is none of the agent: one with its reference %s it', (_name, payments) => {
      const { expectation, paid } = explain(payments);
      const amounts = expectation.movements.map(({ source, amount }) => `${source} ${amount}`);
      expect(amounts.toSorted()).toEqual(['AA 19900000', 'BB 19900000']);
      expect([...paid]).toEqual(['redemption 384']);
    });

    test('is not taken for an odd one of the agent', () => {
      const odd = { shortByDrops: 7n, twice: true, withoutReference: true };
      const payments = [strange(bearing('')), strange({ deliveredDrops: 19_899_993n })];
      const { paid } = explainBackground(RECORDS, new Set(), { payments, statuses: [], defaults: [] }, odd);
      expect([...paid]).toEqual([]);
    });

    test('another agent cannot pay for it: that is nothing an agent may do', () => {
      const { expectation, paid } = explain([{ ...payment(384n, 'AA'), agentVault: '0xbb' }]);
      expect([expectation.movements, paid.size]).toEqual([[], 0]);
    });
  });

  test("an agent's default pays by the terms just before it", () => {
    const terms = {
      granularityUba: 1n,
      vaultTokenPrice: 2_000_000_000n,
      nativePrice: 3_000_000_000n,
      factorVaultBips: 11_000n,
      vaultCollateralUnits: 10n ** 12n,
      poolCollateralWei: 10n ** 24n,
      mintedUba: 0n,
      reservedUba: 0n,
      redeemingUba: 20_000_000n,
      poolRedeemingUba: 20_000_000n,
      poolPartRoundsUp: false,
    };
    const movements = (record: string, odd: OddPayments = { endInDefault: true }) =>
      explainBackground(
        RECORDS,
        new Set(),
        { payments: [], statuses: [], defaults: [{ record, hash: 'DD', vaultToken: '0xcc', terms }] },
        odd,
      ).expectation.movements.map(({ account, amount, source }) => [account, amount, source]);
    // 20000000 · 2 · 1.1
    expect(movements('redemption 384')).toEqual([
      ['vault token 0xcc', 44_000_000n, 'DD'],
      ['wNat', 0n, 'DD'],
    ]);
    expect(movements('redemption 386')).toEqual([]);
    expect(movements('redemption 384', {})).toEqual([]);
  });

  test.each([
    ['without a memo', ''],
    ['for a redemption of somebody else', redemptionReference(385n)],
    ['with the reference of a minting', '4642505266410001000000000000000000000000000000000000000000000180'],
  ])('a payment %s explains nothing', (_name, memo) => {
    const { expectation, paid } = explain([{ ...payment(384n, 'AA'), ...bearing(memo) }]);
    expect(expectation.movements).toEqual([]);
    expect(paid.size).toBe(0);
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

  describe('records with an executor', () => {
    const entrusted = { executor: '0xe1', executorFeeWei: '7' };
    const records = {
      'minting 7': { status: 'ACTIVE', valueUba: '500', ...entrusted },
      'redemption 384': { ...REQUEST, ...entrusted },
    };
    const ended = (record: string, status: string, from: Parameters<typeof explainBackground>[0] = records) =>
      explainBackground(from, new Set(), { payments: [], defaults: [], statuses: [{ record, status, hash: 'EE' }] })
        .expectation;

    test('whoever executes, the minter gets the value, and nothing is held any more', () => {
      const { movements, records: changes } = ended('minting 7', 'SUCCESSFUL');
      expect(movements).toMatchObject([{ account: 'fAsset', amount: 500n, cause: 'background', source: 'EE' }]);
      expect(changes).toEqual({ 'minting 7': { status: 'SUCCESSFUL', executorFeeWei: '0' } });
    });

    test('a minting that nobody else may execute explains nothing', () =>
      expect(
        ended('minting 7', 'SUCCESSFUL', { 'minting 7': { status: 'ACTIVE', valueUba: '500' } }).movements,
      ).toEqual([]));

    test.each([
      ['minting 7', 'DEFAULTED', { status: 'DEFAULTED' }, ['minting default: the executor fee is shared']],
      [
        'redemption 384',
        'BLOCKED',
        { status: 'BLOCKED', executorFeeWei: '0' },
        ['redemption paid: the executor fee is burned'],
      ],
      ['redemption 384', 'DEFAULTED_UNCONFIRMED', { status: 'DEFAULTED_UNCONFIRMED', executorFeeWei: '0' }, []],
    ])('%s ends %s', (record, status, change, reached) =>
      expect(ended(record, status)).toMatchObject({ records: { [record]: change }, reached }),
    );
  });

  test('nothing happened: nothing is expected', () => {
    expect(explain([]).expectation).toEqual({ reached: [], movements: [], records: {}, claims: [] });
  });
});
