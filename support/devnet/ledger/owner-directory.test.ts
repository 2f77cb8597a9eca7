import { encode } from 'ripple-binary-codec';
import { describe, expect, test } from 'vitest';
import { type DirectoryNode, indexOf, storedFields } from './entries.ts';
import { ownerDirectoryIndex } from './hashing.ts';
import type { Ledger } from './ledger.ts';
import { ownedBy } from './owner-directory.ts';
import { type Fields, accountSet, fundedLedger, resultOf, submitNext, walletOf } from './testing.ts';

const alice = walletOf(1);
const bob = walletOf(2);
const owner = alice.classicAddress;
const tickets = (count: number): Fields => ({ TransactionType: 'TicketCreate', TicketCount: count });
const preauth = { TransactionType: 'DepositPreauth', Authorize: bob.classicAddress };
const pagesOf = (ledger: Ledger): DirectoryNode[] =>
  [...ledger.openState().values()]
    .filter((entry) => entry.type === 'DirectoryNode')
    .toSorted((one, other) => one.page - other.page);

/** Every owned entry is on the page it names, once, and every page is in the chain that the root begins. */
function checkDirectory(ledger: Ledger): void {
  const state = ledger.openState();
  const owned = ownedBy(state, owner);
  const all = [...state.values()].filter((entry) => 'ownerPage' in entry);
  expect(new Set(owned)).toEqual(new Set(all));
  for (const entry of all) {
    const node = state.get(ownerDirectoryIndex(owner, entry.ownerPage));
    expect(node?.type === 'DirectoryNode' && node.indexes.filter((index) => index === indexOf(entry))).toHaveLength(1);
  }
  const pages = pagesOf(ledger);
  const root = pages.find(({ page }) => page === 0);
  const others = pages.filter(({ page }) => page > 0).map(({ page }) => page);
  expect(root?.previousPage ?? 0).toBe(Math.max(0, ...others));
  for (const { page, nextPage } of pages.filter((node) => node.nextPage > 0)) {
    expect(pages.find((other) => other.page === nextPage)).toMatchObject({ previousPage: page });
  }
  for (const { indexes } of pages) expect(indexes).toEqual(indexes.toSorted());
  expect(pages.filter(({ page, indexes }) => page > 0 && indexes.length === 0)).toEqual([]);
}

describe('owner directories', () => {
  test('a page holds 32 entries; each entry names its page', () => {
    const ledger = fundedLedger([alice]);
    expect(resultOf(ledger, alice, tickets(70))).toBe('tesSUCCESS');
    expect(pagesOf(ledger).map(({ page, indexes }) => [page, indexes.length])).toEqual([
      [0, 32],
      [1, 32],
      [2, 6],
    ]);
    checkDirectory(ledger);
  });

  test('pages go as they empty, in whatever order the tickets are used', () => {
    const ledger = fundedLedger([alice, bob]);
    expect(resultOf(ledger, alice, tickets(70))).toBe('tesSUCCESS');
    expect(resultOf(ledger, alice, preauth)).toBe('tesSUCCESS');
    const sequences = ownedBy(ledger.openState(), owner).flatMap((entry) =>
      entry.type === 'Ticket' ? [entry.ticketSequence] : [],
    );
    // The directory lists by hash, so this is an order of its own: the root's page first.
    for (const TicketSequence of sequences) {
      expect(resultOf(ledger, alice, accountSet({ Sequence: 0, TicketSequence }))).toBe('tesSUCCESS');
      checkDirectory(ledger);
    }
    expect(ownedBy(ledger.openState(), owner)).toHaveLength(1);
    const { Authorize: Unauthorize } = preauth;
    expect(resultOf(ledger, alice, { TransactionType: 'DepositPreauth', Unauthorize })).toBe('tesSUCCESS');
    expect(pagesOf(ledger)).toEqual([]);
  });

  test('a used ticket leaves an empty root, as on a real ledger', () => {
    const ledger = fundedLedger([alice]);
    const TicketSequence = (ledger.account(owner)?.sequence ?? 0) + 1;
    expect(resultOf(ledger, alice, tickets(1))).toBe('tesSUCCESS');
    expect(resultOf(ledger, alice, accountSet({ Sequence: 0, TicketSequence }))).toBe('tesSUCCESS');
    expect(pagesOf(ledger)).toMatchObject([{ page: 0, indexes: [] }]);
  });

  test('metadata shows the directory beside what it lists, without the list', () => {
    const ledger = fundedLedger([alice, bob]);
    const made = submitNext(ledger, alice, preauth);
    const more = submitNext(ledger, alice, tickets(1));
    const root = ownerDirectoryIndex(owner);
    const nodeOf = (hash: string): unknown => {
      const nodes = ledger.openTransaction(hash)?.metadata.AffectedNodes;
      return Array.isArray(nodes) ? nodes.find((node) => JSON.stringify(node).includes(`"LedgerIndex":"${root}"`)) : {};
    };
    expect(nodeOf(made.transaction.hash)).toEqual({
      CreatedNode: {
        LedgerEntryType: 'DirectoryNode',
        LedgerIndex: root,
        NewFields: { Owner: owner, RootIndex: root },
      },
    });
    expect(nodeOf(more.transaction.hash)).toEqual({
      ModifiedNode: {
        LedgerEntryType: 'DirectoryNode',
        LedgerIndex: root,
        FinalFields: { Flags: 0, Owner: owner, RootIndex: root },
        PreviousTxnID: made.transaction.hash,
        PreviousTxnLgrSeq: ledger.openIndex(),
      },
    });
  });
});

test('every kind of entry can be serialized', () => {
  const ledger = fundedLedger([alice, bob]);
  const SignerEntries = [{ SignerEntry: { Account: bob.classicAddress, SignerWeight: 1 } }];
  for (const fields of [tickets(40), preauth, { TransactionType: 'SignerListSet', SignerQuorum: 1, SignerEntries }]) {
    expect(resultOf(ledger, alice, fields)).toBe('tesSUCCESS');
  }
  const entries = [...ledger.openState().values()];
  expect(new Set(entries.map(({ type }) => type)).size).toBe(7);
  for (const entry of entries) expect(encode(storedFields(entry))).toMatch(/^11/);
});
