/**
 * The ledger's front door: WebSocket and JSON-RPC on one port of this machine, and the faucet.
 *
 * It keeps no state of the ledger and closes none (unless `ledger_accept` is allowed): time belongs to others.
 */
import type { WebSocket } from 'ws';
import { type HttpAnswer, type HttpRequest, type RunningServer, startHttpServer } from '../http/http-server.ts';
import type { Visitors } from '../http/visitors.ts';
import { sendText, serveWebSockets } from '../http/web-sockets.ts';
import type { Ledger } from './ledger.ts';
import { type OnFaucet, answerFaucet } from './rpc/faucet.ts';
import { answerJsonRpc } from './rpc/json-rpc.ts';
import type { RpcErrorName } from './rpc/rpc-error.ts';
import { newSubscriber, publishLedger, publishProposed } from './rpc/subscriptions.ts';
import { answerMessage } from './rpc/web-socket.ts';
import type { Host, Subscriber } from './rpc/types.ts';

export interface LedgerServerOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly visitors?: Visitors;
  /** Lets clients close ledgers with `ledger_accept`, as on a stand-alone server. Off by default. */
  readonly allowLedgerAccept?: boolean;
  readonly onFaucet?: OnFaucet;
  /** A fault to plant: names the error a command is refused with, for instance "slowDown". */
  readonly refuse?: (command: string) => RpcErrorName | undefined;
}

export interface LedgerServer {
  readonly port: number;
  readonly webSocketUrl: string;
  readonly jsonRpcUrl: string;
  readonly faucetUrl: string;
  /** Closes every connection; resolved when nothing is left open. */
  stop(): Promise<void>;
}

const FAUCET_PATH = '/accounts';
/** As the real server has it, for requests by HTTP. */
const REQUEST_LIMIT_BYTES = 1_000_000;

/** Serves `ledger` until stopped. Rejects with the number of the port if that is taken. */
export async function startLedgerServer(ledger: Ledger, options: LedgerServerOptions = {}): Promise<LedgerServer> {
  const { onFaucet = () => undefined, visitors = {} } = options;
  let port = 0;
  const host: Host = {
    ledger,
    allowLedgerAccept: options.allowLedgerAccept ?? false,
    startedAtS: ledger.nowS(),
    port: () => port,
    refuse: options.refuse ?? (() => undefined),
  };
  const http = await startHttpServer(
    {
      owner: 'ledger',
      port: options.port ?? 0,
      visitors,
      bodyLimitBytes: REQUEST_LIMIT_BYTES,
      printRefusal: (_, why) => why,
    },
    (request) => answerHttp(host, onFaucet, request),
  );
  port = Number(new URL(http.url).port);
  const stopStreams = serveStreams(host, http, visitors);
  return {
    port,
    webSocketUrl: http.url.replace('http:', 'ws:'),
    jsonRpcUrl: http.url,
    faucetUrl: http.url + FAUCET_PATH,
    stop: async () => {
      stopStreams();
      await http.stop();
    },
  };
}

/** Attaches the WebSocket side. @returns what ends it */
function serveStreams(host: Host, http: RunningServer, visitors: Visitors): () => void {
  const subscribers = new Map<WebSocket, Subscriber>();
  const welcome = (socket: WebSocket) => {
    const subscriber = newSubscriber((message) => sendText(socket, JSON.stringify(message)));
    subscribers.set(socket, subscriber);
    socket.on('close', () => subscribers.delete(socket));
    return (text: string) => subscriber.send(answerMessage(host, text, subscriber));
  };
  const stopSockets = serveWebSockets(http, { visitors, messageLimitBytes: REQUEST_LIMIT_BYTES, welcome });
  const { ledger } = host;
  const stopListening = [
    ledger.onClose((closed) => publishLedger(ledger, closed, subscribers.values())),
    ledger.onApply((transaction) => publishProposed(ledger, transaction, subscribers.values())),
  ];
  return () => {
    for (const stop of stopListening) stop();
    stopSockets();
  };
}

function answerHttp(host: Host, onFaucet: OnFaucet, request: HttpRequest): HttpAnswer | Promise<HttpAnswer> {
  const { method, path, text } = request;
  if (method !== 'POST') return { status: 405, body: 'POST a request, or open a WebSocket' };
  return path === FAUCET_PATH ? answerFaucet(host.ledger, text, onFaucet) : answerJsonRpc(host, text);
}
