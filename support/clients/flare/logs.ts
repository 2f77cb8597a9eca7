/** Logs of a stretch of blocks, asked for in pieces that the network's nodes answer. */
import type { JsonRpc } from './json-rpc.ts';
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
  rpc: Pick<JsonRpc, 'call'>,
  filter: LogFilter,
  fromBlock: number,
  toBlock: number,
): Promise<RpcLog[]> {
  if (fromBlock > toBlock) return [];
  return rpc.call<RpcLog[]>('eth_getLogs', [
    { ...filter, fromBlock: blockTagOf(fromBlock), toBlock: blockTagOf(toBlock) },
  ]);
}
