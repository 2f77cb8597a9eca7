/**
 * The answers of an EVM node that is some blocks behind, made from those of one that is not. Transactions pass through: a
 * lagging node still passes them on.
 */
import { z } from 'zod';
import type { Answer, Exchange, Forward } from '../devnet/http/proxy.ts';

export interface RpcRequest {
  readonly id: unknown;
  readonly method: string;
  readonly params?: readonly unknown[];
}

interface RpcAnswer {
  readonly jsonrpc: '2.0';
  readonly id: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** Position of the block tag among the parameters. */
const TAG_AT: Readonly<Record<string, number>> = {
  eth_call: 1,
  eth_getBalance: 1,
  eth_getCode: 1,
  eth_getTransactionCount: 1,
  eth_getBlockByNumber: 0,
};

/** What a node `blocks` behind answers; undefined when the request asks nothing that depends on it. */
export async function answerLate(exchange: Exchange, forward: Forward, blocks: number): Promise<Answer | undefined> {
  const requests = parseRequests(exchange.body);
  const list = [requests].flat();
  if (!list.some(({ method }) => method in TAG_AT || DEPENDING.has(method))) return undefined;
  const head = await ask(exchange, forward, { id: 0, method: 'eth_blockNumber', params: [] });
  const newest = Math.max(0, Number(head.result) - blocks);
  const answers = await Promise.all(list.map((request) => answerOne(exchange, forward, request, newest)));
  const body = JSON.stringify(Array.isArray(requests) ? answers : answers[0]);
  return { status: 200, headers: { 'content-type': 'application/json' }, body };
}

const logFilter = z.looseObject({ fromBlock: z.string().default('0x0'), toBlock: z.string().default('latest') });
const inBlock = z.object({ blockNumber: z.string() });
const DEPENDING = new Set(['eth_blockNumber', 'eth_getLogs', 'eth_getTransactionReceipt']);

async function answerOne(
  exchange: Exchange,
  forward: Forward,
  request: RpcRequest,
  newest: number,
): Promise<RpcAnswer> {
  const { id, method, params = [] } = request;
  const answer = (result: unknown): RpcAnswer => ({ jsonrpc: '2.0', id, result });
  if (method === 'eth_blockNumber') return answer(hex(newest));
  if (method === 'eth_getLogs') {
    const filter = logFilter.parse(params[0]);
    if (Number(filter.fromBlock) > newest) return answer([]);
    const toBlock = filter.toBlock !== 'latest' && Number(filter.toBlock) <= newest ? filter.toBlock : hex(newest);
    return ask(exchange, forward, { ...request, params: [{ ...filter, toBlock }] });
  }
  if (method === 'eth_getTransactionReceipt') {
    const found = await ask(exchange, forward, request);
    const receipt = inBlock.safeParse(found.result);
    return receipt.success && Number(receipt.data.blockNumber) > newest ? answer(null) : found;
  }
  const at = TAG_AT[method];
  if (at === undefined) return ask(exchange, forward, request);
  const tag = params[at] ?? 'latest';
  if (tag !== 'latest' && Number(tag) > newest) {
    if (method === 'eth_getBlockByNumber') return answer(null);
    return { jsonrpc: '2.0', id, error: { code: -32000, message: 'header not found' } };
  }
  const late = params.map((parameter, index) => (index === at && tag === 'latest' ? hex(newest) : parameter));
  return ask(exchange, forward, { ...request, params: late });
}

const hex = (block: number): string => `0x${block.toString(16)}`;

async function ask(exchange: Exchange, forward: Forward, request: RpcRequest): Promise<RpcAnswer> {
  const { body } = await forward({ ...exchange, body: JSON.stringify({ jsonrpc: '2.0', ...request }) });
  const answer: RpcAnswer = JSON.parse(body);
  return answer;
}

/** One request, or several of a batch. */
export function parseRequests(body: string): RpcRequest | RpcRequest[] {
  const requests: RpcRequest | RpcRequest[] = JSON.parse(body);
  return requests;
}
