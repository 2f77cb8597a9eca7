import { encode } from 'ripple-binary-codec';
import { sign } from 'ripple-keypairs';
import { describe, expect, test } from 'vitest';
import { ECDSA } from 'xrpl';
import { accountSet, fundedLedger, payment, signFields, walletOf } from './testing.ts';
import { InvalidTransaction, parseTransaction } from './transaction.ts';

const alice = walletOf(1);
const bob = walletOf(2);
const fields = { Account: alice.classicAddress, Sequence: 5 };
const memo = (parts: Record<string, string>): object => ({ Memos: [{ Memo: parts }] });
const parse = (more: object): unknown =>
  parseTransaction(signFields(alice, { ...payment(bob, 1n), ...fields, ...more }));

describe('what a blob must be', () => {
  test('a signed transaction has the id xrpl.js gives it', () => {
    const signed = alice.sign({ TransactionType: 'AccountSet', Fee: '12', ...fields });
    expect(parseTransaction(signed.tx_blob.toLowerCase()).hash).toBe(signed.hash);
  });

  test.each(['1234', '00'.repeat(40), encode({ ...payment(bob, 1n), ...fields }).slice(0, -2)])(
    'not decodable: %s',
    (blob) => {
      expect(() => parseTransaction(blob)).toThrow(/decode|required but missing|canonical/);
    },
  );

  test('nothing may follow the last field', () => {
    expect(() => parseTransaction(`${signFields(alice, { ...payment(bob, 1n), ...fields })}1200`)).toThrow(
      InvalidTransaction,
    );
  });

  test('fields must come in their order, though the signature would hold', () => {
    const blob = signFields(alice, { ...accountSet(), ...fields });
    const [type, sequence] = [blob.slice(0, 6), blob.slice(6, 16)];
    expect(sequence).toBe('2400000005');
    expect(() => parseTransaction(sequence + type + blob.slice(16))).toThrow('not serialized canonically');
  });

  test('required and foreign fields', () => {
    const { Amount: _amount, ...withoutAmount } = payment(bob, 1n);
    expect(() => parseTransaction(signFields(alice, { ...withoutAmount, ...fields }))).toThrow(
      "Field 'Amount' is required but missing.",
    );
    expect(() => parseTransaction(signFields(alice, { ...accountSet(), ...fields, TicketCount: 3 }))).toThrow(
      "Field 'TicketCount' found in disallowed location.",
    );
  });
});

describe('signatures', () => {
  test.each([ECDSA.ed25519, ECDSA.secp256k1])('%s: right, tampered with, and someone else’s', (algorithm) => {
    const wallet = walletOf(3, algorithm);
    const own = { ...payment(bob, 1n), Account: wallet.classicAddress, Sequence: 5 };
    const signed = parseTransaction(signFields(wallet, own));
    expect(signed.json.Account).toBe(wallet.classicAddress);
    const tampered = encode({ ...signed.json, Amount: '2' });
    expect(() => parseTransaction(tampered)).toThrow('fails local checks: Invalid signature.');
    const borrowed = encode({ ...signed.json, SigningPubKey: walletOf(4, algorithm).publicKey });
    expect(() => parseTransaction(borrowed)).toThrow('fails local checks: Invalid signature.');
    const garbled = encode({ ...signed.json, TxnSignature: 'ABCD' });
    expect(() => parseTransaction(garbled)).toThrow('fails local checks: Invalid signature.');
  });

  test('unsigned', () => {
    const unsigned = encode({ ...payment(bob, 1n), ...fields, Fee: '12', SigningPubKey: '' });
    expect(() => parseTransaction(unsigned)).toThrow('Invalid signature.');
  });
});

describe('amounts below zero', () => {
  /** The codec writes none, so the sign is turned in the bytes and the result signed. */
  function signNegative(name: 'Amount' | 'Fee' | 'SendMax' | 'DeliverMin'): string {
    const header = { Amount: '61', Fee: '68', SendMax: '69', DeliverMin: '6A' }[name];
    const unsigned = encode({ ...payment(bob, 5n), ...fields, Fee: '5', [name]: '5', SigningPubKey: alice.publicKey });
    const turned = unsigned.replace(`${header}4000000000000005`, `${header}0000000000000005`);
    const signature = sign(`53545800${turned}`, alice.privateKey);
    // TxnSignature stands right behind the 33 bytes of the key.
    const end = turned.indexOf(alice.publicKey) + 66;
    return `${turned.slice(0, end)}7440${signature}${turned.slice(end)}`;
  }

  test.each([
    ['Amount', 'temBAD_AMOUNT'],
    ['SendMax', 'temBAD_AMOUNT'],
    ['DeliverMin', 'temBAD_AMOUNT'],
    ['Fee', 'temBAD_FEE'],
  ] as const)('%s is a transaction, refused with %s', (name, expected) => {
    const blob = signNegative(name);
    expect(parseTransaction(blob).json[name]).toBe('-5');
    expect(fundedLedger([alice, bob]).submit(blob).engineResult).toBe(expected);
  });

  test('its signature counts all the same', () => {
    const blob = signNegative('Amount');
    const forged = blob.replace('2400000005', '2400000006');
    expect(() => parseTransaction(forged)).toThrow('Invalid signature.');
  });
});

test.each([
  { TransactionType: 'EnableAmendment', Amendment: 'A'.repeat(64), LedgerSequence: 5 },
  { TransactionType: 'SetFee' },
])('what only validators write is not submitted: $TransactionType', (pseudo) => {
  expect(() => parseTransaction(signFields(alice, { ...pseudo, ...fields }))).toThrow(
    'fails local checks: Cannot submit pseudo transactions.',
  );
});

describe('memos', () => {
  test('all three fields, and a payment reference', () => {
    expect(parse(memo({ MemoData: 'AB'.repeat(32) }))).toBeDefined();
    expect(parse(memo({ MemoType: '74657874', MemoData: 'FF00', MemoFormat: '612F62' }))).toBeDefined();
  });

  test('1024 bytes at most: the header bytes of memo and data count', () => {
    const overhead = 1 + 1 + 2 + 1;
    expect(parse(memo({ MemoData: 'AB'.repeat(1024 - overhead) }))).toBeDefined();
    expect(() => parse(memo({ MemoData: 'AB'.repeat(1025 - overhead) }))).toThrow(
      'fails local checks: The memo exceeds the maximum allowed size.',
    );
  });

  test('type and format must be URL-safe text, data need not', () => {
    expect(() => parse(memo({ MemoType: 'FF' }))).toThrow('allowed in URLs');
    expect(() => parse(memo({ MemoFormat: '20' }))).toThrow('allowed in URLs');
  });

  test('no other fields', () => {
    expect(() => parse({ Memos: [{ Memo: { MemoData: 'AB', Domain: 'AB' } }] })).toThrow('may contain only MemoType');
  });
});
