import { describe, expect, test } from 'vitest';
import type { Ledger } from '../ledger.ts';
import { accountSet, asking, fundedLedger, payment, submitNext, walletOf } from '../testing.ts';

const alice = walletOf(1);
const bob = walletOf(2);
const ammId = '8CC0774A3BF66D1D22E76BBDA8E8A232E6B6313834301B3B23E8601196AE6455';

describe('what a server knows', () => {
  const ask = asking(fundedLedger([alice]));

  test('its versions, in the words of the version that asks', () => {
    expect(ask('version')).toEqual({ version: { first: 1, last: 2 } });
    expect(ask('version', { api_version: undefined })).toEqual({ version: { first: 1, last: 2 } });
  });

  test('its definitions, unless the client has them', () => {
    const definitions = ask('server_definitions');
    expect(Object.keys(definitions)).toEqual(expect.arrayContaining(['FIELDS', 'TYPES', 'TRANSACTION_TYPES', 'hash']));
    const { hash } = definitions;
    expect(ask('server_definitions', { hash: String(hash).toLowerCase() })).toEqual({ hash });
    expect(ask('server_definitions', { hash: 'A'.repeat(64) })).toHaveProperty('FIELDS');
    expect(ask('server_definitions', { hash: 5 })).toMatchObject({ error: 'invalidParams' });
  });

  test('its amendments, all or one', () => {
    const amm = { name: 'AMM', enabled: false, supported: true };
    expect(ask('feature').features).toMatchObject({ [ammId]: amm });
    for (const feature of ['AMM', ammId, ammId.toLowerCase()])
      expect(ask('feature', { feature })).toEqual({ [ammId]: amm });
    expect(ask('feature', { feature: 'nothing' })).toMatchObject({ error: 'badFeature' });
    expect(ask('feature', { feature: 'AMM', vetoed: true })).toMatchObject({ error: 'noPermission' });
  });

  test('an administrator is told more', () => {
    const admin = asking(fundedLedger([alice]), 'admin');
    expect(admin('ping')).toEqual({ role: 'admin', unlimited: true });
    expect(admin('server_info').info).toMatchObject({ pubkey_validator: 'none', validation_quorum: 0 });
    expect(ask('server_info').info).not.toHaveProperty('pubkey_validator');
    expect(admin('server_info').info).toHaveProperty('validator_list');
    expect(admin('server_state').state).not.toHaveProperty('validator_list');
  });
});

describe('ledgers and their transactions', () => {
  const withHistory = (): { ledger: Ledger; hashes: string[] } => {
    const ledger = fundedLedger([alice, bob]);
    const hashes = Array.from({ length: 25 }, (_, count) => {
      const { transaction } = submitNext(ledger, alice, payment(bob, BigInt(count + 1)));
      if (count % 10 === 9) ledger.close();
      return transaction.hash;
    });
    ledger.close();
    return { ledger, hashes };
  };

  test('ledger without an index gives the last closed and the open one', () => {
    const ledger = fundedLedger([alice]);
    const { index, hash } = ledger.close();
    for (const apiVersion of [1, 2] as const) {
      const { closed, open, ...others } = asking(ledger)('ledger', {}, apiVersion);
      expect(others).toEqual({});
      const print = (number: number) => (apiVersion === 1 ? String(number) : number);
      expect(closed).toMatchObject({ ledger: { closed: true, ledger_hash: hash, ledger_index: print(index) } });
      expect(open).toEqual({ ledger: { closed: false, ledger_index: print(index + 1), parent_hash: hash } });
    }
  });

  test('the whole state is for administrators', () => {
    const ledger = fundedLedger([alice]);
    const params = { ledger_index: 'current', accounts: true };
    expect(asking(ledger)('ledger', params)).toMatchObject({ error: 'noPermission' });
    const { ledger: brief } = asking(ledger, 'admin')('ledger', params);
    expect(brief).toMatchObject({ accountState: [...ledger.openState().keys()] });
    const { ledger: full } = asking(ledger, 'admin')('ledger', { ...params, expand: true });
    expect(Object(full).accountState[0]).toHaveProperty('LedgerEntryType');
  });

  test('transaction_entry finds a transaction in its own ledger only', () => {
    const { ledger, hashes } = withHistory();
    const ask = asking(ledger);
    const last = ledger.history.lastIndex();
    const [first = ''] = hashes;
    const home = ledger.history.transactionByHash(first)?.ledgerIndex ?? 0;
    const found = {
      tx_json: { DeliverMax: '1' },
      hash: first,
      meta: { TransactionResult: 'tesSUCCESS' },
      validated: true,
    };
    expect(ask('transaction_entry', { tx_hash: first, ledger_index: home })).toMatchObject(found);
    expect(ask('transaction_entry', { tx_hash: first, ledger_index: home }, 1)).toMatchObject({
      tx_json: { hash: first, Amount: '1', DeliverMax: '1' },
      metadata: { TransactionResult: 'tesSUCCESS' },
    });
    expect(ask('transaction_entry', { tx_hash: first, ledger_index: last })).toMatchObject({
      error: 'transactionNotFound',
    });
    expect(ask('transaction_entry', { tx_hash: first })).toMatchObject({ error: 'notYetImplemented' });
    expect(ask('transaction_entry', { ledger_index: home })).toMatchObject({ error: 'fieldNotFoundTransaction' });
    expect(ask('transaction_entry', { tx_hash: 'x', ledger_index: home })).toMatchObject({ error: 'malformedRequest' });
  });

  test('tx_history: the latest twenty, the newest first, in version 1 only', () => {
    const { ledger, hashes } = withHistory();
    const ask = asking(ledger);
    const hashesFrom = (start: number): unknown[] => {
      const { txs } = ask('tx_history', { start }, 1);
      return Array.isArray(txs) ? txs.map(({ hash }) => hash) : [];
    };
    const newestFirst = hashes.toReversed();
    expect(hashesFrom(0)).toEqual(newestFirst.slice(0, 20));
    expect(hashesFrom(20).slice(0, 5)).toEqual(newestFirst.slice(20));
    expect(ask('tx_history', { start: 0 })).toMatchObject({ error: 'unknownCmd' });
    expect(ask('tx_history', {}, 1)).toMatchObject({ error: 'invalidParams' });
    expect(ask('tx_history', { start: 10_001 }, 1)).toMatchObject({ error: 'noPermission' });
  });

  test('the metadata of a new directory does not hide the transaction from its account', () => {
    const ledger = fundedLedger([alice]);
    const { transaction } = submitNext(ledger, alice, { TransactionType: 'TicketCreate', TicketCount: 1 });
    submitNext(ledger, alice, accountSet());
    ledger.close();
    const { transactions } = asking(ledger)('account_tx', { account: alice.classicAddress });
    expect(JSON.stringify(transactions)).toContain(transaction.hash);
  });
});
