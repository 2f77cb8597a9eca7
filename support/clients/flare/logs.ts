/** Logs of a stretch of blocks, asked for in pieces that the network's nodes answer. */
import type { JsonRpc, RpcCall } from './json-rpc.ts';
import { blockTagOf } from './reads.ts';

export interface LogFilter {
  readonly address: readonly string[];
  readonly topics?: readonly (string | null | readonly string[])[];
}

export interface RpcLog {
  readonly blockTimestamp?: string;
  readonly blockNumber: string;
  readonly blockHash: string;
  readonly address: string;
  readonly topics: string[];
  readonly data: string;
  readonly transactionHash: string;
}

/** From `fromBlock` to `toBlock`, both included, in order. */
export async function readLogs(
  rpc: Pick<JsonRpc, 'batch' | 'limits'>,
  filter: LogFilter,
  fromBlock: number,
  toBlock: number,
): Promise<RpcLog[]> {
  const { logBlocks = Infinity } = rpc.limits;
  const calls: RpcCall[] = [];
  for (let first = fromBlock; first <= toBlock; first += logBlocks) {
    const last = Math.min(toBlock, first + logBlocks - 1);
    const piece = { ...filter, fromBlock: blockTagOf(first), toBlock: blockTagOf(last) };
    calls.push({ method: 'eth_getLogs', params: [piece] });
  }
  return (await rpc.batch<RpcLog[][]>(calls)).flat();
}
