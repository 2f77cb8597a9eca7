/**
 * EVM nodes over HTTP JSON-RPC: single calls and batches, nothing cached. When told to be patient it retries failed calls,
 * at other nodes too, and ignores a node that lags behind blocks already seen.
 *
 * Sockets stay open between calls, because a new one costs more than the call.
 */
import http from 'node:http';
import https from 'node:https';
import { Endpoints, TransientFailure, publicUrl, realPause, retryAfterMsOf } from '../endpoints.ts';
import type { Verdict } from '../verdict.ts';
import { type DecodedRevert, decodeRevert } from './errors.ts';
import { Pacer } from '../pacer.ts';
import { type Traffic, told } from '../traffic.ts';
import { LimitMet, type NodeLimit, type NodeLimits, limitIn, limitText } from './node-limits.ts';
import { type RpcCall, blockNeededBy, newestBlockIn } from './block-needs.ts';

export type { RpcCall } from './block-needs.ts';

interface RpcResponse {
  id: number;
  result?: unknown;
  error?: { code: number; message: string; data?: unknown };
}

export interface RpcResult {
  readonly result: unknown;
}

/** Code of an eth_call that the contract reverted. */
const EXECUTION_REVERTED = 3;

/** The node answered with an error. `data` is the revert data where the node gives it. */
export class JsonRpcError extends Error implements Verdict {
  readonly method: string;
  readonly code: number;
  readonly data: unknown;
  constructor(method: string, error: { code: number; message: string; data?: unknown }) {
    super(`${method}: ${error.message} (code ${error.code})`);
    this.name = 'JsonRpcError';
    this.method = method;
    this.code = error.code;
    this.data = error.data;
  }

  /** The revert of a view that must succeed; undefined for every other error. */
  get revert(): DecodedRevert | undefined {
    if (this.method !== 'eth_call' || this.code !== EXECUTION_REVERTED) return undefined;
    return decodeRevert(this.data, this.message);
  }

  get verdict(): Verdict['verdict'] {
    return this.revert === undefined ? 'unknown' : 'wrong';
  }

  get kind(): string {
    return this.revert === undefined ? this.name : `view reverted with ${this.revert.name ?? 'no custom error'}`;
  }

  /** For people. */
  get told(): string {
    return this.revert === undefined ? this.message : `a view of the protocol reverted: ${this.revert.text}`;
  }
}

/** The node could not be reached, did not answer in time, answered something that is not JSON-RPC, or lags behind. */
export class RpcTransportError extends TransientFailure {
  override name = 'RpcTransportError';
  override readonly kind = 'RpcTransportError';
}

export interface JsonRpcOptions {
  /** Real milliseconds for one answer. */
  readonly timeoutMs?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Rounds over all nodes; 1 unless said otherwise. */
  readonly tries?: number;
  /** True where the chain only grows: then no answer may come from a node behind the newest block seen. */
  readonly neverBackward?: boolean;
  /** What the nodes allow; nothing is limited unless said so. */
  readonly limits?: NodeLimits;
  /** Told of each request. */
  readonly traffic?: Traffic;
}

const FIRST_PAUSE_MS = 100;
/** Only reads may be repeated. The sender repeats transactions; nothing repeats control calls. */
const MAY_REPEAT = /^(eth_(?!send)|net_|web3_)/;
const HEAD: RpcCall = { method: 'eth_blockNumber', params: [] };

export class JsonRpc {
  readonly #options: JsonRpcOptions;
  readonly #endpoints: Endpoints;
  readonly #agents = { 'http:': new http.Agent({ keepAlive: true }), 'https:': new https.Agent({ keepAlive: true }) };
  readonly #pacer: Pacer;
  #nextId = 1;
  #newestBlock = 0;

