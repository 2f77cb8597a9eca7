import { decode, encode } from 'ripple-binary-codec';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Ledger } from '../ledger.ts';
import { type Fields, accountSet, asking, fundedLedger, payment, submitNext, walletOf } from '../testing.ts';

const alice = walletOf(1);
const bob = walletOf(2);
const nobody = walletOf(9);
const own = { Account: alice.classicAddress };

let ledger: Ledger;
let simulate: (fields: Fields, more?: Fields) => Record<string, unknown>;

beforeEach(() => {
  ledger = fundedLedger([alice, bob]);
  const ask = asking(ledger);
  simulate = (fields, more = {}) => ask('simulate', { tx_json: { ...own, ...fields }, ...more });
});

describe('simulate', () => {
  test('what is left out is filled in; nothing happens', () => {
    const before = ledger.openState();
    const dry = simulate(payment(bob, 7n));
    expect(dry).toMatchObject({
      applied: false,
      engine_result: 'tesSUCCESS',
      engine_result_message: 'The simulated transaction would have been applied.',
      ledger_index: ledger.openIndex(),
      tx_json: { Fee: '10', Sequence: ledger.account(alice.classicAddress)?.sequence, SigningPubKey: '', Amount: '7' },
      meta: { TransactionResult: 'tesSUCCESS', TransactionIndex: 0, delivered_amount: '7' },
    });
    expect(ledger.openState()).toBe(before);
    expect(ledger.openTransactions()).toEqual([]);
  });

  test('it comes out as the real one does', () => {
    const { meta } = simulate(payment(bob, 7n, { Fee: '12' }));
    const { transaction } = submitNext(ledger, alice, payment(bob, 7n));
    expect(meta).toEqual(ledger.openTransaction(transaction.hash)?.metadata);
  });

  test('each type at its own fee', () => {
    const feeOf = (fields: Fields): unknown => Object(simulate(fields).tx_json).Fee;
    expect(feeOf({ TransactionType: 'AccountDelete', Destination: bob.classicAddress })).toBe('200000');
    ledger.setLoadFactor(2);
    expect(feeOf(accountSet())).toBe('20');
    expect(feeOf(accountSet({ Signers: [{ Signer: { Account: bob.classicAddress } }] }))).toBe('40');
  });

  test.each([
    [payment(nobody, 1n), 'tecNO_DST_INSUF_XRP'],
    [payment(bob, 0n), 'temBAD_AMOUNT'],
    [{ ...accountSet(), Sequence: 1 }, 'tefPAST_SEQ'],
    [{ ...accountSet(), Account: nobody.classicAddress, Sequence: 1 }, 'terNO_ACCOUNT'],
    [{ ...accountSet(), Signers: [{ Signer: { Account: bob.classicAddress } }] }, 'tefNOT_MULTI_SIGNING'],
  ])('%o → %s', (fields, expected) => {
    const dry = simulate(fields);
    expect(dry.engine_result).toBe(expected);
    expect('meta' in dry).toBe(expected.startsWith('tec'));
  });

  test('a signer list is asked, its signatures are not', () => {
    const SignerEntries = [{ SignerEntry: { Account: bob.classicAddress, SignerWeight: 1 } }];
    submitNext(ledger, alice, { TransactionType: 'SignerListSet', SignerQuorum: 1, SignerEntries });
    const signedBy = (wallet: typeof bob): unknown =>
      simulate(accountSet({ Signers: [{ Signer: { Account: wallet.classicAddress } }] })).engine_result;
    expect(signedBy(bob)).toBe('tesSUCCESS');
    expect(signedBy(nobody)).toBe('tefBAD_SIGNATURE');
  });

  test('binary, in and out', () => {
    const blob = encode({ ...own, ...payment(bob, 7n), SigningPubKey: '' });
    const dry = asking(ledger)('simulate', { tx_blob: blob, binary: true });
    expect(decode(String(dry.tx_blob))).toMatchObject({ Amount: '7', Fee: '10' });
    expect(decode(String(dry.meta_blob))).toMatchObject({ TransactionResult: 'tesSUCCESS' });
  });

  test('a past ledger is tried as it was', () => {
    const { index } = ledger.close();
    submitNext(ledger, alice, accountSet());
    ledger.close();
    const dry = simulate(accountSet(), { ledger_index: index });
    expect(dry).toMatchObject({ engine_result: 'tesSUCCESS', ledger_index: index });
    expect(Object(dry.tx_json).Sequence).toBe((ledger.account(alice.classicAddress)?.sequence ?? 0) - 1);
  });

  test.each([
    [{}, 'invalidParams'],
    [{ tx_json: 5 }, 'invalidParams'],
    [{ tx_json: own }, 'invalidParams'],
    [{ tx_json: accountSet() }, 'invalidParams'],
    [{ tx_blob: 'zz' }, 'invalidParams'],
    [{ tx_json: { ...own, ...accountSet() }, seed: 's' }, 'invalidParams'],
    [{ tx_json: { ...own, ...accountSet(), NoField: 1 } }, 'invalidParams'],
    [{ tx_json: { ...own, ...accountSet(), Sequence: 'x' } }, 'invalidParams'],
    [{ tx_json: { ...own, ...accountSet(), TicketCount: 1 } }, 'invalidTransaction'],
    [{ tx_json: { ...own, ...accountSet(), TxnSignature: 'AB' } }, 'transactionSigned'],
  ])('refused: %o', (params, error) => {
    expect(asking(ledger)('simulate', params)).toMatchObject({ error });
  });

  test('an unsigned transaction still cannot be submitted', () => {
    const { tx_blob: blob } = simulate(payment(bob, 7n), { binary: true });
    expect(asking(ledger)('submit', { tx_blob: blob })).toMatchObject({ error: 'invalidTransaction' });
  });
});
