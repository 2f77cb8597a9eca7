/** Contract reads as values: what to call and how to decode it. Many reads become one round trip at one block. */
import { type Interface, type Result } from 'ethers';
import { BlockMemory } from './block-memory.ts';
import type { JsonRpc, RpcCall } from './json-rpc.ts';
import { readMany } from './many-reads.ts';

export interface Read<T> {
  /** The calls it takes, answered in this order. */
  requests(blockTag: string): readonly RpcCall[];
  decode(answers: readonly unknown[]): T;
}

/** One view call with plain arguments; `map` takes the decoded results as ethers gives them. */
export function readContract<T>(
  to: string,
  contract: Interface,
  name: string,
  args: readonly unknown[],
  map: (result: Result) => T,
): Read<T> {
  const question = questionOf(contract, name, args);
  return {
    requests: (blockTag) => [{ method: 'eth_call', params: [{ to, data: question.data }, blockTag] }],
    decode: ([answer]) => map(question.decode(to, answer as string)),
  };
}

/** A call's data, encoded once. */
interface Question {
  readonly data: string;
  /**
   * Decodes an answer only if it differs from the contract's last one; a Result is immutable, so it can be returned again.
   */
  decode(to: string, answer: string): Result;
}

/** The same few hundred questions are asked after every step, and most answers do not change. */
const questions = new WeakMap<Interface, Map<string, Question>>();
/** Beyond these, questions are about ids that come and go. */
const MOST_QUESTIONS = 5_000;

function questionOf(contract: Interface, name: string, args: readonly unknown[]): Question {
  const known = questions.get(contract) ?? new Map<string, Question>();
  const key = [name, ...args].map(String).join(' ');
  const before = known.get(key);
  if (before !== undefined) return before;
  if (known.size >= MOST_QUESTIONS) known.clear();
  const question = newQuestion(contract, name, args);
  known.set(key, question);
  questions.set(contract, known);
  return question;
}

function newQuestion(contract: Interface, name: string, args: readonly unknown[]): Question {
  const last = new Map<string, { readonly answer: string; readonly result: Result }>();
  return {
    data: contract.encodeFunctionData(name, args),
    decode(to, answer) {
      const before = last.get(to);
      if (before?.answer === answer) return before.result;
      const result = contract.decodeFunctionResult(name, answer);
      last.set(to, { answer, result });
      return result;
    },
  };
}

/** A view call with a single result that needs no mapping. */
export const readBigint = (to: string, contract: Interface, name: string, args: readonly unknown[] = []) =>
  readContract(to, contract, name, args, (result) => result[0] as bigint);

/** Native balance in wei. */
export function readNativeBalance(address: string): Read<bigint> {
  return {
    requests: (blockTag) => [{ method: 'eth_getBalance', params: [address, blockTag] }],
    decode: ([answer]) => BigInt(answer as string),
  };
}

export type Reads = Readonly<Record<string, Read<unknown>>>;
export type ReadValues<R extends Reads> = { [Key in keyof R]: R[Key] extends Read<infer T> ? T : never };

export const blockTagOf = (block: number | 'latest'): string =>
  block === 'latest' ? block : `0x${block.toString(16)}`;

/** Several reads as one, mapped together. */
export function combineReads<R extends Reads, T>(reads: R, map: (values: ReadValues<R>) => T): Read<T> {
  const parts = Object.entries(reads).map(([name, read]) => ({ name, read, size: read.requests('latest').length }));
  return {
    requests: (blockTag) => parts.flatMap(({ read }) => read.requests(blockTag)),
    decode(answers) {
      let taken = 0;
      const values = parts.map(({ name, read, size }) => {
        const own = answers.slice(taken, taken + size);
        taken += size;
        return [name, read.decode(own)] as const;
      });
      return map(Object.fromEntries(values) as ReadValues<R>);
    },
  };
}

/** The same kind of read for several things, as one. */
export function combineList<T>(reads: readonly Read<T>[]): Read<T[]> {
  const byIndex: Record<string, Read<T>> = Object.fromEntries(reads.map((read, index) => [index, read]));
  return combineReads(byIndex, (values) => reads.map((_, index) => values[String(index)] as T));
}

/** The same kind of read for several keys, as one. */
export function combineRecord<T>(keys: readonly string[], read: (key: string) => Read<T>): Read<Record<string, T>> {
  const byKey: Record<string, Read<T>> = Object.fromEntries(keys.map((key) => [key, read(key)]));
  return combineReads(byKey, (values) => values);
}

/** All values at one block, in one round trip. */
export async function readAll<R extends Reads>(
  rpc: JsonRpc,
  block: number | 'latest',
  reads: R,
): Promise<ReadValues<R>> {
  const all = combineReads(reads, (values) => values);
  const calls = all.requests(blockTagOf(block));
  // What takes several round trips is asked about one block, or its parts would not belong together.
  if (block === 'latest' && calls.length > rpc.mostAtOnce) return readAll(rpc, (await readHead(rpc)).block, reads);
  const memory = block === 'latest' ? undefined : memories.get(rpc);
  if (block === 'latest' || memory === undefined)
    return all.decode(await readMany(rpc, block, blockTagOf(block), calls));
  return all.decode(await memory.read(block, blockTagOf(block), calls));
}

const memories = new WeakMap<JsonRpc, BlockMemory>();

/** From here on what is known about the newest block is not asked again over this connection, until it is forgotten. */
export function remembersBlocks(rpc: JsonRpc): BlockMemory {
  const memory = memories.get(rpc) ?? new BlockMemory(rpc);
  memories.set(rpc, memory);
  return memory;
}

/** These will be read soon: where blocks are remembered, they go along with the next read of the block. */
export function expectReads(rpc: JsonRpc, block: number, reads: Reads): void {
  const calls = Object.values(reads).flatMap((read) => read.requests(blockTagOf(block)));
  memories.get(rpc)?.expect(block, calls);
}

export interface BlockHead {
  readonly block: number;
  readonly timeS: number;
  /** What the block asked for a unit of gas. */
  readonly baseFeeWei: bigint;
}

/** Number and time of the newest block. */
export const readHead = (rpc: JsonRpc): Promise<BlockHead> => readBlock(rpc, 'latest');

interface RpcBlock {
  readonly number: string;
  readonly timestamp: string;
  readonly baseFeePerGas?: string;
}

/** Number and time of a block. Throws for one that the node does not have. */
export async function readBlock(rpc: JsonRpc, at: number | 'latest'): Promise<BlockHead> {
  const head = await rpc.call<RpcBlock | null>('eth_getBlockByNumber', [blockTagOf(at), false]);
  if (head === null) throw new Error(`the node does not have block ${at}`);
  const { number, timestamp, baseFeePerGas = 0 } = head;
  return { block: Number(number), timeS: Number(timestamp), baseFeeWei: BigInt(baseFeePerGas) };
}
