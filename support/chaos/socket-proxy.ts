/**
 * Stands before a ledger's websocket and passes every message on, but for the requests that are struck.
 */
import http from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';
import { listenOnLoopback } from '../devnet/loopback.ts';
import type { Dice } from './dice.ts';
import type { Proxy } from './http-proxy.ts';
import type { ChaosKind } from './kinds.ts';
import { LaggingLedger, type LedgerRequest, refusal } from './lagging-ledger.ts';

const LONGEST_DELAY_MS = 400;
const GARBAGE = '<html><body>Bad gateway';

export async function startSocketProxy(url: string, dice: Dice): Promise<Proxy> {
  const server = http.createServer((_, response) => void response.writeHead(426).end());
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  const lagging = new LaggingLedger();
  sockets.on('connection', (client) => new Line(client, url, dice, lagging));
  const own = await listenOnLoopback(server, 'chaos before ledger', 0);
  return {
    url: own.replace('http:', 'ws:'),
    stop: async () => {
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What happens to the answer of a request that was passed on. */
type AnswerFate = 'lost' | 'garbage' | 'half' | 'foreign';

const FATES: Readonly<Partial<Record<ChaosKind, AnswerFate>>> = {
  'drop-after': 'lost',
  garbage: 'garbage',
  truncated: 'half',
  'foreign-answer': 'foreign',
};

/** One client with its own connection to the server. */
class Line {
  readonly #client: WebSocket;
  readonly #server: WebSocket;
  readonly #dice: Dice;
  readonly #lagging: LaggingLedger;
  readonly #fates = new Map<unknown, AnswerFate>();
  readonly #early: string[] = [];
  #isSilent = false;

  constructor(client: WebSocket, url: string, dice: Dice, lagging: LaggingLedger) {
    this.#client = client;
    this.#dice = dice;
    this.#lagging = lagging;
    this.#server = new WebSocket(url, { perMessageDeflate: false });
    this.#server.on('open', () => {
      for (const text of this.#early.splice(0)) this.#server.send(text);
    });
    this.#server.on('message', (data: Buffer) => this.#answer(data.toString('utf8')));
    client.on('message', (data: Buffer) => this.#request(data.toString('utf8')));
    for (const end of [client, this.#server]) {
      end.on('close', () => this.#break());
      end.on('error', () => this.#break());
    }
  }

  #request(text: string): void {
    if (this.#isSilent) return;
    const kind = this.#dice.draw('ledger', text);
    if (kind === undefined) return this.#pass(text);
    if (this.#strike(kind, text)) return this.#dice.strike(kind);
    this.#dice.spare();
    this.#pass(text);
  }

  /** False when the kind does not fit the request. */
  #strike(kind: ChaosKind, text: string): boolean {
    const request: LedgerRequest = JSON.parse(text);
    const fate = FATES[kind];
    if (fate !== undefined) this.#fates.set(request.id, fate);
    if (kind === 'duplicate') this.#pass(text);
    if (fate !== undefined || kind === 'duplicate') this.#pass(text);
    else if (kind === 'delay') setTimeout(() => this.#pass(text), this.#dice.between('ledger', 20, LONGEST_DELAY_MS));
    else if (kind === 'drop-before') this.#break();
    else if (kind === 'too-many-requests') this.#client.send(refusal(request, 'slowDown'));
    else if (kind === 'unavailable') this.#client.send(refusal(request, 'tooBusy'));
    else if (kind === 'socket-closed') this.#client.close(1001);
    else if (kind === 'socket-silent') this.#isSilent = true;
    else return kind === 'stale' && this.#passLate(request);
    return true;
  }

  #passLate(request: LedgerRequest): boolean {
    const late = this.#lagging.late(request, this.#dice.between('ledger', 1, 3));
    if (late === undefined) return false;
    if ('answer' in late) this.#client.send(late.answer);
    else this.#pass(JSON.stringify(late.request));
    return true;
  }

  #pass(text: string): void {
    if (this.#server.readyState === WebSocket.CONNECTING) this.#early.push(text);
    else if (this.#server.readyState === WebSocket.OPEN) this.#server.send(text);
  }

  #answer(text: string): void {
    if (this.#isSilent || this.#client.readyState !== WebSocket.OPEN) return;
    const answer: { id?: unknown } = JSON.parse(text);
    this.#lagging.saw(answer);
    const fate = this.#fates.get(answer.id);
    this.#fates.delete(answer.id);
    if (fate === 'lost') this.#break();
    else if (fate === 'garbage') this.#client.send(GARBAGE);
    else if (fate === 'half') this.#client.send(text.slice(0, Math.floor(text.length / 2)));
    else if (fate === 'foreign') this.#client.send(JSON.stringify({ ...answer, id: 1_000_000_007 }));
    else this.#client.send(text);
  }

  #break(): void {
    this.#client.terminate();
    this.#server.terminate();
  }
}
