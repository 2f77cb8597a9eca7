/** A proxy in front of a ledger's websocket: passes every message on, except the requests that are struck. */
import { WebSocket } from 'ws';
import { z } from 'zod';
import { parseJsonOrNothing } from '../devnet/http/bounded-json.ts';
import { startHttpServer } from '../devnet/http/http-server.ts';
import { sendText, serveWebSockets } from '../devnet/http/web-sockets.ts';
import type { Dice } from './dice.ts';
import type { Proxy } from '../devnet/http/proxy.ts';
import type { ChaosKind } from './kinds.ts';
import { LaggingLedger, type LedgerRequest, refusal } from './lagging-ledger.ts';

const LONGEST_DELAY_MS = 400;
/** More than any server behind takes. */
const MESSAGE_LIMIT_BYTES = 4_000_000;
/** Of requests that wait for the connection behind. */
const EARLY_LIMIT = 100;
const GARBAGE = '<html><body>Bad gateway';
const jsonObject = z.record(z.string(), z.unknown());

export async function startSocketProxy(url: string, dice: Dice): Promise<Proxy> {
  const lagging = new LaggingLedger();
  const server = await startHttpServer({ owner: 'chaos before ledger' }, () => ({
    status: 426,
    body: 'open a WebSocket',
  }));
  const stopSockets = serveWebSockets(server, {
    messageLimitBytes: MESSAGE_LIMIT_BYTES,
    welcome: (client) => {
      const line = new Line(client, url, dice, lagging);
      return (text) => line.request(text);
    },
  });
  return {
    url: server.url.replace('http:', 'ws:'),
    stop: async () => {
      stopSockets();
      await server.stop();
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
      for (const text of this.#early.splice(0)) sendText(this.#server, text);
    });
    this.#server.on('message', (data: Buffer) => this.#answer(data.toString('utf8')));
    for (const end of [client, this.#server]) {
      end.on('close', () => this.#break());
      end.on('error', () => this.#break());
    }
  }

  request(text: string): void {
    if (this.#isSilent) return;
    const kind = this.#dice.draw('ledger', text);
    if (kind === undefined) return this.#pass(text);
    if (this.#strike(kind, text)) return this.#dice.strike(kind);
    this.#dice.spare();
    this.#pass(text);
  }

  /** False when the kind does not fit the request. */
  #strike(kind: ChaosKind, text: string): boolean {
    const parsed = jsonObject.safeParse(parseJsonOrNothing(text));
    if (!parsed.success) return false;
    const request: LedgerRequest = parsed.data;
    const fate = FATES[kind];
    if (fate !== undefined) this.#fates.set(request.id, fate);
    if (kind === 'duplicate') this.#pass(text);
    if (fate !== undefined || kind === 'duplicate') this.#pass(text);
    else if (kind === 'delay') setTimeout(() => this.#pass(text), this.#dice.between('ledger', 20, LONGEST_DELAY_MS));
    else if (kind === 'drop-before') this.#break();
    else if (kind === 'too-many-requests') sendText(this.#client, refusal(request, 'slowDown'));
    else if (kind === 'unavailable') sendText(this.#client, refusal(request, 'tooBusy'));
    else if (kind === 'socket-closed') this.#client.close(1001);
    else if (kind === 'socket-silent') this.#isSilent = true;
    else return kind === 'stale' && this.#passLate(request);
    return true;
  }

  #passLate(request: LedgerRequest): boolean {
    const late = this.#lagging.late(request, this.#dice.between('ledger', 1, 3));
    if (late === undefined) return false;
    if ('answer' in late) sendText(this.#client, late.answer);
    else this.#pass(JSON.stringify(late.request));
    return true;
  }

  #pass(text: string): void {
    if (this.#server.readyState !== WebSocket.CONNECTING) return sendText(this.#server, text);
    this.#early.push(text);
    if (this.#early.length > EARLY_LIMIT) this.#break();
  }

  #answer(text: string): void {
    if (this.#isSilent || this.#client.readyState !== WebSocket.OPEN) return;
    const parsed = jsonObject.safeParse(parseJsonOrNothing(text));
    if (!parsed.success) return sendText(this.#client, text);
    const answer: { id?: unknown } = parsed.data;
    this.#lagging.saw(answer);
    const fate = this.#fates.get(answer.id);
    this.#fates.delete(answer.id);
    if (fate === 'lost') this.#break();
    else if (fate === 'garbage') sendText(this.#client, GARBAGE);
    else if (fate === 'half') sendText(this.#client, text.slice(0, Math.floor(text.length / 2)));
    else if (fate === 'foreign') sendText(this.#client, JSON.stringify({ ...answer, id: 1_000_000_007 }));
    else sendText(this.#client, text);
  }

  #break(): void {
    this.#client.terminate();
    this.#server.terminate();
  }
}
