/**
 * The ledger's front door: WebSocket and JSON-RPC on one port of this machine, and the faucet.
 *
 * It keeps no state of the ledger and closes none (unless `ledger_accept` is allowed): time belongs to others.
 */
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Ledger } from './ledger.ts';
import { type OnFaucet, answerFaucet } from './rpc/faucet.ts';
import { type HttpAnswer, answerJsonRpc } from './rpc/json-rpc.ts';
import type { RpcErrorName } from './rpc/rpc-error.ts';
import { newSubscriber, publishLedger, publishProposed } from './rpc/subscriptions.ts';
import { answerMessage } from './rpc/web-socket.ts';
import type { Host, Subscriber } from './rpc/types.ts';

export interface LedgerServerOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
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

const address = '127.0.0.1';
const faucetPath = '/accounts';

/** Serves `ledger` until stopped. Rejects with the number of the port if that is taken. */
export async function startLedgerServer(ledger: Ledger, options: LedgerServerOptions = {}): Promise<LedgerServer> {
  const { onFaucet = () => undefined } = options;
  const server = createServer();
  const host: Host = {
    ledger,
    allowLedgerAccept: options.allowLedgerAccept ?? false,
    startedAtS: ledger.nowS(),
    port: () => portOf(server),
    refuse: options.refuse ?? (() => undefined),
  };
  server.on('request', (request, response) => {
    answerHttp(host, onFaucet, request).then(
      (answer) => reply(response, answer),
      (problem: unknown) => reply(response, { status: 500, body: String(problem) }),
    );
  });
  const stopStreams = serveWebSockets(host, server);
  await listen(server, options.port ?? 0);
  const port = portOf(server);
  return {
    port,
    webSocketUrl: `ws://${address}:${port}`,
    jsonRpcUrl: `http://${address}:${port}`,
    faucetUrl: `http://${address}:${port}${faucetPath}`,
    stop: async () => {
      stopStreams();
      await close(server);
    },
  };
}

/** Attaches the WebSocket side. @returns what ends it */
function serveWebSockets(host: Host, server: Server): () => void {
  const sockets = new WebSocketServer({ noServer: true });
  const subscribers = new Map<WebSocket, Subscriber>();
  const welcome = (socket: WebSocket): void => {
    const subscriber = newSubscriber((message) => socket.send(JSON.stringify(message)));
    subscribers.set(socket, subscriber);
    socket.on('message', (data) => {
      const text = Buffer.isBuffer(data) ? data.toString() : '';
      subscriber.send(answerMessage(host, text, subscriber));
    });
    socket.on('close', () => subscribers.delete(socket));
    // A broken frame is the client's mistake; the library closes the connection.
    socket.on('error', () => socket.terminate());
  };
  server.on('upgrade', (request, stream, head) => sockets.handleUpgrade(request, stream, head, welcome));
  const { ledger } = host;
  const stopListening = [
    ledger.onClose((closed) => publishLedger(ledger, closed, subscribers.values())),
    ledger.onApply((transaction) => publishProposed(ledger, transaction, subscribers.values())),
  ];
  return () => {
    for (const stop of stopListening) stop();
    for (const socket of subscribers.keys()) socket.terminate();
    sockets.close();
  };
}

async function answerHttp(host: Host, onFaucet: OnFaucet, request: IncomingMessage): Promise<HttpAnswer> {
  if (request.method !== 'POST') return { status: 405, body: 'POST a request, or open a WebSocket' };
  const body = await readBody(request);
  return request.url?.startsWith(faucetPath) ? answerFaucet(host.ledger, body, onFaucet) : answerJsonRpc(host, body);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

function reply(response: ServerResponse, { status, body }: HttpAnswer): void {
  const isText = typeof body === 'string';
  response.writeHead(status, { 'Content-Type': isText ? 'text/plain' : 'application/json; charset=UTF-8' });
  response.end(isText ? body : JSON.stringify(body));
}

function portOf(server: Server): number {
  const bound = server.address();
  return typeof bound === 'object' && bound !== null ? bound.port : 0;
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const reason = cause.code === 'EADDRINUSE' ? 'it is already in use' : cause.message;
      reject(new Error(`the ledger server cannot listen on ${address}:${port}: ${reason}`, { cause }));
    });
    server.listen(port, address, resolve);
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((problem) => (problem === undefined ? resolve() : reject(problem)));
    server.closeAllConnections();
  });
}