  constructor(urls: string | readonly string[], options: JsonRpcOptions = {}) {
    this.#options = options;
    this.#pacer = new Pacer(options.limits?.requestsPerS);
    this.#endpoints = new Endpoints({
      service: 'chain',
      urls: typeof urls === 'string' ? [urls] : urls,
      tries: options.tries ?? 1,
      firstPauseMs: FIRST_PAUSE_MS,
      pause: realPause,
    });
  }

  /**
   * Result of one call. Throws JsonRpcError, ServiceUnavailable for reads that kept failing, and RpcTransportError for what
   * may be sent only once: a transaction may have arrived.
   */
  async call<T>(method: string, params: readonly unknown[] = []): Promise<T> {
    const [result] = await this.batch<[T]>([{ method, params }]);
    return result;
  }

  /** What the nodes allow. */
  get limits(): NodeLimits {
    return this.#options.limits ?? {};
  }

  /** Most calls that go out in one round trip, so that they are answered about the same state. */
  get mostAtOnce(): number {
    const { batchCalls = Infinity } = this.limits;
    // The head goes along.
    return Math.max(1, this.#options.neverBackward === true ? batchCalls - 1 : batchCalls);
  }

  /** Results of several calls, in the order asked; in as few round trips as the nodes allow. The first error is thrown. */
  async batch<T extends readonly unknown[]>(calls: readonly RpcCall[]): Promise<T> {
    const { mostAtOnce } = this;
    if (calls.length <= mostAtOnce) return this.#atOnce<T>(calls);
    const results: unknown[] = [];
    for (let at = 0; at < calls.length; at += mostAtOnce)
      results.push(...(await this.#atOnce(calls.slice(at, at + mostAtOnce))));
    return results as unknown as T;
  }

  async #atOnce<T extends readonly unknown[]>(calls: readonly RpcCall[]): Promise<T> {
    if (calls.length === 0) return [] as unknown as T;
    const { tries = 1 } = this.#options;
    if (tries === 1 || !calls.every(({ method }) => MAY_REPEAT.test(method)))
      return this.#batchAt(this.#endpoints.url, calls);
    return this.#endpoints.ask((url) => this.#batchAt(url, calls));
  }

  /** What each call came to, in the order asked: its result, or the node's error. In as few round trips as the nodes allow. */
  async outcomes(calls: readonly RpcCall[]): Promise<readonly (RpcResult | JsonRpcError)[]> {
    const { mostAtOnce } = this;
    const outcomes: (RpcResult | JsonRpcError)[] = [];
    for (let at = 0; at < calls.length; at += mostAtOnce)
      outcomes.push(...(await this.#outcomesAtOnce(calls.slice(at, at + mostAtOnce))));
    return outcomes;
  }

  async #outcomesAtOnce(calls: readonly RpcCall[]): Promise<(RpcResult | JsonRpcError)[]> {
    return this.#endpoints.ask(async (url) => {
      const answers = await this.#answers(url, calls);
      return calls.map((call, index) => {
        const { method } = call;
        const answer = answers[index];
        if (answer === undefined) throw new RpcTransportError(`${method}: no answer with its id`);
        if (answer.error === undefined) return { result: answer.result };
        const error = this.#errorOf(call, answer.error);
        if (!(error instanceof JsonRpcError)) throw error;
        return error;
      });
    });
  }

  /**
   * Results of calls about one block. A node asked about its newest block may answer with the effect of the next one
   * (measured on anvil: 2 % of batches while others send). So calls about the newest block are asked again when there is a
   * newer one.
   */
  async batchAbout<T extends readonly unknown[]>(block: number, calls: readonly RpcCall[]): Promise<T> {
    const isPast = this.#newestBlock > block;
    const results = await this.batch<T>(calls);
    if (isPast || !this.#options.neverBackward) return results;
    const head = await this.call<string>(HEAD.method);
    return Number(head) > block ? this.batch<T>(calls) : results;
  }

  /** Closes idle sockets. Calls under way still finish, but failed ones are not retried. */
  close(): void {
    this.#endpoints.close();
    this.#agents['http:'].destroy();
    this.#agents['https:'].destroy();
  }

  async #batchAt<T extends readonly unknown[]>(url: string, calls: readonly RpcCall[]): Promise<T> {
    if (!this.#options.neverBackward) return this.#results(calls, await this.#answers(url, calls)) as unknown as T;
    const needed = blockNeededBy(calls, this.#newestBlock);
    const answers =
      needed === undefined ? await this.#answers(url, calls) : await this.#answersFrom(needed, url, calls);
    const results = this.#results(calls, answers);
    this.#newestBlock = Math.max(this.#newestBlock, newestBlockIn(calls, results));
    return results as unknown as T;
  }

  /** Answers of a node that has this block. */
  async #answersFrom(block: number, url: string, calls: readonly RpcCall[]): Promise<(RpcResponse | undefined)[]> {
    // The head comes first in the same batch, so it shows how far the node was when it answered the rest.
    const [head, ...answers] = await this.#answers(url, [HEAD, ...calls]);
    const [newest] = this.#results([HEAD], [head]).map(Number);
    if (newest === undefined || newest < block)
      throw new RpcTransportError(`the node lags: it has block ${newest}, ${block} is needed`);
    this.#newestBlock = Math.max(this.#newestBlock, newest);
    return answers;
  }

  #results(calls: readonly RpcCall[], answers: readonly (RpcResponse | undefined)[]): unknown[] {
    return calls.map((call, index) => {
      const { method } = call;
      const answer = answers[index];
      if (answer?.error) throw this.#errorOf(call, answer.error);
      if (answer === undefined || !('result' in answer))
        throw new RpcTransportError(`${method}: no answer with its id`);
      return answer.result;
    });
  }

  #errorOf(call: RpcCall, raw: { code: number; message: string; data?: unknown }): Error {
    const error = new JsonRpcError(call.method, raw);
    if (error.revert !== undefined) return error;
    const limit = this.#limitMetBy(call, error);
    if (limit !== undefined)
      return new LimitMet(`${error.message}; ${limitText(limit, this.limits)}`, { cause: error });
    const { tries = 1, neverBackward = false } = this.#options;
    const mayPass = isBusy(error) || (neverBackward && lacksBlock(error));
    if (tries === 1 || !mayPass) return error;
    const why = isBusy(error) ? `; ${limitText('requestsPerS', this.limits)}` : '';
    return new RpcTransportError(error.message + why, { cause: error });
  }

  /** A limit that stays met however often the call is repeated: not a rate, and no state that another node may still have. */
  #limitMetBy(call: RpcCall, { message }: JsonRpcError): NodeLimit | undefined {
    if (!MAY_REPEAT.test(call.method)) return undefined;
    const limit = limitIn(message);
    if (limit === 'logBlocks') return call.method === 'eth_getLogs' ? limit : undefined;
    if (limit === 'batchCalls') return limit;
    const { historyBlocks } = this.limits;
    if (limit !== 'historyBlocks' || historyBlocks === undefined) return undefined;
    const block = blockNeededBy([call], this.#newestBlock);
    return block !== undefined && this.#newestBlock - block > historyBlocks ? limit : undefined;
  }

  /** The answers in the order asked, however the node orders them. */
  async #answers(url: string, calls: readonly RpcCall[]): Promise<(RpcResponse | undefined)[]> {
    const requests = calls.map((call) => ({ jsonrpc: '2.0', id: this.#nextId++, ...call }));
    await this.#pacer.turn();
    const body = await told(this.#options.traffic, { service: 'chain', calls }, () =>
      this.#post(url, JSON.stringify(requests.length === 1 ? requests[0] : requests)),
    );
    const answers = parseAnswers(body);
    const byId = new Map(answers.map((answer) => [answer.id, answer]));
    const [only] = answers;
    const common = answers.length === 1 && only?.error !== undefined ? only : undefined;
    return requests.map(({ id }) => byId.get(id) ?? common);
  }

  #rateText(status: number): string {
    return status === 429 ? `; ${limitText('requestsPerS', this.limits)}` : '';
  }

  #post(url: string, body: string): Promise<string> {
    const { timeoutMs = 30_000, headers } = this.#options;
    const isSecure = url.startsWith('https:');
    return new Promise((resolve, reject) => {
      const fail = (why: string, retryAfterMs?: number) =>
        reject(new RpcTransportError(`${publicUrl(url)}: ${why}`, { retryAfterMs }));
      const request = (isSecure ? https : http).request(
        url,
        {
          method: 'POST',
          agent: this.#agents[isSecure ? 'https:' : 'http:'],
          timeout: timeoutMs,
          headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', (error) => fail(error.message));
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            const { statusCode = 0 } = response;
            if (statusCode < 400) resolve(text);
            else
              fail(
                `HTTP ${statusCode} ${text.slice(0, 200)}${this.#rateText(statusCode)}`,
                retryAfterMsOf(response.headers['retry-after']),
              );
          });
        },
      );
      request.on('timeout', () => request.destroy(new Error(`no answer within ${timeoutMs} ms`)));
      request.on('error', (error) => fail(error.message));
      request.end(body);
    });
  }
}

function parseAnswers(body: string): RpcResponse[] {
  try {
    const parsed: unknown = JSON.parse(body);
    const answers = Array.isArray(parsed) ? parsed : [parsed];
    return answers.filter((answer): answer is RpcResponse => typeof answer === 'object' && answer !== null);
  } catch (cause) {
    throw new RpcTransportError(`the answer is not JSON: ${body.slice(0, 200)}`, { cause });
  }
}

/** Rate limited. */
const isBusy = ({ code }: JsonRpcError): boolean => code === -32005 || code === 429;

/** The node lacks the block; where the chain only grows, another node or a later try has it. */
const lacksBlock = ({ message }: JsonRpcError): boolean =>
  /header not found|unknown block|block ?out ?of ?range|block.* not found|missing trie node|cannot query unfinalized/i.test(
    message,
  );
