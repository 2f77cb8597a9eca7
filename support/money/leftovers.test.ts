/** The sentences on what a user cannot give back yet. */
import { describe, expect, test } from 'vitest';
import { sampleUser } from '../model/testing/sample-market.ts';
import type { Book } from '../sequence/runner.ts';
import { openBook } from '../sequence/runner.ts';
import { remains, unfinished } from './leftovers.ts';
import { position } from './testing/toy-network.ts';

const bookOf = (records: Book['state']['records'], change: Partial<Book> = {}): Book => ({
  ...openBook({ ...sampleUser(), records }),
  ...change,
});
const inPool = (tokensWei: bigint, timelocks: Book['timelocks'] = {}): Book => ({
  ...openBook({ ...sampleUser(), pools: { '0xaa': position(tokensWei) } }),
  timelocks,
});

describe('what is unfinished', () => {
  test('a user with nothing open has nothing left to do', () => {
    expect(unfinished(bookOf({}))).toEqual([]);
  });

  test('a paid minting, and a redemption with the time until which it may be paid', () => {
    const records = { 'minting 7': { status: 'ACTIVE' }, 'redemption 9': { status: 'ACTIVE' } };
    const notes = { 'redemption 9': { lastBlock: '1000504', lastTimestampS: '1795349414' } };
    expect(unfinished(bookOf(records, { notes }))).toEqual([
      'minting 7 is paid and not executed',
      'redemption 9 may be paid until 2026-11-22T12:10:14.000Z or ledger 1000504',
    ]);
  });

  test('a redemption of which nobody noted the time', () => {
    expect(unfinished(bookOf({ 'redemption 9': { status: 'ACTIVE' } }))).toEqual([
      'redemption 9 may be paid until an unknown time or ledger ?',
    ]);
  });

  test('a record that has ended is not open, even if its agent can still change it', () => {
    const records = { 'minting 7': { status: 'SUCCESSFUL' }, 'redemption 9': { status: 'DEFAULTED_UNCONFIRMED' } };
    expect(unfinished(bookOf(records))).toEqual([]);
  });

  test('tokens that are locked, until the last of them is free', () => {
    const lock = (endS: bigint) => ({ tokensWei: 1n, endS });
    const locks = { '0xaa': [lock(1_795_349_414n), lock(1_795_349_500n), lock(1_795_349_000n)] };
    expect(unfinished(inPool(5n, locks))).toEqual([
      '5 tokens of pool 0xaa (5 free, 0 UBA of fees): locked until 2026-11-22T12:11:40.000Z',
    ]);
  });

  test('tokens that nothing locks, and a pool that holds none of the user', () => {
    expect(unfinished(inPool(5n))).toEqual([
      '5 tokens of pool 0xaa (5 free, 0 UBA of fees): the pool may not pay them out now',
    ]);
    expect(unfinished(inPool(0n))).toEqual([]);
  });
});

describe('what remains of money', () => {
  test.each([
    [false, 'less than the gas of a transfer'],
    [true, 'kept for the gas of what is open'],
  ])('each account with the reason; native coin is kept: %s', (keepsNative, why) => {
    expect(remains({ xrp: 1_000_000n, native: 3n, fAsset: 0n, wNat: 4n }, keepsNative)).toEqual([
      '1000000 of xrp: reserve of the ledger account',
      `3 of native: ${why}`,
      '4 of wNat: not collected',
    ]);
  });
});
