/** A look at logs goes out in pieces that the nodes answer, and comes back as one. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { RpcCall } from './json-rpc.ts';
import { readLogs } from './logs.ts';

const FILTER = { address: ['0x01'] };

/** A node that tells of each block that it was asked about. */
function node(logBlocks?: number) {
  const pieces: number[] = [];
  const answer = ({ params: [filter] }: RpcCall) => {
    const asked = z.looseObject({ fromBlock: z.string(), toBlock: z.string() }).parse(filter);
    const { fromBlock, toBlock } = asked;
    const blocks = Array.from({ length: Number(toBlock) - Number(fromBlock) + 1 }, (_, at) => Number(fromBlock) + at);
    pieces.push(blocks.length);
    return blocks.map((block) => ({ blockNumber: block, ...asked }));
  };
  return {
    pieces,
    limits: logBlocks === undefined ? {} : { logBlocks },
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- just what a node answers
    batch: async <T extends readonly unknown[]>(calls: readonly RpcCall[]) => calls.map(answer) as unknown as T,
  };
}

test.each([
  [30, 30, [30]],
  [30, 31, [30, 1]],
  [30, 90, [30, 30, 30]],
  [1, 3, [1, 1, 1]],
  [undefined, 5_000, [5_000]],
  [30, 0, []],
] as const)('with %s blocks at most, %s take %j', async (most, blocks, pieces) => {
  const rpc = node(most);
  const logs = await readLogs(rpc, FILTER, 101, 100 + blocks);
  expect(rpc.pieces).toEqual(pieces);
  expect(logs.map(({ blockNumber }) => blockNumber)).toEqual(Array.from({ length: blocks }, (_, at) => 101 + at));
});

test('every piece has the whole filter', async () => {
  const logs = await readLogs(node(1), { ...FILTER, topics: ['0x02', null] }, 1, 2);
  expect(logs).toMatchObject([
    { address: ['0x01'], topics: ['0x02', null] },
    { address: ['0x01'], topics: ['0x02', null] },
  ]);
});
