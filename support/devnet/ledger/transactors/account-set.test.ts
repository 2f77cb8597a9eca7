import { describe, expect, test } from 'vitest';
import { accountFlag } from '../entries.ts';
import { accountSet, balanceOf, fundedLedger, resultOf, submitNext, walletOf, xrp } from '../testing.ts';

const alice = walletOf(1);
const spare = walletOf(2);
const flagsOf = (ledger: ReturnType<typeof fundedLedger>): number =>
  ledger.account(alice.classicAddress, 'open')?.flags ?? -1;
const settingsOf = (ledger: ReturnType<typeof fundedLedger>): object =>
  ledger.account(alice.classicAddress, 'open')?.settings ?? {};

describe('flags', () => {
  test.each([
    [1, accountFlag.requireDestinationTag],
    [2, accountFlag.requireAuthorization],
    [3, accountFlag.disallowIncomingXRP],
    [7, accountFlag.globalFreeze],
    [8, accountFlag.defaultRipple],
    [9, accountFlag.depositAuth],
    [12, accountFlag.disallowIncomingNFTokenOffer],
    [13, accountFlag.disallowIncomingCheck],
    [14, accountFlag.disallowIncomingPayChan],
    [15, accountFlag.disallowIncomingTrustline],
    [17, accountFlag.allowTrustLineLocking],
  ])('SetFlag %i and ClearFlag undo each other', (number, bit) => {
    const ledger = fundedLedger([alice]);
    expect(resultOf(ledger, alice, accountSet({ SetFlag: number }))).toBe('tesSUCCESS');
    expect(flagsOf(ledger)).toBe(bit);
    expect(resultOf(ledger, alice, accountSet({ ClearFlag: number }))).toBe('tesSUCCESS');
    expect(flagsOf(ledger)).toBe(0);
  });

  test.each([
    [0x00010000, 0x00020000, accountFlag.requireDestinationTag],
    [0x00040000, 0x00080000, accountFlag.requireAuthorization],
    [0x00100000, 0x00200000, accountFlag.disallowIncomingXRP],
  ])('the older transaction flags %i and %i do the same', (set, clear, bit) => {
    const ledger = fundedLedger([alice]);
    expect(resultOf(ledger, alice, accountSet({ Flags: set }))).toBe('tesSUCCESS');
    expect(flagsOf(ledger)).toBe(bit);
    expect(resultOf(ledger, alice, accountSet({ Flags: clear }))).toBe('tesSUCCESS');
    expect(flagsOf(ledger)).toBe(0);
  });

  test('setting what is set, or nothing at all, succeeds and costs the fee', () => {
    const ledger = fundedLedger([alice]);
    for (const fields of [{ SetFlag: 9 }, { SetFlag: 9 }, {}]) {
      expect(resultOf(ledger, alice, accountSet(fields))).toBe('tesSUCCESS');
    }
    expect(balanceOf(ledger, alice)).toBe(xrp(100) - 36n);
  });

  test('a frozen account that gave up unfreezing stays so', () => {
    const ledger = fundedLedger([alice]);
    for (const SetFlag of [6, 7]) expect(resultOf(ledger, alice, accountSet({ SetFlag }))).toBe('tesSUCCESS');
    for (const ClearFlag of [6, 7]) expect(resultOf(ledger, alice, accountSet({ ClearFlag }))).toBe('tesSUCCESS');
    expect(flagsOf(ledger)).toBe(accountFlag.noFreeze | accountFlag.globalFreeze);
    expect(resultOf(ledger, alice, accountSet({ SetFlag: 16 }))).toBe('tecNO_PERMISSION');
  });

  test('giving up unfreezing holds within the same transaction', () => {
    const ledger = fundedLedger([alice]);
    expect(resultOf(ledger, alice, accountSet({ SetFlag: 7 }))).toBe('tesSUCCESS');
    expect(resultOf(ledger, alice, accountSet({ SetFlag: 6, ClearFlag: 7 }))).toBe('tesSUCCESS');
    expect(flagsOf(ledger)).toBe(accountFlag.noFreeze | accountFlag.globalFreeze);
  });

  test('one flag is set and another one cleared by the same transaction', () => {
    const ledger = fundedLedger([alice]);
    expect(resultOf(ledger, alice, accountSet({ SetFlag: 1 }))).toBe('tesSUCCESS');
    expect(resultOf(ledger, alice, accountSet({ SetFlag: 9, ClearFlag: 1 }))).toBe('tesSUCCESS');
    expect(flagsOf(ledger)).toBe(accountFlag.depositAuth);
  });

  test('clawback is for good', () => {
    const ledger = fundedLedger([alice]);
    expect(resultOf(ledger, alice, accountSet({ SetFlag: 16 }))).toBe('tesSUCCESS');
    expect(resultOf(ledger, alice, accountSet({ ClearFlag: 16 }))).toBe('tesSUCCESS');
    expect(flagsOf(ledger)).toBe(accountFlag.allowTrustLineClawback);
  });

  test('the highest bit is not taken for a sign', () => {
    const ledger = fundedLedger([alice]);
    expect(resultOf(ledger, alice, accountSet({ SetFlag: 16 }))).toBe('tesSUCCESS');
    expect(flagsOf(ledger)).toBe(0x80000000);
    expect(resultOf(ledger, alice, accountSet({ SetFlag: 6 }))).toBe('tecNO_PERMISSION');
  });
});

