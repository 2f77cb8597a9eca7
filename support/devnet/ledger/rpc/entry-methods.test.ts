import { decode, encode } from 'ripple-binary-codec';
import { beforeEach, describe, expect, test } from 'vitest';
import { genesisAddress } from '../genesis.ts';
import { accountRootIndex, amendmentsIndex, feeSettingsIndex, ownerDirectoryIndex, ticketIndex } from '../hashing.ts';
import type { Ledger } from '../ledger.ts';
import { asking, fundedLedger, submitNext, walletOf } from '../testing.ts';

const alice = walletOf(1);
const bob = walletOf(2);
const owner = alice.classicAddress;
const nowhere = 'A'.repeat(64);

let ledger: Ledger;
let ask: ReturnType<typeof asking>;
let firstTicket: number;

beforeEach(() => {
  ledger = fundedLedger([alice, bob]);
  firstTicket = (ledger.account(owner)?.sequence ?? 0) + 1;
  submitNext(ledger, alice, { TransactionType: 'TicketCreate', TicketCount: 40 });
  submitNext(ledger, alice, { TransactionType: 'DepositPreauth', Authorize: bob.classicAddress });
  ledger.close();
  ask = asking(ledger);
});

describe('ledger_entry', () => {
  test('the ledger’s own settings', () => {
    expect(ask('ledger_entry', { fee: feeSettingsIndex })).toMatchObject({
      node: {
        LedgerEntryType: 'FeeSettings',
        BaseFeeDrops: '10',
        ReserveBaseDrops: '1000000',
        ReserveIncrementDrops: '200000',
      },
    });
    const { features } = ask('feature');
    const enabled = Object.entries<{ enabled: boolean }>(Object(features)).filter(([, one]) => one.enabled);
    expect(ask('ledger_entry', { index: amendmentsIndex })).toMatchObject({
      node: { LedgerEntryType: 'Amendments', Amendments: enabled.map(([id]) => id) },
    });
  });

  test.each([
    ['account_root', () => owner, () => accountRootIndex(owner)],
    ['ticket', () => ({ account: owner, ticket_seq: firstTicket }), () => ticketIndex(owner, firstTicket)],
    ['ticket', () => ticketIndex(owner, firstTicket), () => ticketIndex(owner, firstTicket)],
    ['directory', () => ({ owner }), () => ownerDirectoryIndex(owner)],
    ['directory', () => ({ owner, sub_index: 1 }), () => ownerDirectoryIndex(owner, 1)],
    ['directory', () => ({ dir_root: ownerDirectoryIndex(owner), sub_index: 1 }), () => ownerDirectoryIndex(owner, 1)],
    ['index', () => ownerDirectoryIndex(owner).toLowerCase(), () => ownerDirectoryIndex(owner)],
  ])('selects by %s', (name, value, index) => {
    const found = ask('ledger_entry', { [name]: value(), ledger_index: 'validated' });
    expect(found).toMatchObject({ index: index(), node: { index: index() }, validated: true });
  });

  test('a preauthorization by its two parties', () => {
    const parties = { owner, authorized: bob.classicAddress };
    expect(ask('ledger_entry', { deposit_preauth: parties })).toMatchObject({
      node: { LedgerEntryType: 'DepositPreauth', Account: owner, Authorize: bob.classicAddress },
    });
  });

  test('binary', () => {
    const { node } = ask('ledger_entry', { account_root: owner });
    const { node_binary: binary, ...others } = ask('ledger_entry', { account_root: owner, binary: true });
    expect(others).not.toHaveProperty('node');
    expect({ ...decode(String(binary)), index: accountRootIndex(owner) }).toEqual(node);
  });

  test.each([
    [{}, 'invalidParams'],
    [{ index: nowhere }, 'entryNotFound'],
    [{ check: nowhere }, 'entryNotFound'],
    [{ offer: { account: owner, seq: 1 } }, 'entryNotFound'],
    [{ did: owner }, 'entryNotFound'],
    [{ ripple_state: { accounts: [owner, bob.classicAddress], currency: 'USD' } }, 'entryNotFound'],
    [{ check: accountRootIndex(owner) }, 'unexpectedLedgerType'],
    [{ index: 'no index' }, 'malformedRequest'],
    [{ account_root: 'nobody' }, 'malformedAddress'],
    [{ ticket: { account: 'nobody', ticket_seq: 1 } }, 'malformedAddress'],
    [{ ticket: { account: owner, ticket_seq: -1 } }, 'malformedRequest'],
    [{ deposit_preauth: { owner: 'nobody', authorized: owner } }, 'malformedOwner'],
    [{ deposit_preauth: { owner, authorized: 'nobody' } }, 'malformedAuthorized'],
    [{ directory: { owner, dir_root: nowhere } }, 'malformedRequest'],
    [{ account_root: owner, check: nowhere }, 'invalidParams'],
  ])('%o → %s', (params, error) => {
    expect(ask('ledger_entry', params)).toMatchObject({ error });
  });

  test('version 1 has its own word for no selector at all', () => {
    expect(ask('ledger_entry', {}, 1)).toMatchObject({ error: 'unknownOption' });
  });
});

/** All entries, page by page. */
function pages(params: object): { indexes: unknown[]; count: number } {
  const indexes: unknown[] = [];
  let marker: unknown;
  let count = 0;
  do {
    const page = ask('ledger_data', { ...params, ...(marker !== undefined && { marker }) });
    expect('ledger' in page).toBe(count === 0);
    const state: unknown = page.state;
    if (!Array.isArray(state)) throw new Error(`no state: ${JSON.stringify(page)}`);
    indexes.push(...state.map(({ index }) => index));
    ({ marker } = page);
    count++;
  } while (marker !== undefined);
  return { indexes, count };
}

describe('ledger_data', () => {
  test('all entries once, in order, in pages', () => {
    const all = [...(ledger.closedLedger(ledger.history.lastIndex())?.state.keys() ?? [])].toSorted();
    const validated = { ledger_index: 'validated' };
    expect(pages(validated)).toEqual({ indexes: all, count: 1 });
    expect(pages({ ...validated, limit: 7 })).toEqual({ indexes: all, count: Math.ceil(all.length / 7) });
    expect(pages({ ...validated, limit: 7, binary: true }).indexes).toEqual(all);
  });

  test('one kind of entry; an administrator alone gets more than a page', () => {
    expect(pages({ type: 'ticket' }).indexes).toHaveLength(40);
    expect(pages({ type: 'DirectoryNode' }).indexes).toHaveLength(2);
    expect(ask('ledger_data', { type: 'nothing' })).toMatchObject({ error: 'invalidParams' });
    for (let count = 0; count < 2; count++) {
      submitNext(ledger, count === 0 ? alice : bob, { TransactionType: 'TicketCreate', TicketCount: 150 });
    }
    expect(ask('ledger_data', { limit: 1000 }).state).toHaveLength(256);
    const { state } = asking(ledger, 'admin')('ledger_data', { limit: 1000 });
    expect(Array.isArray(state) && state.length).toBeGreaterThan(300);
  });

  test('binary entries are what is printed, encoded', () => {
    const { state: printed } = ask('ledger_data');
    const { state: binary } = ask('ledger_data', { binary: true });
    const encoded = Array.isArray(printed)
      ? printed.map(({ index, ...fields }) => ({ data: encode(fields), index }))
      : printed;
    expect(binary).toEqual(encoded);
    expect(JSON.stringify(printed)).toContain(genesisAddress);
  });

  test('a marker must be an index', () => {
    expect(ask('ledger_data', { marker: 'here' })).toMatchObject({ error: 'invalidParams' });
  });
});
