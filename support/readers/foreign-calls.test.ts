/** Which calls are told, and how. */
import { expect, test } from 'vitest';
import { erc20Interface } from '../clients/flare/interfaces.ts';
import type { JsonRpc } from '../clients/flare/json-rpc.ts';
import { readForeignCalls } from './foreign-calls.ts';

const address = (digits: string): string => `0x${digits.repeat(20)}`;
const CONTRACTS = { fAsset: address('FA'), assetManager: address('a5') };
const RECEIVER = address('aB');
const input = erc20Interface.encodeFunctionData('transfer', [RECEIVER.toLowerCase(), 7n]);

/** A node that has these transactions. */
const node = (...known: readonly (object | null)[]): Pick<JsonRpc, 'batch'> => ({
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- just what a node answers
  batch: async <T extends readonly unknown[]>() => known as unknown as T,
});
const sent = (change: object = {}) => ({ hash: '0x1', from: address('EF'), to: CONTRACTS.fAsset, input, ...change });

test('what a sender asked a contract for, with lower-case addresses', async () => {
  expect(await readForeignCalls(node(sent()), CONTRACTS, ['0x1'])).toEqual([
    { hash: '0x1', sender: address('ef'), what: 'fAsset.transfer', args: { to: address('ab'), amount: 7n } },
  ]);
});

test.each([
  ['the creation of a contract', { to: null }],
  ['a call to somebody else', { to: RECEIVER }],
  ['an unknown function', { input: '0x12345678' }],
])('%s is left out', async (_name, change) =>
  expect(await readForeignCalls(node(sent(change)), CONTRACTS, ['0x1'])).toEqual([]),
);

test('a transaction that the node does not have is an error, never nothing', async () => {
  const reading = readForeignCalls(node(null), CONTRACTS, ['0x1']);
  await expect(reading).rejects.toThrow('the node does not have transaction 0x1');
});
