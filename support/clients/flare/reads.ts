/**
 * Contract reads as values: what to call and how to decode it, so that many reads become one pinned round trip.
 */
import { type Interface, type Result } from 'ethers';
import type { JsonRpc, RpcCall } from './json-rpc.ts';

export interface Read<T> {
  request(blockTag: string): RpcCall;
  decode(answer: unknown): T;
}

/** One view call; `map` takes the decoded results as ethers gives them. */
export function readContract<T>(
  to: string,
  contract: Interface,
  name: string,
  args: readonly unknown[],
  map: (result: Result) => T,
): Read<T> {
  const data = contract.encodeFunctionData(name, args);
  return {
    request: (blockTag) => ({ method: 'eth_call', params: [{ to, data }, blockTag] }),
    decode: (answer) => map(contract.decodeFunctionResult(name, answer as string)),
  };
}

/** A view call with a single result that needs no mapping. */
export const readBigint = (to: string, contract: Interface, name: string, args: readonly unknown[] = []) =>
  readContract(to, contract, name, args, (result) => result[0] as bigint);

/** Native balance in wei. */
export function readNativeBalance(address: string): Read<bigint> {
  return {
    request: (blockTag) => ({ method: 'eth_getBalance', params: [address, blockTag] }),
    decode: (answer) => BigInt(answer as string),
  };
}

export type Reads = Readonly<Record<string, Read<unknown>>>;
export type ReadValues<R extends Reads> = { [Key in keyof R]: R[Key] extends Read<infer T> ? T : never };

export const blockTagOf = (block: number): string => `0x${block.toString(16)}`;

/** All values at one block, in one round trip. */
export async function readAll<R extends Reads>(
  rpc: JsonRpc,
  block: number | 'latest',
  reads: R,
): Promise<ReadValues<R>> {
  const tag = block === 'latest' ? block : blockTagOf(block);
  const names = Object.keys(reads);
  const answers = await rpc.batch<unknown[]>(names.map((name) => (reads[name] as Read<unknown>).request(tag)));
  return Object.fromEntries(
    names.map((name, index) => [name, (reads[name] as Read<unknown>).decode(answers[index])]),
  ) as ReadValues<R>;
}

/** The same kind of read for many keys, still one entry of a plan per key. */
export function readEach<T>(keys: readonly string[], read: (key: string) => Read<T>): Record<string, Read<T>> {
  return Object.fromEntries(keys.map((key) => [key, read(key)]));
}

export interface BlockHead {
  readonly block: number;
  readonly timeS: number;
}

/** Number and time of the newest block. */
export async function readHead(rpc: JsonRpc): Promise<BlockHead> {
  const head = await rpc.call<{ number: string; timestamp: string }>('eth_getBlockByNumber', ['latest', false]);
  return { block: Number(head.number), timeS: Number(head.timestamp) };
}
