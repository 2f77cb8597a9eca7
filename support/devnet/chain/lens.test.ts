/** Many reads as one call, on a node: the same answers and errors as one by one, and a node that refuses is asked the plain way. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { JsonRpc, JsonRpcError, type RpcCall } from '../../clients/flare/json-rpc.ts';
import { LENS_CODE } from '../../clients/flare/lens/code.ts';
import { readMany } from '../../clients/flare/many-reads.ts';
import type { Outgoing } from '../../clients/traffic.ts';
import { resolve } from 'node:path';
import { Closers } from '../closers.ts';
import { compileContracts } from '../contracts/compile.ts';
import { type Answer, give, startProxy } from '../http/proxy.ts';
import { startAnvil } from './anvil.ts';

const opened = new Closers();
let url = '';
let block = 0;

const at = (digit: string): string => `0x${digit.repeat(40)}`;
/** Gives back what it is asked with, reverts with it, never ends, gives so many zeros, has no code. */
const [ECHO, REVERTS, ENDLESS, ZEROS, NOTHING] = [at('a'), at('b'), at('c'), at('d'), at('e')];
const CODES: Readonly<Record<string, string>> = {
  [ECHO]: '0x365f5f37365ff3',
  [REVERTS]: '0x365f5f37365ffd',
  [ENDLESS]: '0x5b5f56',
  [ZEROS]: '0x5f355ff3',
};
const view = (to: string, data: string, tag = `0x${block.toString(16)}`): RpcCall => ({
  method: 'eth_call',
  params: [{ to, data }, tag],
});
const balance = (of: string): RpcCall => ({ method: 'eth_getBalance', params: [of, `0x${block.toString(16)}`] });

beforeAll(async () => {
  const anvil = await startAnvil({});
  opened.add(() => anvil.stop());
  ({ url } = anvil);
  const { rpc } = connected();
  for (const [address, code] of Object.entries(CODES)) await rpc.call('anvil_setCode', [address, code]);
  await rpc.call('anvil_setBalance', [ECHO, '0x1234']);
  await rpc.call('evm_mine');
  block = Number(await rpc.call<string>('eth_blockNumber'));
});
afterAll(() => opened.close());

function connected(to = url) {
  const asked: Outgoing[] = [];
  const traffic = { request: (outgoing: Outgoing) => (asked.push(outgoing), () => {}) };
  const rpc = new JsonRpc(to, { traffic });
  opened.add(async () => rpc.close());
  const sizes = () => asked.splice(0).map(({ calls }) => calls.length);
  return { rpc, sizes };
}

const ask = (rpc: JsonRpc, calls: readonly RpcCall[]) => readMany(rpc, block, `0x${block.toString(16)}`, calls);
const errorOf = async (asking: Promise<unknown>): Promise<JsonRpcError> => {
  const error: unknown = await asking.catch((met: unknown) => met);
  if (error instanceof JsonRpcError) return error;
  throw new Error('it was answered');
};

test('the code that goes along is that of Lens.sol', async () => {
  const contractsFolder = resolve(import.meta.dirname, '../../clients/flare/lens');
  const { bytecode } = (await compileContracts({ contractsFolder })).artifact('Lens');
  expect(await connected().rpc.call('eth_call', [{ data: bytecode }, 'latest'])).toBe(LENS_CODE);
});

test('views and balances are one call, and answered as one by one', async () => {
  const { rpc, sizes } = connected();
  const calls = [
    view(ECHO, '0x'),
    balance(ECHO),
    view(ECHO, `0x${'12'.repeat(999)}`),
    view(NOTHING, '0xff'),
    balance(NOTHING),
  ];
  const seen = await ask(rpc, calls);
  expect(sizes()).toEqual([1]);
  expect(seen.map(bigOr)).toEqual((await rpc.batch(calls)).map(bigOr));
});

/** A balance may be written with zeros before it. */
const bigOr = (answer: unknown): unknown =>
  typeof answer === 'string' && /^0x[\da-f]{1,64}$/.test(answer) && answer !== '0x' ? BigInt(answer) : answer;

test.for([
  ['reverts', REVERTS],
  ['uses up all gas', ENDLESS],
])('one that %s does not hide the others, and is told as if it had been asked alone', async ([, to]) => {
  const { rpc, sizes } = connected();
  const failing = view(to ?? '', '0xdeadbeef');
  const alone = await errorOf(rpc.batch([failing]));
  sizes();
  const together = await errorOf(ask(rpc, [view(ECHO, '0x01'), failing, view(ECHO, '0x02')]));
  expect(sizes()).toEqual([1, 1]);
  expect([together.message, together.data, together.revert]).toEqual([alone.message, alone.data, alone.revert]);
});

test('more than one call carries are a batch of several', async () => {
  const { rpc, sizes } = connected();
  const calls = Array.from({ length: 500 }, (_, index) => view(ECHO, `0x${index.toString(16).padStart(4, '0')}`));
  expect(await ask(rpc, calls)).toEqual(await rpc.batch(calls));
  expect(sizes()).toEqual([3, 500]);
});

test('what says who asks is not put among the others', async () => {
  const { rpc, sizes } = connected();
  const calls = [
    view(ECHO, '0x01'),
    { method: 'eth_call', params: [{ to: ECHO, data: '0x02', from: ECHO }, 'latest'] },
  ];
  expect(await ask(rpc, calls)).toEqual(['0x01', '0x02']);
  expect(sizes()).toEqual([2]);
});

const refused: Answer = {
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    jsonrpc: '2.0',
    id: null,
    error: { code: -32_602, message: 'too many arguments, want at most 2' },
  }),
};

test.for([
  ['refuses to take code', () => refused],
  ['does not look at the code', (body: string) => body.replace(/,\{"0x\w{40}":\{"code":"0x\w+"\}\}/g, '')],
] as const)('a node that %s is asked for all in a batch, which is found out once', async ([, meets]) => {
  const node = await startProxy('node without overrides', url, async (exchange, forward, response) => {
    const met = exchange.body.includes('"code":') ? meets(exchange.body) : exchange.body;
    give(response, typeof met === 'string' ? await forward({ ...exchange, body: met }) : met);
  });
  opened.add(() => node.stop());
  const { rpc, sizes } = connected(node.url);
  const calls = [view(ECHO, '0x01'), view(ECHO, '0x02'), balance(ECHO)];
  for (let times = 0; times < 2; times += 1) expect(await ask(rpc, calls)).toEqual(['0x01', '0x02', '0x1234']);
  expect(sizes()).toEqual([1, 3, 3]);
  expect((await errorOf(ask(rpc, [view(ECHO, '0x01'), view(REVERTS, '0xdeadbeef')]))).data).toBe('0xdeadbeef');
});

test('what is too much for one call is asked in a batch, and the next in smaller ones', async () => {
  const { rpc, sizes } = connected();
  await ask(rpc, [view(ECHO, '0x01'), view(ECHO, '0x02')]);
  sizes();
  // Each is little by itself; the memory for all of them is more than a call may use.
  const long = Array.from({ length: 8 }, () => view(ZEROS, `0x${(600_000).toString(16).padStart(64, '0')}`));
  expect(new Set(await ask(rpc, long))).toEqual(new Set([`0x${'00'.repeat(600_000)}`]));
  expect(sizes()).toEqual([1, 8]);
  await ask(
    rpc,
    Array.from({ length: 240 }, () => view(ECHO, '0x01')),
  );
  expect(sizes()).toEqual([2]);
});
