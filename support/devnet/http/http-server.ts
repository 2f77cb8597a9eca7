/**
 * The front door of everything here that listens: on this machine only, for its own programs only, with limits to what is
 * taken and what is kept. Whatever goes wrong with a request is that request's reply, and never ends the process.
 *
 * What a request means is the caller's function; WebSockets are in web-sockets.ts.
 */
import http from 'node:http';
import type { Socket } from 'node:net';
import { listenOnLoopback } from './loopback.ts';
import { Refused } from './refused.ts';
import { type Visitors, admissionHeaders, strangerIn } from './visitors.ts';

export interface HttpRequest {
  readonly method: string;
  /** Path and query as they were asked for. */
  readonly target: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: http.IncomingHttpHeaders;
  /** The body; empty without one. */
  readonly text: string;
  /** True once the asker has hung up. */
  readonly isGone: () => boolean;
}

export interface HttpAnswer {
  readonly status: number;
  /** A string is sent as plain text, anything else as JSON. */
  readonly body: unknown;
}

/** Answers a request. May throw Refused; any other error is a fault of ours, answered with status 500. */
export type Handler = (request: HttpRequest) => HttpAnswer | Promise<HttpAnswer>;

export interface HttpServerOptions {
  /** Whose server it is, for the message of a busy port. */
  readonly owner: string;
  /** 0, the default, takes a free port. */
  readonly port?: number;
  readonly visitors?: Visitors;
  readonly bodyLimitBytes?: number;
  /** How this service prints a refusal; `{ error: why }` unless said. */
  readonly printRefusal?: (status: number, why: string) => unknown;
  /** JSON of an answer's body; JSON.stringify unless said. */
  readonly printJson?: (body: unknown) => string;
}

export interface RunningServer {
  /** http://127.0.0.1:port */
  readonly url: string;
  readonly server: http.Server;
  /** Closes every connection and resolves when the port is free; more than once is fine. */
  stop(): Promise<void>;
}

const BODY_LIMIT_BYTES = 100_000;
/** Of a body that was refused as too long, so much more is read and dropped before the connection is cut. */
const DROPPED_BODIES = 10;
const REPLY_LIMIT_CHARACTERS = 32_000_000;
const CONNECTION_LIMIT = 500;
/** Requests on one connection that wait for their replies; clients that are honest have one. */
const PIPELINE_LIMIT = 100;
/** Only who holds a connection on purpose meets these. */
const HEADERS_TIMEOUT_MS = 30_000;
const REQUEST_TIMEOUT_MS = 60_000;
const UNREAD_REPLY_TIMEOUT_MS = 60_000;

/** Rejects with an error that names the port when it is taken. */
export function startHttpServer(options: HttpServerOptions, handler: Handler): Promise<RunningServer> {
  return startRawServer(options, async (request, response) => {
    const body = await handler(request);
    reply(response, body, options);
  });
}

/** What writes a reply by its own hand. An error before it has begun becomes the reply; afterwards it ends the connection. */
export type RawHandler = (request: HttpRequest, response: http.ServerResponse) => Promise<void>;

/** A server for those who must reply in ways that no good server does. */
export async function startRawServer(options: HttpServerOptions, handler: RawHandler): Promise<RunningServer> {
  const server = http.createServer({
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: 0, // an idle client must not find its connection closed just as it writes
  });
  server.maxConnections = CONNECTION_LIMIT;
  const underway = new WeakMap<Socket, number>();
  server.on('request', (request, response) => {
    const { socket } = request;
    const others = underway.get(socket) ?? 0;
    if (others >= PIPELINE_LIMIT) return void socket.destroy();
    underway.set(socket, others + 1);
    response.once('close', () => underway.set(socket, (underway.get(socket) ?? 1) - 1));
    request.on('error', () => undefined); // the asker hung up, which reading the body has seen too
    serve(options, handler, request, response).catch((error: unknown) => refuse(response, error, options));
  });
  const url = await listenOnLoopback(server, options.owner, options.port ?? 0);
  return { url, server, stop: () => stopServer(server) };
}

async function stopServer(server: http.Server): Promise<void> {
  if (!server.listening) return;
  await new Promise<void>((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}

async function serve(
  options: HttpServerOptions,
  handler: RawHandler,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  const { method = 'GET', url = '/', headers } = request;
  const { visitors = {}, bodyLimitBytes = BODY_LIMIT_BYTES } = options;
  const stranger = strangerIn(headers, visitors);
  if (stranger !== undefined) throw new Refused(403, stranger);
  for (const [name, value] of Object.entries(admissionHeaders(headers, visitors))) response.setHeader(name, value);
  if (method === 'OPTIONS') return void response.writeHead(204).end();
  if (!url.startsWith('/')) throw new Refused(400, 'the target of a request is a path');
  const { pathname, searchParams } = new URL(`http://127.0.0.1${url}`);
  const text = await bodyOf(request, bodyLimitBytes);
  const isGone = () => request.socket.destroyed;
  if (isGone()) return;
  await handler({ method, target: url, path: pathname, query: searchParams, headers, text, isGone }, response);
}

/** Resolves with the body; rejects with Refused for one that is too long or not UTF-8. Pending when the asker hangs up. */
function bodyOf(request: http.IncomingMessage, limitBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= limitBytes) return void chunks.push(chunk);
      chunks.length = 0;
      reject(new Refused(413, `the body is too long: the limit is ${limitBytes} bytes`));
      if (bytes > limitBytes * DROPPED_BODIES) request.socket.destroy();
    });
    request.on('end', () => {
      try {
        resolve(utf8.decode(Buffer.concat(chunks)));
      } catch {
        reject(new Refused(400, 'the body is not UTF-8'));
      }
    });
  });
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function reply(response: http.ServerResponse, { status, body }: HttpAnswer, { printJson }: HttpServerOptions): void {
  const isText = typeof body === 'string';
  const text = isText ? body : (printJson ?? JSON.stringify)(body);
  if (text.length > REPLY_LIMIT_CHARACTERS) throw new Error('the answer is too long');
  response.writeHead(status, {
    'content-type': isText ? 'text/plain' : 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
  cutUnlessRead(response);
}

/** What the asker does not read is not kept for it for ever. */
function cutUnlessRead(response: http.ServerResponse): void {
  const { socket } = response;
  if (response.writableFinished || socket === null) return;
  socket.setTimeout(UNREAD_REPLY_TIMEOUT_MS); // of standing still, after which the library closes it
  response.once('finish', () => socket.setTimeout(0));
}

function refuse(response: http.ServerResponse, error: unknown, options: HttpServerOptions): void {
  if (response.headersSent) return void response.destroy();
  const { printRefusal = (_, why) => ({ error: why }) } = options;
  if (!(error instanceof Refused)) console.error(`${options.owner}: a request failed:`, error);
  const [status, why] = error instanceof Refused ? [error.status, error.message] : [500, 'Internal server error'];
  reply(response, { status, body: printRefusal(status, why) }, { owner: options.owner });
}
