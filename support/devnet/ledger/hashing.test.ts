import { encode } from 'ripple-binary-codec';
import { describe, expect, test } from 'vitest';
import { hashes } from 'xrpl';
import { genesisAddress } from './genesis.ts';
import { accountRootIndex, ledgerHash, ticketIndex, zeroHash } from './hashing.ts';
import { fundedLedger, payment, submitNext, walletOf } from './testing.ts';

const alice = walletOf(1);
const bob = walletOf(2);

describe('hashes are those of xrpl.js', () => {
  test('index of an account root', () => {
    expect(accountRootIndex(genesisAddress)).toBe('2B6AC232AA4C4BE41BF49D2459FA4A0347E1B543A4C92FCEE0821C0201E2E9A8');
    expect(accountRootIndex(alice.classicAddress)).toBe(hashes.hashAccountRoot(alice.classicAddress));
  });

  test('index of a ticket depends on its number', () => {
    expect(ticketIndex(genesisAddress, 1)).not.toBe(ticketIndex(genesisAddress, 2));
  });

  // 40 leaves make the tree deeper than one level.
  test.each([1, 2, 40])('a ledger of %i transactions', (count) => {
    const ledger = fundedLedger([alice, bob]);
    const ids = Array.from({ length: count }, () => submitNext(ledger, alice, payment(bob, 5n)).transaction.hash);
    const { index, hash, parentHash, transactions } = ledger.close();
    const header = ledger.closedLedger(index)?.header;
    expect(transactions.map((transaction) => transaction.hash)).toEqual(ids);
    expect(transactions.map(({ transaction }) => hashes.hashSignedTx(encode(transaction)))).toEqual(ids);
    const withMetadata = transactions.map(({ transaction, metadata }) => ({ ...transaction, metaData: metadata }));
    expect(header?.transactionHash).toBe(hashes.hashTxTree(JSON.parse(JSON.stringify(withMetadata))));
    const asClientsSeeIt = {
      ledger_index: index,
      total_coins: header?.totalDrops.toString(),
      parent_hash: parentHash,
      transaction_hash: header?.transactionHash,
      account_hash: header?.accountHash,
      parent_close_time: header?.parentCloseTime,
      close_time: header?.closeTime,
      close_time_resolution: header?.closeTimeResolutionS,
      close_flags: 0,
    };
    expect(hash).toBe(hashes.hashLedgerHeader(JSON.parse(JSON.stringify(asClientsSeeIt))));
  });

  test('every field of the header counts', () => {
    const header = {
      index: 7,
      totalDrops: 100n,
      parentHash: zeroHash,
      transactionHash: zeroHash,
      accountHash: zeroHash,
      parentCloseTime: 1,
      closeTime: 2,
      closeTimeResolutionS: 10,
    };
    const others = [
      { index: 8 },
      { totalDrops: 99n },
      { parentHash: 'F'.repeat(64) },
      { transactionHash: 'F'.repeat(64) },
      { accountHash: 'F'.repeat(64) },
      { parentCloseTime: 2 },
      { closeTime: 3 },
      { closeTimeResolutionS: 20 },
    ];
    const all = [header, ...others.map((other) => ({ ...header, ...other }))].map(ledgerHash);
    expect(new Set(all).size).toBe(others.length + 1);
  });
});
