/** What people read of a statement: only what differs, exact amounts, columns that line up. */
import { describe, expect, test } from 'vitest';
import { fundingStatement } from '../model/funding-statement.ts';
import type { Statement } from '../model/statement.ts';
import { fundingText, mismatchText } from './statement-text.ts';

const STATEMENT: Statement = {
  user: 'user-1',
  lines: [
    { account: 'native', opening: 5n, movements: [], expected: 5n, actual: 5n },
    {
      account: 'xrp',
      opening: 7_524_977n,
      movements: [
        { account: 'xrp', amount: 9_950_000n, cause: 'background', text: 'agent pays redemption 996', source: '3B36' },
        { account: 'xrp', amount: -12n, cause: 'fee', text: 'ledger fee' },
      ],
      expected: 17_474_965n,
      actual: 17_474_964n,
    },
  ],
  mismatches: [
    { kind: 'balance of xrp', subject: 'xrp', expected: '17474965', actual: '17474964', difference: -1n },
    { kind: 'redemption status', subject: 'redemption 996 status', expected: 'ACTIVE', actual: 'BLOCKED' },
  ],
};

describe('mismatchText', () => {
  test('the accounts that differ with all that moved them, then other figures', () => {
    expect(mismatchText(STATEMENT)).toMatchInlineSnapshot(`
      "xrp
        opening    7.524977 XRP (7524977)
        background 9.95 XRP (9950000)  agent pays redemption 996 [3B36]
        fee        -0.000012 XRP (-12)  ledger fee
        expected   17.474965 XRP (17474965)
        actual     17.474964 XRP (17474964)
        difference -0.000001 XRP (-1)
      redemption 996 status
        expected   ACTIVE
        actual     BLOCKED"
    `);
  });

  test('figures of the protocol, which are of no account; a single one stands in the sentence', () => {
    const supply = { kind: 'invariant: supply', subject: 'supply', expected: '5', actual: '6', difference: 1n };
    const dust = { ...supply, subject: 'dust' };
    expect(mismatchText({ ...STATEMENT, mismatches: [supply, dust] })).toBe(
      'supply\n  expected   5\n  actual     6\ndust\n  expected   5\n  actual     6',
    );
    expect(mismatchText({ ...STATEMENT, mismatches: [supply] })).toBe('');
  });

  test('nothing differs: nothing to read', () => expect(mismatchText({ ...STATEMENT, mismatches: [] })).toBe(''));
});

describe('fundingText', () => {
  const money = {
    user: 'user-1',
    before: {},
    funded: { xrp: 1_000n },
    movements: [{ account: 'xrp', amount: -12n, cause: 'fee', text: 'ledger fee' } as const],
    returned: { xrp: 978n },
    left: { xrp: 10n },
  };

  test('a statement that closes', () => {
    expect(fundingText(fundingStatement([money]))).toMatchInlineSnapshot(`
      "account        xrp
      before           0
      funded        1000
      own acts         0
      others' acts     0
      fees           -12
      returned       978
      left            10
      unexplained      0

      before + funded + own acts + others’ acts + fees = returned + left: closes to the last unit"
    `);
  });

  test('a statement that does not close says so and shows by how much', () => {
    const lines = fundingText(fundingStatement([{ ...money, left: { xrp: 8n } }])).split('\n');
    expect(lines).toContain('unexplained     -2');
    expect(lines.at(-1)).toBe('the statement does NOT close: see the row "unexplained"');
  });

  test('however many accounts: never wider than 100 columns, every account in full but its address', () => {
    const accounts = Array.from({ length: 9 }, (_, at) => `vault token 0x${String(at).repeat(40)}`);
    const amounts = Object.fromEntries([...accounts, 'native'].map((account) => [account, 10n ** 22n]));
    const text = fundingText(fundingStatement([{ ...money, before: amounts, left: { ...amounts, xrp: 10n } }]));
    const lines = text.split('\n');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(100);
    const heads = lines.filter((line) => line.startsWith('account')).join(' ');
    expect(heads.match(/vault token 0x\d{8}…\d{4}|native|xrp/g)).toHaveLength(11);
    expect(lines.at(-1)).toMatch(/closes to the last unit$/);
  });
});
