import { describe, expect, test } from 'vitest';
import { accountFlag, hasFlag } from '../entries.ts';
import type { Ledger } from '../ledger.ts';
import { accountSet, balanceOf, fundedLedger, payment, resultOf, walletOf, xrp } from '../testing.ts';

const alice = walletOf(1);
const bob = walletOf(2);
const spare = walletOf(3);
const setKey = (Fee: string): object => ({
  TransactionType: 'SetRegularKey',
  Account: alice.classicAddress,
  RegularKey: spare.classicAddress,
  Fee,
});
const isSpent = (ledger: Ledger): boolean =>
  hasFlag(ledger.account(alice.classicAddress, 'open')?.flags ?? 0, accountFlag.passwordSpent);

describe('the free SetRegularKey', () => {
  test('the first costs nothing; the next one does, until XRP arrives', () => {
    const ledger = fundedLedger([alice, bob]);
    expect(resultOf(ledger, alice, { ...setKey('0') })).toBe('tesSUCCESS');
    expect(balanceOf(ledger, alice)).toBe(xrp(100));
    expect(isSpent(ledger)).toBe(true);
    expect(resultOf(ledger, alice, { ...setKey('0') })).toBe('telINSUF_FEE_P');
    expect(resultOf(ledger, alice, { ...setKey('10') })).toBe('tesSUCCESS');
    expect(resultOf(ledger, bob, payment(alice, 1n))).toBe('tesSUCCESS');
    expect(isSpent(ledger)).toBe(false);
    expect(resultOf(ledger, alice, { ...setKey('0') })).toBe('tesSUCCESS');
  });

  test('it is spent even if a fee was paid', () => {
    const ledger = fundedLedger([alice]);
    expect(resultOf(ledger, alice, { ...setKey('12') })).toBe('tesSUCCESS');
    expect(balanceOf(ledger, alice)).toBe(xrp(100) - 12n);
    expect(resultOf(ledger, alice, { ...setKey('0') })).toBe('telINSUF_FEE_P');
  });

  test('only the master key has it', () => {
    const ledger = fundedLedger([alice, bob]);
    expect(resultOf(ledger, alice, { ...setKey('12') })).toBe('tesSUCCESS');
    expect(resultOf(ledger, bob, payment(alice, 1n))).toBe('tesSUCCESS');
    expect(resultOf(ledger, spare, { ...setKey('0') })).toBe('telINSUF_FEE_P');
    expect(resultOf(ledger, spare, { ...setKey('10') })).toBe('tesSUCCESS');
    expect(isSpent(ledger)).toBe(false);
  });

  test('no other transaction is free', () => {
    expect(resultOf(fundedLedger([alice]), alice, accountSet({ Fee: '0' }))).toBe('telINSUF_FEE_P');
  });
});
