import { describe, expect, test } from 'vitest';
import type { Wallet } from 'xrpl';
import { accountIdHex, signerListIndex } from './hashing.ts';
import type { Ledger } from './ledger.ts';
import { type Fields, accountSet, fundedLedger, resultOf, signTogether, submitNext, walletOf } from './testing.ts';

const alice = walletOf(1);
const spare = walletOf(2);
const members = [walletOf(3), walletOf(4), walletOf(5)];
const stranger = walletOf(6);
const own = { Account: alice.classicAddress };

describe('keys', () => {
  test('only the account’s own key, until there is a regular one', () => {
    const ledger = fundedLedger([alice, spare]);
    expect(resultOf(ledger, spare, accountSet(own))).toBe('tefBAD_AUTH');
    submitNext(ledger, alice, { TransactionType: 'SetRegularKey', RegularKey: spare.classicAddress });
    expect(resultOf(ledger, spare, accountSet(own))).toBe('tesSUCCESS');
    expect(resultOf(ledger, alice, accountSet(own))).toBe('tesSUCCESS');
    expect(resultOf(ledger, spare, { ...own, TransactionType: 'SetRegularKey' })).toBe('tesSUCCESS');
    expect(resultOf(ledger, spare, accountSet(own))).toBe('tefBAD_AUTH');
  });

  test('a disabled master key, which the last other key cannot leave alone', () => {
    const ledger = fundedLedger([alice]);
    submitNext(ledger, alice, { TransactionType: 'SetRegularKey', RegularKey: spare.classicAddress });
    expect(resultOf(ledger, alice, accountSet({ SetFlag: 4 }))).toBe('tesSUCCESS');
    expect(resultOf(ledger, alice, accountSet())).toBe('tefMASTER_DISABLED');
    expect(resultOf(ledger, spare, { ...own, TransactionType: 'SetRegularKey' })).toBe('tecNO_ALTERNATIVE_KEY');
    expect(resultOf(ledger, spare, accountSet({ ...own, ClearFlag: 4 }))).toBe('tesSUCCESS');
    expect(resultOf(ledger, alice, accountSet())).toBe('tesSUCCESS');
  });

  test('the master key is no regular key', () => {
    const key = { TransactionType: 'SetRegularKey', RegularKey: alice.classicAddress };
    expect(resultOf(fundedLedger([alice]), alice, key)).toBe('temBAD_REGKEY');
  });

  test('authority is judged before the fee', () => {
    expect(resultOf(fundedLedger([alice]), spare, accountSet({ ...own, Fee: '1' }))).toBe('tefBAD_AUTH');
  });
});

const entries = (weights: readonly number[]): Fields[] =>
  weights.map((SignerWeight, index) => ({ SignerEntry: { Account: members[index]?.classicAddress, SignerWeight } }));
const list = (SignerQuorum: number, weights: readonly number[]): Fields => ({
  TransactionType: 'SignerListSet',
  SignerQuorum,
  ...(weights.length > 0 && { SignerEntries: entries(weights) }),
});

function resultTogether(ledger: Ledger, wallets: readonly Wallet[], Fee = '40'): string {
  const { sequence } = ledger.account(alice.classicAddress, 'open') ?? {};
  return ledger.submit(signTogether(accountSet({ ...own, Sequence: sequence, Fee }), wallets)).engineResult;
}

describe('signer lists', () => {
  test('enough weight signs for the account', () => {
    const ledger = fundedLedger([alice]);
    expect(resultTogether(ledger, members)).toBe('tefNOT_MULTI_SIGNING');
    expect(resultOf(ledger, alice, list(3, [1, 2, 1]))).toBe('tesSUCCESS');
    expect(resultTogether(ledger, members.slice(0, 2))).toBe('tesSUCCESS');
    expect(resultTogether(ledger, members.slice(0, 1))).toBe('tefBAD_QUORUM');
    expect(resultTogether(ledger, [...members, stranger], '50')).toBe('tefBAD_SIGNATURE');
    expect(resultTogether(ledger, members, '39')).toBe('telINSUF_FEE_P');
    expect(resultTogether(ledger, members)).toBe('tesSUCCESS');
  });

  test('one object, whatever its length; gone with quorum 0', () => {
    const ledger = fundedLedger([alice]);
    for (const weights of [
      [1, 2, 1],
      [1, 1],
    ])
      expect(resultOf(ledger, alice, list(2, weights))).toBe('tesSUCCESS');
    expect(ledger.account(alice.classicAddress, 'open')?.ownerCount).toBe(1);
    expect(resultOf(ledger, alice, list(0, []))).toBe('tesSUCCESS');
    expect(ledger.account(alice.classicAddress, 'open')?.ownerCount).toBe(0);
    expect(resultTogether(ledger, members)).toBe('tefNOT_MULTI_SIGNING');
  });

  test('members are kept in the order of their account ids, with whatever locates them', () => {
    const ledger = fundedLedger([alice]);
    const locator = 'AB'.repeat(32);
    const SignerEntries = [0, 1, 2].map((index) => ({
      SignerEntry: { Account: members[index]?.classicAddress, SignerWeight: 1, WalletLocator: locator },
    }));
    for (const order of [SignerEntries, SignerEntries.toReversed()]) {
      expect(resultOf(ledger, alice, { ...list(2, [1]), SignerEntries: order })).toBe('tesSUCCESS');
      const stored = ledger.openState().get(signerListIndex(alice.classicAddress));
      expect(stored?.type === 'SignerList' && stored.signers).toEqual(
        members
          .map(({ classicAddress }) => ({ account: classicAddress, weight: 1, walletLocator: locator }))
          .toSorted((a, b) => (accountIdHex(a.account) < accountIdHex(b.account) ? -1 : 1)),
      );
    }
  });

  test.each([
    [list(3, [1, 1]), 'temBAD_QUORUM'],
    [list(1, [1, 0]), 'temBAD_WEIGHT'],
    [list(0, [1]), 'temMALFORMED'],
    [list(1, []), 'temMALFORMED'],
    [{ ...list(1, [1]), SignerEntries: [...entries([1]), ...entries([1])] }, 'temBAD_SIGNER'],
  ])('refused: %o', (fields, expected) => {
    expect(resultOf(fundedLedger([alice]), alice, fields)).toBe(expected);
  });

  test('signers out of order, or one forged, are no transaction', () => {
    const ledger = fundedLedger([alice]);
    const { sequence } = ledger.account(alice.classicAddress) ?? {};
    const [first, second] = members;
    if (first === undefined || second === undefined) throw new Error('two members are needed');
    const fields = { ...accountSet(own), Sequence: sequence, Fee: '40' };
    const forged: Wallet = Object.assign(Object.create(first), { privateKey: second.privateKey });
    expect(() => ledger.submit(signTogether(fields, [forged, second]))).toThrow('Invalid signature on account');
    expect(() => ledger.submit(signTogether(fields, [first, first]))).toThrow('Duplicate Signers');
    expect(() => ledger.submit(signTogether(fields, [alice]))).toThrow('Invalid multisigner');
  });
});
