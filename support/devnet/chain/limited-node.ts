/**
 * A node with the limits of public ones, made of one without: it refuses too many blocks, too large a batch, too old a state and
 * too many requests in a second, in the words of such nodes.
 */
import { z } from 'zod';
import { type RpcCall, blockNeededBy } from '../../clients/flare/block-needs.ts';
import type { NodeLimit, NodeLimits } from '../../clients/flare/node-limits.ts';
import { type Answer, type Exchange, type Forward, type Proxy, give, startProxy } from '../http/proxy.ts';

type Request = RpcCall & { readonly id?: unknown };
interface Refusal {
  readonly code: number;
  readonly message: string;
}

const LIMITS: readonly NodeLimit[] = ['requestsPerS', 'batchCalls', 'logBlocks', 'historyBlocks'];
const JSON_HEADERS = { 'content-type': 'application/json' };
const logFilter = z.looseObject({ fromBlock: z.string().default('latest'), toBlock: z.string().default('latest') });
const headSchema = z.object({ result: z.string() });
/** Blocks and receipts are kept for ever; only states are forgotten. */
const READS_STATE = /^eth_(call|getBalance|getCode|getTransactionCount|getStorageAt)$/;
const SECOND_MS = 1000;

export class LimitedNode {
  readonly #limits: NodeLimits;
  readonly #nowMs: () => number;
  /** When the requests of the last second came. */
  #cameAtMs: readonly number[] = [];

  constructor(limits: NodeLimits, nowMs = () => performance.now()) {
    this.#limits = limits;
    this.#nowMs = nowMs;
  }

  /** What it answers where a request is beyond the limit; undefined where it is not. */
  async refusal(limit: NodeLimit, exchange: Exchange, forward: Forward): Promise<Answer | undefined> {
    const most = this.#limits[limit];
    if (most === undefined) return undefined;
    if (limit === 'requestsPerS') return this.#tooFast(most);
    const body: Request | Request[] = JSON.parse(exchange.body);
    const requests = [body].flat();
    if (limit === 'batchCalls') return requests.length > most ? wholly('batch too large', -32_600) : undefined;
    const head = limit === 'logBlocks' ? 0 : await headOf(exchange, forward);
    const refusals = requests.map((request) =>
      limit === 'logBlocks' ? tooManyBlocks(request, most) : tooOld(request, head - most),
    );
    if (refusals.every((refusal) => refusal === undefined)) return undefined;
    const answers = requests.map(async (request, index) => {
      const error = refusals[index];
      if (error !== undefined) return { jsonrpc: '2.0', id: request.id, error };
      const answer: unknown = JSON.parse((await forward({ ...exchange, body: JSON.stringify(request) })).body);
      return answer;
    });
    const all = await Promise.all(answers);
    return { status: 200, headers: JSON_HEADERS, body: JSON.stringify(Array.isArray(body) ? all : all[0]) };
  }

  /** Of the first limit that is met. */
  async anyRefusal(exchange: Exchange, forward: Forward): Promise<Answer | undefined> {
    for (const limit of LIMITS) {
      const refused = await this.refusal(limit, exchange, forward);
      if (refused !== undefined) return refused;
    }
    return undefined;
  }

  #tooFast(most: number): Answer | undefined {
    const nowMs = this.#nowMs();
    const recent = this.#cameAtMs.filter((atMs) => nowMs - atMs < SECOND_MS);
    // One a second at least, or a limit below one would let nobody in.
    const isTooFast = recent.length >= Math.max(1, most);
    this.#cameAtMs = isTooFast ? recent : [...recent, nowMs];
    return isTooFast ? { status: 429, headers: { 'retry-after': '1' }, body: 'too many requests' } : undefined;
  }
}

/** Stands before a node that has no limits. */
export function startLimitedNode(url: string, limits: NodeLimits): Promise<Proxy> {
  const node = new LimitedNode(limits);
  return startProxy('chain with the limits of a public node', url, async (exchange, forward, response) =>
    give(response, (await node.anyRefusal(exchange, forward)) ?? (await forward(exchange))),
  );
}

const wholly = (message: string, code: number): Answer => ({
  status: 200,
  headers: JSON_HEADERS,
  body: JSON.stringify({ jsonrpc: '2.0', id: null, error: { code, message } }),
});

async function headOf(exchange: Exchange, forward: Forward): Promise<number> {
  const request = { jsonrpc: '2.0', id: 0, method: 'eth_blockNumber', params: [] };
  const { body } = await forward({ ...exchange, body: JSON.stringify(request) });
  return Number(headSchema.parse(JSON.parse(body)).result);
}

function tooManyBlocks({ method, params }: Request, most: number): Refusal | undefined {
  if (method !== 'eth_getLogs') return undefined;
  const { fromBlock, toBlock } = logFilter.parse(params[0]);
  const blocks = Number(toBlock) - Number(fromBlock) + 1;
  if (!(blocks > most)) return undefined;
  const range = `from ${Number(fromBlock)} to ${Number(toBlock)}`;
  return { code: -32_000, message: `requested too many blocks ${range}, maximum is set to ${most}` };
}

function tooOld(request: Request, oldest: number): Refusal | undefined {
  const block = READS_STATE.test(request.method) ? blockNeededBy([request], oldest) : undefined;
  if (block === undefined || block >= oldest) return undefined;
  return { code: -32_000, message: `missing trie node (path ): state of block ${block} is not available` };
}
