import { describe, expect, test } from 'vitest';
import type { EngineResult } from '../engine-result.ts';
import type { Ledger } from '../ledger.ts';
import { ownedBy } from '../owner-directory.ts';
import { accountSet, balanceOf, fundedLedger, payment, resultOf, signTogether, walletOf, xrp } from '../testing.ts';

const alice = walletOf(1);
const bob = walletOf(2);
const deletion = { TransactionType: 'AccountDelete', Destination: bob.classicAddress, Fee: '200000' };
const remove = (ledger: Ledger, more: object = {}): EngineResult => resultOf(ledger, alice, { ...deletion, ...more });

function aged(ledger: Ledger, ledgers = 300): Ledger {
  for (let count = 0; count < ledgers; count++) ledger.close();
  return ledger;
}

describe('AccountDelete', () => {
  test('everything that is left moves on; the address can begin anew', () => {
    const ledger = aged(fundedLedger([alice, bob]));
    expect(resultOf(ledger, alice, { TransactionType: 'TicketCreate', TicketCount: 2 })).toBe('tesSUCCESS');
    expect(remove(ledger)).toBe('tesSUCCESS');
    expect(balanceOf(ledger, bob)).toBe(xrp(200) - 200_012n);
    const { metadata } = ledger.close().transactions[1] ?? {};
    expect(metadata).toMatchObject({ DeliveredAmount: '99799988', delivered_amount: '99799988' });
    expect(ledger.account(alice.classicAddress)).toBeUndefined();
    expect(ownedBy(ledger.openState(), alice.classicAddress)).toEqual([]);
    expect(resultOf(ledger, bob, payment(alice, xrp(2)))).toBe('tesSUCCESS');
    expect(ledger.account(alice.classicAddress, 'open')).toMatchObject({ sequence: ledger.openIndex(), ownerCount: 0 });
  });

  test('the node of the deleted account ends empty and names its last transaction inside', () => {
    const ledger = aged(fundedLedger([alice, bob]));
    const last = ledger.account(alice.classicAddress)?.thread.transactionHash;
    remove(ledger);
    const nodes = ledger.close().transactions[0]?.metadata.AffectedNodes;
    const deleted = {
      DeletedNode: {
        LedgerEntryType: 'AccountRoot',
        FinalFields: { Account: alice.classicAddress, Balance: '0', PreviousTxnID: last },
        PreviousFields: { Balance: '100000000' },
      },
    };
    expect(Array.isArray(nodes) ? nodes.find((node) => 'DeletedNode' in node) : nodes).toMatchObject(deleted);
  });

  test('an account must be 255 ledgers older than its sequence', () => {
    const ledger = fundedLedger([alice, bob]);
    const sequence = ledger.account(alice.classicAddress)?.sequence ?? 0;
    while (ledger.openIndex() < sequence + 254) ledger.close();
    expect(remove(ledger)).toBe('tecTOO_SOON');
    while (ledger.openIndex() < sequence + 1 + 255) ledger.close();
    expect(remove(ledger)).toBe('tesSUCCESS');
  });

  test('more signatures cost no more', () => {
    const members = [walletOf(3), walletOf(4)];
    const ledger = aged(fundedLedger([alice, bob]));
    const SignerEntries = members.map(({ classicAddress }) => ({
      SignerEntry: { Account: classicAddress, SignerWeight: 1 },
    }));
    expect(resultOf(ledger, alice, { TransactionType: 'SignerListSet', SignerQuorum: 2, SignerEntries })).toBe(
      'tesSUCCESS',
    );
    const Sequence = ledger.account(alice.classicAddress, 'open')?.sequence;
    const signed = (Fee: string) =>
      signTogether({ ...deletion, Account: alice.classicAddress, Sequence, Fee }, members);
    expect(ledger.submit(signed('199999')).engineResult).toBe('telINSUF_FEE_P');
    expect(ledger.submit(signed('200000')).engineResult).toBe('tesSUCCESS');
  });

  test.each([
    [{ Destination: alice.classicAddress }, 'temDST_IS_SRC'],
    [{ Destination: walletOf(9).classicAddress }, 'tecNO_DST'],
    [{ Fee: '199999' }, 'telINSUF_FEE_P'],
  ])('refused: %o', (fields, expected) => {
    expect(remove(aged(fundedLedger([alice, bob])), fields)).toBe(expected);
  });

  test('the destination’s tag and deposit rules hold, without the exception of payments', () => {
    const ledger = aged(fundedLedger([alice, bob]));
    expect(resultOf(ledger, bob, accountSet({ SetFlag: 1 }))).toBe('tesSUCCESS');
    expect(remove(ledger)).toBe('tecDST_TAG_NEEDED');
    expect(resultOf(ledger, bob, accountSet({ SetFlag: 9 }))).toBe('tesSUCCESS');
    expect(resultOf(ledger, bob, payment(alice, balanceOf(ledger, bob) - xrp(1)))).toBe('tesSUCCESS');
    expect(balanceOf(ledger, bob)).toBeLessThan(xrp(1));
    expect(remove(ledger, { DestinationTag: 1 })).toBe('tecNO_PERMISSION');
  });
});
