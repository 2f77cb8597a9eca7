/**
 * One connection to an EVM node over HTTP JSON-RPC: single calls and batches, nothing cached, nothing retried.
 *
 * It keeps its sockets open between calls, because a new one costs more than the call.
 */
import http from 'node:http';
import https from 'node:https';

export interface RpcCall {
  readonly method: string;
  readonly params: readonly unknown[];
}

interface RpcResponse {
  id: number;
  result?: unknown;
  error?: { code: number; message: string; data?: unknown };
}

/** The node answered with an error. `data` is the revert data where the node gives it. */
export class JsonRpcError extends Error {
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
}

/** The node could not be reached, did not answer in time, or answered something that is not JSON-RPC. */
export class RpcTransportError extends Error {
  override name = 'RpcTransportError';
}

export class JsonRpc {
  readonly url: string;
  readonly #timeoutMs: number;
  readonly #agent: http.Agent;
  readonly #request: typeof http.request;
  #nextId = 1;

  constructor(url: string, options: { timeoutMs?: number } = {}) {
    this.url = url;
    this.#timeoutMs = options.timeoutMs ?? 30_000;
    const secure = url.startsWith('https:');
    this.#agent = secure ? new https.Agent({ keepAlive: true }) : new http.Agent({ keepAlive: true });
    this.#request = secure ? https.request : http.request;
  }

  /** Result of one call. Throws JsonRpcError or RpcTransportError. */
  async call<T>(method: string, params: readonly unknown[] = []): Promise<T> {
    const [result] = await this.batch<[T]>([{ method, params }]);
    return result;
  }

  /** Results of several calls in one round trip, in the order asked. The first error is thrown. */
  async batch<T extends readonly unknown[]>(calls: readonly RpcCall[]): Promise<T> {
    if (calls.length === 0) return [] as unknown as T;
    const requests = calls.map((call) => ({ jsonrpc: '2.0', id: this.#nextId++, ...call }));
    const body = await this.#post(JSON.stringify(requests.length === 1 ? requests[0] : requests));
    const answers = parseAnswers(body, this.url);
    const byId = new Map(answers.map((answer) => [answer.id, answer]));
    return requests.map(({ id, method }) => {
      const answer = byId.get(id) ?? (answers.length === 1 ? answers[0] : undefined);
      if (answer?.error) throw new JsonRpcError(method, answer.error);
      if (answer === undefined || answer.id !== id)
        throw new RpcTransportError(`${method}: no answer with its id from ${this.url}`);
      return answer.result;
    }) as unknown as T;
  }

  /** Closes idle sockets; calls under way still finish. */
  close(): void {
    this.#agent.destroy();
  }

  #post(body: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const fail = (why: string) => reject(new RpcTransportError(`${this.url}: ${why}`));
      const request = this.#request(
        this.url,
        {
          method: 'POST',
          agent: this.#agent,
          timeout: this.#timeoutMs,
          headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', (error) => fail(error.message));
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            const { statusCode = 0 } = response;
            if (statusCode >= 400) fail(`HTTP ${statusCode} ${text.slice(0, 200)}`);
            else resolve(text);
          });
        },
      );
      request.on('timeout', () => request.destroy(new Error(`no answer within ${this.#timeoutMs} ms`)));
      request.on('error', (error) => fail(error.message));
      request.end(body);
    });
  }
}

function parseAnswers(body: string, url: string): RpcResponse[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch (cause) {
    throw new RpcTransportError(`${url}: the answer is not JSON: ${body.slice(0, 200)}`, { cause });
  }
  return (Array.isArray(parsed) ? parsed : [parsed]) as RpcResponse[];
}