describe('refusals', () => {
  test.each([
    [{ SetFlag: 9, ClearFlag: 9 }, 'temINVALID_FLAG'],
    [{ SetFlag: 1, Flags: 0x00020000 }, 'temINVALID_FLAG'],
    [{ Flags: 0x00400000 }, 'temINVALID_FLAG'],
    [{ TransferRate: 999_999_999 }, 'temBAD_TRANSFER_RATE'],
    [{ TransferRate: 2_000_000_001 }, 'temBAD_TRANSFER_RATE'],
    [{ TickSize: 2 }, 'temBAD_TICK_SIZE'],
    [{ MessageKey: 'AB' }, 'telBAD_PUBLIC_KEY'],
    [{ Domain: 'AB'.repeat(257) }, 'telBAD_DOMAIN'],
    [{ SetFlag: 10 }, 'temMALFORMED'],
    [{ SetFlag: 4 }, 'tecNO_ALTERNATIVE_KEY'],
  ])('%o', (fields, expected) => {
    expect(resultOf(fundedLedger([alice]), alice, accountSet(fields))).toBe(expected);
  });

  test.each([2, 16])('SetFlag %i wants an account that owns nothing', (SetFlag) => {
    const ledger = fundedLedger([alice]);
    expect(resultOf(ledger, alice, { TransactionType: 'TicketCreate', TicketCount: 1 })).toBe('tesSUCCESS');
    expect(resultOf(ledger, alice, accountSet({ SetFlag }))).toBe('tecOWNERS');
  });

  test.each([2, 16])('SetFlag %i finds the ticket still owned that it comes by', (SetFlag) => {
    const ledger = fundedLedger([alice]);
    const TicketSequence = ledger.account(alice.classicAddress)?.sequence ?? 0;
    expect(resultOf(ledger, alice, { TransactionType: 'TicketCreate', TicketCount: 1 })).toBe('tesSUCCESS');
    const ticketed = { Sequence: 0, TicketSequence: TicketSequence + 1 };
    expect(resultOf(ledger, alice, accountSet({ SetFlag, ...ticketed }))).toBe('tecOWNERS');
    expect(ledger.account(alice.classicAddress, 'open')?.ownerCount).toBe(0);
  });

  test.each([4, 6])('SetFlag %i wants the master key', (SetFlag) => {
    const ledger = fundedLedger([alice]);
    const key = { TransactionType: 'SetRegularKey', RegularKey: spare.classicAddress };
    expect(resultOf(ledger, alice, key)).toBe('tesSUCCESS');
    const own = { Account: alice.classicAddress };
    expect(resultOf(ledger, spare, accountSet({ ...own, SetFlag }))).toBe('tecNEED_MASTER_KEY');
    expect(resultOf(ledger, alice, accountSet({ ...own, SetFlag }))).toBe('tesSUCCESS');
  });
});

test('settings are stored, and removed by their empty value', () => {
  const ledger = fundedLedger([alice]);
  const settings = {
    Domain: 'AB',
    TransferRate: 1_100_000_000,
    TickSize: 5,
    EmailHash: 'A'.repeat(32),
    WalletLocator: 'B'.repeat(64),
  };
  expect(resultOf(ledger, alice, accountSet(settings))).toBe('tesSUCCESS');
  expect(settingsOf(ledger)).toEqual(settings);
  const none = { Domain: '', TransferRate: 0, TickSize: 0, EmailHash: '0'.repeat(32), WalletLocator: '0'.repeat(64) };
  expect(resultOf(ledger, alice, accountSet(none))).toBe('tesSUCCESS');
  expect(settingsOf(ledger)).toEqual({});
});

describe('AccountTxnID', () => {
  const memory = (ledger: ReturnType<typeof fundedLedger>): unknown =>
    ledger.account(alice.classicAddress, 'open')?.settings.AccountTxnID;
  const zeros = '0'.repeat(64);

  test('an account that does not remember has only zeros before', () => {
    const ledger = fundedLedger([alice]);
    expect(resultOf(ledger, alice, accountSet({ AccountTxnID: 'A'.repeat(64) }))).toBe('tefWRONG_PRIOR');
    expect(resultOf(ledger, alice, accountSet({ AccountTxnID: zeros }))).toBe('tesSUCCESS');
    expect(memory(ledger)).toBeUndefined();
  });

  test('it begins with zeros, follows what succeeds, and asking again changes nothing', () => {
    const ledger = fundedLedger([alice]);
    expect(resultOf(ledger, alice, accountSet({ SetFlag: 5 }))).toBe('tesSUCCESS');
    expect(memory(ledger)).toBe(zeros);
    const again = submitNext(ledger, alice, accountSet({ SetFlag: 5 }));
    expect(memory(ledger)).toBe(again.transaction.hash);
    expect(resultOf(ledger, alice, accountSet({ AccountTxnID: zeros }))).toBe('tefWRONG_PRIOR');
    expect(resultOf(ledger, alice, accountSet({ AccountTxnID: again.transaction.hash }))).toBe('tesSUCCESS');
    expect(resultOf(ledger, alice, accountSet({ ClearFlag: 5 }))).toBe('tesSUCCESS');
    expect(memory(ledger)).toBeUndefined();
  });

  test('what failed with its fee charged is not remembered', () => {
    const ledger = fundedLedger([alice]);
    expect(resultOf(ledger, alice, accountSet({ SetFlag: 5 }))).toBe('tesSUCCESS');
    const last = submitNext(ledger, alice, accountSet());
    expect(resultOf(ledger, alice, accountSet({ SetFlag: 4 }))).toBe('tecNO_ALTERNATIVE_KEY');
    expect(memory(ledger)).toBe(last.transaction.hash);
  });
});
