/**
 * One websocket to an XRP Ledger server: sends a command, returns its result. After any error the socket and all pending
 * requests are lost; it never opens again.
 */
import { WebSocket } from 'ws';
import { TransientFailure, publicUrl } from '../endpoints.ts';
import type { Verdict } from '../verdict.ts';

/** The server understood and refused; `code` is its short word for why, for example actNotFound. */
export class LedgerServerError extends Error implements Verdict {
  readonly verdict = 'unknown';
  readonly kind = 'LedgerServerError';
  readonly code: string;
  readonly data: Readonly<Record<string, unknown>>;
  constructor(command: string, data: Readonly<Record<string, unknown>>) {
    super(`${command}: ${String(data['error_message'] ?? data['error_exception'] ?? data['error'])}`);
    this.name = 'LedgerServerError';
    this.code = String(data['error']);
    this.data = data;
  }
}

interface Waiting {
  readonly command: string;
  readonly timer: NodeJS.Timeout;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

const API_VERSION = 2;

export class LedgerSocket {
  readonly #url: string;
  readonly #timeoutMs: number;
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;

  private constructor(url: string, timeoutMs: number) {
    this.#url = url;
    this.#timeoutMs = timeoutMs;
    this.#socket = new WebSocket(url, { handshakeTimeout: timeoutMs, perMessageDeflate: false });
    this.#socket.on('message', (data: Buffer) => this.#take(data.toString('utf8')));
    this.#socket.on('error', (error) => this.#lose(error.message));
    this.#socket.on('close', (code) => this.#lose(`closed with ${code}`));
  }

  /** Throws TransientFailure. `timeoutMs` (real milliseconds) limits opening and each answer. */
  static async open(url: string, timeoutMs: number): Promise<LedgerSocket> {
    const opened = new LedgerSocket(url, timeoutMs);
    await new Promise<void>((resolve, reject) => {
      opened.#socket.once('open', resolve);
      opened.#socket.once('error', (error) => reject(opened.#failure(error.message)));
      opened.#socket.once('close', () => reject(opened.#failure('closed before it was open')));
    });
    return opened;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** Result of a command. Throws LedgerServerError, or TransientFailure when its fate is unknown. */
  request<T>(command: string, parameters: object): Promise<T> {
    return new Promise((resolve, reject) => {
      const id = this.#nextId++;
      const timer = setTimeout(
        () => this.#lose(`no answer to ${command} within ${this.#timeoutMs} ms`),
        this.#timeoutMs,
      );
      this.#waiting.set(id, { command, timer, resolve: (result) => resolve(result as T), reject });
      this.#socket.send(JSON.stringify({ ...parameters, id, command, api_version: API_VERSION }), (error) => {
        if (error) this.#lose(error.message);
      });
    });
  }

  close(): void {
    this.#lose('closed by us');
  }

  #take(text: string): void {
    const message = parseObject(text);
    // An unreadable message may have been the answer to any request.
    if (message === undefined) return this.#lose(`the answer is not JSON: ${text.slice(0, 200)}`);
    const id = Number(message['id']);
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return; // a second answer, or one to somebody else
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    if (message['status'] === 'success') waiting.resolve(message['result']);
    else waiting.reject(new LedgerServerError(waiting.command, message));
  }

  #lose(why: string): void {
    const lost = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { timer, reject } of lost) {
      clearTimeout(timer);
      reject(this.#failure(why));
    }
    this.#socket.terminate();
  }

  #failure(why: string): TransientFailure {
    return new TransientFailure(`${publicUrl(this.#url)}: ${why}`);
  }
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : undefined;
  } catch {
    return undefined; // which the caller takes for a broken connection
  }
}
