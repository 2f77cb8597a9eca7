/** Which amounts transactions to pools name. */
import { expect, test } from 'vitest';
import { poolInterface, poolTokenInterface } from '../clients/flare/interfaces.ts';
import type { JsonRpc } from '../clients/flare/json-rpc.ts';
import { readPoolCalls } from './pool-calls.ts';

const POOL = `0x${'aB'.repeat(20)}`;
const to = POOL.toLowerCase();

/** A node that has these transactions. */
const node = (...known: readonly (object | null)[]): Pick<JsonRpc, 'batch'> => ({
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- just what a node answers
  batch: async <T extends readonly unknown[]>() => known as unknown as T,
});
const sent = (input: string, change: object = {}) => ({ hash: '0x1', to: POOL, input, value: '0x0', ...change });

test.each([
  ['enter', poolInterface.encodeFunctionData('enter'), { value: '0x7' }],
  ['exit', poolInterface.encodeFunctionData('exit', [7n]), {}],
  ['withdrawFees', poolInterface.encodeFunctionData('withdrawFees', [7n]), {}],
  ['payFAssetFeeDebt', poolInterface.encodeFunctionData('payFAssetFeeDebt', [7n]), {}],
  ['transfer', poolTokenInterface.encodeFunctionData('transfer', [to, 7n]), {}],
])('%s names its amount', async (name, input, change) =>
  expect(await readPoolCalls(node(sent(input, change)), ['0x1'])).toEqual(new Map([['0x1', { name, to, amount: 7n }]])),
);

test.each([
  ['the creation of a contract', { to: null }],
  ['an unknown function', { input: '0x12345678' }],
])('%s is left out', async (_what, change) =>
  expect(await readPoolCalls(node(sent(poolInterface.encodeFunctionData('enter'), change)), ['0x1'])).toEqual(
    new Map(),
  ),
);

test('a transaction that the node does not have is an error, never nothing', async () => {
  await expect(readPoolCalls(node(null), ['0x1'])).rejects.toThrow('the node does not have transaction 0x1');
});
