/** Payments that bring less than they name, and accounts that leave what they have: as the suite's own client reads them. */
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { LedgerClient } from '../../clients/xrpl/ledger-client.ts';
import type { Ledger } from './ledger.ts';
import { startLedgerServer } from './server.ts';
import { type Fields, balanceOf, fundedLedger, payment, resultOf, submitNext, walletOf, xrp } from './testing.ts';

const alice = walletOf(1);
const bob = walletOf(2);
const exchange = walletOf(3);
const tfPartialPayment = 0x0002_0000;
const SendMax = { currency: 'USD', issuer: alice.classicAddress, value: '1000' };
const partial = (named: bigint, change: Fields = {}): Fields => ({
  ...payment(bob, named),
  SendMax,
  Flags: tfPartialPayment,
  ...change,
});

let ledger: Ledger;
let client: LedgerClient;

beforeEach(async () => {
  ledger = fundedLedger([alice, bob, exchange]);
  ledger.faults = { exchange: { account: exchange.classicAddress, mostDrops: 5n } };
  const server = await startLedgerServer(ledger, {});
  onTestFinished(() => server.stop());
  client = new LedgerClient(server.webSocketUrl);
  onTestFinished(() => client.disconnect());
});

async function seenBy(address: string) {
  const { index } = ledger.close();
  return client.payments(address, index, index);
}

test('a payment counts by what arrived, and the exchange is who gave it', async () => {
  expect(resultOf(ledger, alice, partial(xrp(7)))).toBe('tesSUCCESS');
  expect(await seenBy(bob.classicAddress)).toMatchObject([
    { source: alice.classicAddress, amountDrops: xrp(7), deliveredDrops: 5n, succeeded: true, reference: '' },
  ]);
  expect([balanceOf(ledger, bob), balanceOf(ledger, exchange)]).toEqual([xrp(100) + 5n, xrp(100) - 5n]);
});

test.each([
  ['a payment that must be whole', partial(xrp(7), { Flags: 0 }), 'tecPATH_PARTIAL'],
  ['one that must bring more', partial(xrp(7), { DeliverMin: '6' }), 'tecPATH_PARTIAL'],
  ['one that must bring just that', partial(xrp(7), { DeliverMin: '5' }), 'tesSUCCESS'],
  ['no more than is there', partial(5n, { Flags: 0 }), 'tesSUCCESS'],
  ["somebody else's money", partial(xrp(7), { SendMax: { ...SendMax, issuer: bob.classicAddress } }), 'tecPATH_DRY'],
])('%s: %s', (_name, fields, result) => expect(resultOf(ledger, alice, fields)).toBe(result));

test('without an exchange every path is dry', () => {
  ledger.faults = {};
  expect(resultOf(ledger, alice, partial(xrp(7)))).toBe('tecPATH_DRY');
});

test('a payment that failed has brought nothing', async () => {
  submitNext(ledger, alice, payment(bob, xrp(1_000)));
  expect(await seenBy(alice.classicAddress)).toMatchObject([{ amountDrops: xrp(1_000), deliveredDrops: 0n }]);
});

describe('the reference', () => {
  const reference = 'AB'.repeat(32);
  const memos = (...data: (string | undefined)[]) => ({
    Memos: data.map((MemoData) => ({ Memo: MemoData === undefined ? { MemoType: '6162' } : { MemoData } })),
  });

  test.each([
    ['the only memo of 32 bytes', memos(reference), reference.toLowerCase(), [reference.toLowerCase()]],
    ['none beside another memo', memos(reference, 'C0DE'), '', [reference.toLowerCase(), 'c0de']],
    ['none in a memo of 31 bytes', memos(reference.slice(2)), '', [reference.slice(2).toLowerCase()]],
    ['none in a memo without data', memos(undefined), '', ['']],
    ['none without a memo', {}, '', []],
  ])('is %s', async (_name, fields, expected, all) => {
    submitNext(ledger, alice, { ...payment(bob, 1n), ...fields });
    expect(await seenBy(bob.classicAddress)).toMatchObject([{ reference: expected, memos: all }]);
  });

  test('a tag is told, also tag 0', async () => {
    submitNext(ledger, alice, { ...payment(bob, 1n), DestinationTag: 0 });
    expect(await seenBy(bob.classicAddress)).toMatchObject([{ tag: 0 }]);
  });
});

test('an account that ends leaves what it has: that is a payment too', async () => {
  for (let more = 0; more < 256; more += 1) ledger.close();
  const left = balanceOf(ledger, alice) - 200_000n;
  const ending = { TransactionType: 'AccountDelete', Destination: bob.classicAddress, Fee: '200000' };
  expect(resultOf(ledger, alice, ending)).toBe('tesSUCCESS');
  expect(await seenBy(bob.classicAddress)).toMatchObject([
    { source: alice.classicAddress, destination: bob.classicAddress, deliveredDrops: left },
  ]);
});
