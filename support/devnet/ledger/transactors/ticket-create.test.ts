import { describe, expect, test } from 'vitest';
import { type Fields, accountSet, fundedLedger, payment, resultOf, submitNext, walletOf, xrp } from '../testing.ts';

const alice = walletOf(1);
const bob = walletOf(2);
const create = (TicketCount: number): Fields => ({ TransactionType: 'TicketCreate', TicketCount });
const withTicket = (TicketSequence: number): Fields => ({ Sequence: 0, TicketSequence });

describe('tickets', () => {
  test('n tickets: the sequence jumps n + 1, each is an owned object', () => {
    const ledger = fundedLedger([alice]);
    const first = (ledger.account(alice.classicAddress)?.sequence ?? 0) + 1;
    expect(resultOf(ledger, alice, create(3))).toBe('tesSUCCESS');
    expect(ledger.account(alice.classicAddress, 'open')).toMatchObject({
      sequence: first + 3,
      ownerCount: 3,
      ticketCount: 3,
    });
    const made = ledger.close().transactions[0]?.metadata.AffectedNodes;
    expect(made).toEqual(
      expect.arrayContaining(
        [0, 1, 2].map((offset) => ({
          CreatedNode: expect.objectContaining({
            LedgerEntryType: 'Ticket',
            NewFields: { Account: alice.classicAddress, TicketSequence: first + offset },
          }),
        })),
      ),
    );
  });

  test('used in any order, once, and without touching the sequence', () => {
    const ledger = fundedLedger([alice, bob]);
    const first = (ledger.account(alice.classicAddress)?.sequence ?? 0) + 1;
    submitNext(ledger, alice, create(2));
    expect(resultOf(ledger, alice, payment(bob, 1n, withTicket(first + 1)))).toBe('tesSUCCESS');
    expect(resultOf(ledger, alice, payment(bob, 1n, withTicket(first)))).toBe('tesSUCCESS');
    expect(resultOf(ledger, alice, payment(bob, 1n, withTicket(first)))).toBe('tefNO_TICKET');
    expect(ledger.account(alice.classicAddress, 'open')).toMatchObject({
      sequence: first + 2,
      ownerCount: 0,
      ticketCount: 0,
    });
  });

  test('a failed transaction uses its ticket up as well', () => {
    const ledger = fundedLedger([alice, bob]);
    const first = (ledger.account(alice.classicAddress)?.sequence ?? 0) + 1;
    submitNext(ledger, alice, create(1));
    expect(resultOf(ledger, alice, payment(bob, xrp(1000), withTicket(first)))).toBe('tecUNFUNDED_PAYMENT');
    expect(ledger.account(alice.classicAddress, 'open')?.ticketCount).toBe(0);
  });

  test('refusals', () => {
    const ledger = fundedLedger([alice, bob]);
    const sequence = ledger.account(alice.classicAddress)?.sequence ?? 0;
    expect(resultOf(ledger, alice, create(0))).toBe('temINVALID_COUNT');
    expect(resultOf(ledger, alice, create(251))).toBe('temINVALID_COUNT');
    expect(resultOf(ledger, alice, accountSet({ TicketSequence: sequence - 1 }))).toBe('temSEQ_AND_TICKET');
    expect(resultOf(ledger, alice, accountSet(withTicket(sequence - 1)))).toBe('tefNO_TICKET');
    expect(resultOf(ledger, alice, accountSet(withTicket(sequence)))).toBe('terPRE_TICKET');
    expect(resultOf(ledger, alice, accountSet({ ...withTicket(1), AccountTxnID: 'A'.repeat(64) }))).toBe('temINVALID');
    expect(resultOf(ledger, alice, payment(bob, xrp(98)))).toBe('tesSUCCESS');
    expect(resultOf(ledger, alice, create(10))).toBe('tecINSUFFICIENT_RESERVE');
    expect(resultOf(ledger, alice, create(4))).toBe('tesSUCCESS');
  });

  test('250 at a time is all an account may hold', () => {
    const ledger = fundedLedger([alice]);
    expect(resultOf(ledger, alice, create(250))).toBe('tesSUCCESS');
    expect(resultOf(ledger, alice, create(1))).toBe('tecDIR_FULL');
  });
});
