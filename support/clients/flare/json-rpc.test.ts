/** What is asked about the newest block of a chain that others write to is asked again when it is not the newest any more. */
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { JsonRpc, JsonRpcError } from './json-rpc.ts';

const callsSchema = z.array(z.object({ id: z.number(), method: z.string() }));
const READ = { method: 'eth_getBalance', params: ['0x01', '0x5'] };

let head = 5;
/** Answers to the read, one after the other; the last one again and again. */
let balances: string[] = [];
let reads = 0;
let server: http.Server;
let url = '';

beforeEach(async () => {
  [head, reads] = [5, 0];
  server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      const answers = callsSchema.parse(Array.isArray(body) ? body : [body]).map(({ id, method }) => ({
        id,
        jsonrpc: '2.0',
        ...(method === 'eth_blockNumber' ? { result: `0x${head.toString(16)}` } : nextAnswer()),
      }));
      response.end(JSON.stringify(Array.isArray(body) ? answers : answers[0]));
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a TCP server's address
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
});

const LACKING = { code: -32602, message: 'BlockOutOfRangeError: block height is 9 but requested was 5' };

function nextAnswer(): { readonly result: string } | { readonly error: typeof LACKING } {
  reads += 1;
  if (balances.length === 0) return { error: LACKING };
  // The next block is mined while the node answers the first time.
  if (balances.length > 1) head = 6;
  return { result: (balances.length > 1 ? balances.shift() : balances[0]) ?? '0x0' };
}

async function readAbout(block: number, neverBackward: boolean): Promise<unknown> {
  const rpc = new JsonRpc(url, { neverBackward });
  const [balance] = await rpc.batchAbout<[string]>(block, [READ]);
  rpc.close();
  return balance;
}

test('the next block was mined meanwhile: what counts is the second answer', async () => {
  balances = ['0x2', '0x1'];
  expect(await readAbout(5, true)).toBe('0x1');
});

test('nothing was mined meanwhile: one read', async () => {
  balances = ['0x1'];
  expect(await readAbout(5, true)).toBe('0x1');
  expect(reads).toBe(1);
});

test('where nobody else acts nothing is asked again', async () => {
  balances = ['0x2', '0x1'];
  expect(await readAbout(5, false)).toBe('0x2');
  expect(reads).toBe(1);
});

test('where nodes cannot lag, a block that is not there is told at once, however patient the client is', async () => {
  balances = [];
  const rpc = new JsonRpc(url, { tries: 3 });
  await expect(rpc.batch([READ])).rejects.toThrow(JsonRpcError);
  rpc.close();
  expect(reads).toBe(1);
});
