/** What a stranger may pay: everything that looks like what is owed, but nothing that keeps the protocol from a default. */
import { expect, test } from 'vitest';
import type { Acquaintance, Bill } from './acquaintance.ts';
import { Dice } from './dice.ts';
import { type StrangePayment, drawPayment } from './ledger-acts.ts';

const REFERENCE = 'ab'.repeat(32);
const bill: Bill = { payTo: 'rUser', dueDrops: 9_950_000n, reference: REFERENCE, isPaid: false };
const nobody: Acquaintance = { seenBlock: 1, seenLedger: 1, bills: [], people: [], accounts: [] };

const drawn = (known: Partial<Acquaintance>): StrangePayment[] =>
  Array.from({ length: 2_000 }, (_, index) => drawPayment({ ...nobody, ...known }, new Dice(`draw ${index}`))).flatMap(
    (payment) => payment ?? [],
  );
const copies = ({ memos }: StrangePayment): boolean => memos.length === 1 && memos[0] === REFERENCE;

test('nobody is paid while nobody is known', () => expect(drawn({})).toEqual([]));

test('accounts get dust with any memo and tag', () => {
  const payments = drawn({ accounts: ['rUser'] });
  expect(payments.every(({ amountDrops }) => amountDrops > 0n && amountDrops <= 1_000n)).toBe(true);
  expect(new Set(payments.map(({ memos }) => memos.length))).toEqual(new Set([0, 1, 2]));
  expect(new Set(payments.map(({ destinationTag }) => destinationTag === undefined))).toEqual(new Set([true, false]));
});

test('what is not paid yet gets its reference with less than the due only', () => {
  const payments = drawn({ bills: [bill], accounts: ['rUser'] });
  const copied = payments.filter(copies).map(({ amountDrops }) => amountDrops);
  expect(copied).toContain(bill.dueDrops - 1n);
  expect(copied.some((amount) => amount >= bill.dueDrops)).toBe(false);
  expect(payments.filter((one) => !copies(one)).map(({ amountDrops }) => amountDrops)).toContain(bill.dueDrops);
});

test('what is paid is paid again, in full, and by payments that bring less than they name', () => {
  const copied = drawn({ bills: [{ ...bill, isPaid: true }] }).filter(copies);
  for (const isPartial of [true, false])
    for (const amountDrops of [bill.dueDrops, bill.dueDrops + 1n, 1n])
      expect(copied).toContainEqual(expect.objectContaining({ isPartial, amountDrops }));
});
