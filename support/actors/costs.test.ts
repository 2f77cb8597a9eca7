/** What acting costs is booked once, by account, and asked for from a mark on. */
import { describe, expect, test } from 'vitest';
import type { Receipt } from '../clients/flare/account.ts';
import type { FinalTransaction } from '../clients/xrpl/ledger-account.ts';
import { uba, wei } from '../units/amounts.ts';
import { CostBook } from './costs.ts';

const RECEIPT: Receipt = {
  hash: '0x01',
  blockNumber: 5,
  transactionIndex: 0,
  succeeded: true,
  gasCostWei: wei(336_729n),
  logs: [],
  contractAddress: undefined,
};
const PAYMENT: FinalTransaction = { hash: 'AB', result: 'tesSUCCESS', ledger: 7, feeDrops: uba(12n) };

describe('CostBook', () => {
  test('gas, request fees and ledger fees, each from its own account', () => {
    const book = new CostBook();
    book.gas(RECEIPT, 'reserveCollateral');
    book.attestation({ ...RECEIPT, hash: '0x02' }, 1_000n);
    book.ledger(PAYMENT, 'the minting payment');
    expect(book.since(0)).toEqual([
      { account: 'native', amount: -336_729n, cause: 'fee', text: 'gas of reserveCollateral', source: '0x01' },
      { account: 'native', amount: -1_000n, cause: 'fee', text: 'fee of an attestation request', source: '0x02' },
      { account: 'xrp', amount: -12n, cause: 'fee', text: 'ledger fee of the minting payment', source: 'AB' },
    ]);
  });

  test('a mark leaves out what came before it, and asking twice gives the same', () => {
    const book = new CostBook();
    book.gas(RECEIPT, 'before');
    const mark = book.mark();
    book.ledger(PAYMENT, 'after');
    expect(book.since(mark)).toHaveLength(1);
    expect(book.since(mark)).toEqual(book.since(mark));
    expect(book.since(book.mark())).toEqual([]);
  });

  test('own transactions are known by hash, each once', () => {
    const book = new CostBook();
    book.gas(RECEIPT, 'a request');
    book.attestation(RECEIPT, 1_000n);
    book.ledger(PAYMENT, 'a payment');
    expect([...book.transactions()]).toEqual(['0x01', 'AB']);
  });
});
