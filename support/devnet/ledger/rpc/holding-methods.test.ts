import { beforeEach, describe, expect, test } from 'vitest';
import type { Ledger } from '../ledger.ts';
import { accountSet, asking, fundedLedger, submitNext, walletOf } from '../testing.ts';

const alice = walletOf(1);
const nobody = walletOf(9);
const account = alice.classicAddress;

let ledger: Ledger;
let ask: ReturnType<typeof asking>;
const current = () => ({ ledger_current_index: ledger.openIndex(), validated: false });

beforeEach(() => {
  ledger = fundedLedger([alice]);
  ask = asking(ledger);
});

describe('accounts that own nothing of the kind', () => {
  test.each([
    ['account_channels', { account, channels: [] }],
    ['account_currencies', { receive_currencies: [], send_currencies: [] }],
    ['account_lines', { account, lines: [] }],
    ['account_nfts', { account, account_nfts: [] }],
    ['account_offers', { account, offers: [] }],
    ['account_objects', { account, account_objects: [] }],
    ['gateway_balances', { account }],
  ])('%s, in exactly these fields', (command, expected) => {
    expect(ask(command, { account })).toEqual({ ...expected, ...current() });
    const { index, hash } = ledger.close();
    expect(ask(command, { account, ledger_index: 'validated' })).toEqual({
      ...expected,
      ledger_hash: hash,
      ledger_index: index,
      validated: true,
    });
  });

  test.each([
    ['account_channels', { account, destination_account: 'x' }, 'actMalformed'],
    ['account_lines', { account, peer: 'x' }, 'actMalformed'],
    ['account_lines', { account, limit: 0 }, 'invalidParams'],
    ['account_lines', { account, limit: -1 }, 'invalidParams'],
    ['account_nfts', { account: nobody.classicAddress }, 'actNotFound'],
    ['account_offers', { account, limit: '10' }, 'invalidParams'],
    ['account_offers', { account, marker: 'A'.repeat(64) }, 'invalidParams'],
    ['account_objects', { account, type: 'nothing' }, 'invalidParams'],
    ['account_objects', { account, type: 'fee' }, 'invalidParams'],
    ['gateway_balances', { account, hotwallet: ['x'] }, 'invalidHotWallet'],
    ['account_currencies', {}, 'invalidParams'],
  ])('%s %o → %s', (command, params, error) => {
    expect(ask(command, params)).toMatchObject({ error });
  });
});

test('pages are as short and as long as a public server makes them; an administrator may have any', () => {
  submitNext(ledger, alice, { TransactionType: 'TicketCreate', TicketCount: 250 });
  const lengths = (who: ReturnType<typeof asking>): unknown[] =>
    [2, 50, 1000, undefined].map((limit) => {
      const { account_objects: objects } = who('account_objects', { account, ...(limit !== undefined && { limit }) });
      return Array.isArray(objects) && objects.length;
    });
  expect(lengths(ask)).toEqual([10, 50, 250, 200]);
  expect(lengths(asking(ledger, 'admin'))).toEqual([2, 50, 250, 200]);
  expect(ask('account_tx', { account, limit: 1000 }).limit).toBe(400);
  expect(asking(ledger, 'admin')('account_tx', { account, limit: 1000 }).limit).toBe(1000);
});

describe('noripple_check', () => {
  test('a gateway should ripple, and gets the transaction for it', () => {
    const params = { account, role: 'gateway', transactions: true };
    expect(ask('noripple_check', params)).toEqual({
      problems: ['You should immediately set your default ripple flag'],
      transactions: [
        {
          Account: account,
          Fee: 10,
          Sequence: ledger.account(account)?.sequence,
          SetFlag: 8,
          TransactionType: 'AccountSet',
        },
      ],
      ...current(),
    });
    submitNext(ledger, alice, accountSet({ SetFlag: 8 }));
    expect(ask('noripple_check', params)).toMatchObject({ problems: [], transactions: [] });
  });

  test('a user should not', () => {
    expect(ask('noripple_check', { account, role: 'user' })).toEqual({ problems: [], ...current() });
    submitNext(ledger, alice, accountSet({ SetFlag: 8 }));
    expect(ask('noripple_check', { account, role: 'user' }).problems).toHaveLength(1);
    expect(ask('noripple_check', { account, role: 'king' })).toMatchObject({ error: 'invalidParams' });
    expect(ask('noripple_check', { account })).toMatchObject({ error: 'invalidParams' });
  });
});

describe('order books', () => {
  const xrp = { currency: 'XRP' };
  const usd = { currency: 'USD', issuer: account };

  test('empty', () => {
    expect(ask('book_offers', { taker_pays: usd, taker_gets: xrp })).toEqual({ offers: [], ...current() });
  });

  test.each([
    [{ taker_pays: usd }, 'invalidParams'],
    [{ taker_pays: {}, taker_gets: xrp }, 'invalidParams'],
    [{ taker_pays: xrp, taker_gets: xrp }, 'badMarket'],
    [{ taker_pays: { currency: 'US' }, taker_gets: xrp }, 'srcCurMalformed'],
    [{ taker_pays: { currency: 'USD' }, taker_gets: xrp }, 'srcIsrMalformed'],
    [{ taker_pays: xrp, taker_gets: { currency: 'US' } }, 'dstAmtMalformed'],
    [{ taker_pays: xrp, taker_gets: { currency: 'USD', issuer: 'x' } }, 'dstIsrMalformed'],
  ])('%o → %s', (params, error) => {
    expect(ask('book_offers', params)).toMatchObject({ error });
  });

  test('no price changes', () => {
    const { index, hash } = ledger.close();
    expect(ask('book_changes')).toMatchObject({
      type: 'bookChanges',
      changes: [],
      ledger_index: index,
      ledger_hash: hash,
    });
    expect(ask('book_changes', { ledger_index: 'current' })).toMatchObject({ error: 'lgrNotValidated' });
  });
});

test('manifest of a validator nobody has heard of', () => {
  const requested = Object(ask('server_info').info).pubkey_node;
  expect(ask('manifest', { public_key: requested })).toEqual({ requested });
  expect(ask('manifest', { public_key: account })).toMatchObject({ error: 'invalidParams', requested: account });
  expect(ask('manifest')).toMatchObject({ error: 'invalidParams' });
});

test('ripple_path_find: no path, between accounts that exist', () => {
  const parties = { source_account: account, destination_account: account, destination_amount: '100' };
  expect(ask('ripple_path_find', { ...parties, id: 0 })).toEqual({
    alternatives: [],
    ...parties,
    destination_currencies: ['XRP'],
    full_reply: true,
    id: 0,
    ...current(),
  });
  const { classicAddress: stranger } = nobody;
  expect(ask('ripple_path_find', { ...parties, source_account: stranger })).toMatchObject({ error: 'srcActNotFound' });
  expect(ask('ripple_path_find', { ...parties, destination_account: stranger })).toMatchObject({
    error: 'dstActNotFound',
  });
  expect(ask('ripple_path_find', { ...parties, destination_account: 'x' })).toMatchObject({ error: 'dstActMalformed' });
  expect(ask('ripple_path_find', { source_account: account, destination_account: account })).toMatchObject({
    error: 'invalidParams',
  });
});
