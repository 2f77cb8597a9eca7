/** What is known about a block is asked once; a failure reaches just those whom it concerns; nothing outlives a chain that was put back. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BlockMemory } from '../../clients/flare/block-memory.ts';
import { JsonRpc, JsonRpcError, type RpcCall } from '../../clients/flare/json-rpc.ts';
import { blockTagOf } from '../../clients/flare/reads.ts';
import { Closers } from '../closers.ts';
import { startAnvil } from './anvil.ts';

const opened = new Closers();
let url = '';

const [ACCOUNT, REVERTS] = [`0x${'a'.repeat(40)}`, `0x${'b'.repeat(40)}`];
const balance = (block: number): RpcCall => ({ method: 'eth_getBalance', params: [ACCOUNT, blockTagOf(block)] });
const failing = (block: number): RpcCall => ({
  method: 'eth_call',
  params: [{ to: REVERTS, data: '0xdeadbeef' }, blockTagOf(block)],
});

beforeAll(async () => {
  const anvil = await startAnvil({});
  opened.add(() => anvil.stop());
  ({ url } = anvil);
});
afterAll(() => opened.close());

async function remembered() {
  let requests = 0;
  const traffic = { request: () => ((requests += 1), () => {}) };
  const rpc = new JsonRpc(url, { traffic });
  opened.add(async () => rpc.close());
  await rpc.call('anvil_setCode', [REVERTS, '0x365f5f37365ffd']);
  const memory = new BlockMemory(rpc);
  /** A new block in which the account has so much. */
  const mine = async (amount: number): Promise<number> => {
    await rpc.call('anvil_setBalance', [ACCOUNT, `0x${amount.toString(16)}`]);
    await rpc.call('evm_mine');
    const block = Number(await rpc.call<string>('eth_blockNumber'));
    // anvil changes the state of its newest block.
    await rpc.call('evm_mine');
    return block;
  };
  const read = async (block: number, ...calls: RpcCall[]) =>
    (await memory.read(block, blockTagOf(block), calls)).map((answer) => Number(answer));
  const asked = (): number => {
    const before = requests;
    requests = 0;
    return before;
  };
  return { rpc, memory, mine, read, asked };
}

test('what is asked at one moment is one request, and nothing is asked twice', async () => {
  const { mine, read, asked } = await remembered();
  const block = await mine(5);
  asked();
  expect(await Promise.all([read(block, balance(block)), read(block, balance(block))])).toEqual([[5], [5]]);
  expect(await read(block, balance(block))).toEqual([5]);
  expect(asked()).toBe(1);
});

test('what is expected goes along with what is asked next', async () => {
  const { memory, mine, read, asked } = await remembered();
  const block = await mine(6);
  const code = { method: 'eth_call', params: [{ to: ACCOUNT, data: '0x01' }, blockTagOf(block)] };
  asked();
  memory.expect(block, [balance(block)]);
  await read(block, code);
  expect(await read(block, balance(block))).toEqual([6]);
  expect(asked()).toBe(1);
});

test('a failure reaches whoever asked for it, whatever else was asked or expected at the moment', async () => {
  const { memory, mine, read } = await remembered();
  const block = await mine(7);
  memory.expect(block, [failing(block)]);
  const [good, bad] = await Promise.allSettled([read(block, balance(block)), read(block, failing(block))]);
  expect(good).toEqual({ status: 'fulfilled', value: [7] });
  expect(bad.status === 'rejected' && bad.reason instanceof JsonRpcError ? bad.reason.data : bad).toBe('0xdeadbeef');
});

test('another block is asked for anew, an older one as well', async () => {
  const { mine, read } = await remembered();
  const older = await mine(8);
  expect(await read(older, balance(older))).toEqual([8]);
  const newer = await mine(9);
  expect(await read(newer, balance(newer))).toEqual([9]);
  expect(await read(older, balance(older))).toEqual([8]);
  expect(await read(newer, balance(newer))).toEqual([9]);
});

test('a chain that was put back has other blocks of the same number, even while an answer is under way', async () => {
  const { rpc, memory, mine, read } = await remembered();
  const snapshot = await rpc.call<string>('evm_snapshot');
  const block = await mine(10);
  expect(await read(block, balance(block))).toEqual([10]);
  const late = read(block, failing(block)).catch(() => 'refused');
  await rpc.call('evm_revert', [snapshot]);
  memory.forget();
  expect(await mine(11)).toBe(block);
  await late;
  expect(await read(block, balance(block))).toEqual([11]);
});
