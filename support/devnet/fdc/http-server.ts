/**
 * The little of an HTTP server that both FDC servers need: JSON in, JSON out, on the local machine only.
 *
 * Routing is the caller's function; nothing of the FDC is known here. An answer that throws is HTTP 500 and a line on
 * the console.
 */
import http from 'node:http';
import { isRecord } from './is-record.ts';

const HOST = '127.0.0.1';
const BODY_LIMIT_BYTES = 100_000;

export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: http.IncomingHttpHeaders;
  /** Parsed JSON of a POST; undefined without a body. */
  readonly body: unknown;
}

export interface HttpAnswer {
  readonly status: number;
  /** Anything JSON can print; a bigint is printed as a number of any size. */
  readonly body: unknown;
}

export interface RunningServer {
  /** http://127.0.0.1:port */
  readonly url: string;
  /** Closes every connection and resolves when the port is free. */
  stop(): Promise<void>;
}

export type Handler = (request: HttpRequest) => HttpAnswer;

export const ok = (body: unknown): HttpAnswer => ({ status: 200, body });
export const notFound = (method: string, path: string): HttpAnswer => ({
  status: 404,
  body: { message: `Cannot ${method} ${path}`, error: 'Not Found', statusCode: 404 },
});

/** Rejects with an error that names the port when it is taken. Port 0 takes a free one. */
export async function startHttpServer(name: string, port: number, handler: Handler): Promise<RunningServer> {
  const server = http.createServer((incoming, outgoing) => void respond(incoming, outgoing, handler));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? 'is in use' : `cannot be opened: ${cause.message}`;
      reject(new Error(`${name}: port ${port} ${why}`, { cause }));
    });
    server.listen(port, HOST, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error(`${name}: the server has no port`);
  return { url: `http://${HOST}:${address.port}`, stop: async () => await stopServer(server) };
}

async function stopServer(server: http.Server): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}

async function respond(incoming: http.IncomingMessage, outgoing: http.ServerResponse, handler: Handler): Promise<void> {
  const { status, body } = await answer(incoming, handler);
  outgoing.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  outgoing.end(toJson(body));
}

async function answer(incoming: http.IncomingMessage, handler: Handler): Promise<HttpAnswer> {
  const { method = 'GET', url = '/', headers } = incoming;
  try {
    const { pathname, searchParams } = new URL(`http://${HOST}${url}`);
    const text = await readBody(incoming);
    if (text === undefined) return failure(413, 'request entity too large');
    const body = parseJson(text);
    if (body === INVALID_JSON) return failure(400, 'the body is not JSON');
    return handler({ method, path: pathname, query: searchParams, headers, body });
  } catch (error) {
    console.error(`${method} ${url} failed:`, error);
    return failure(500, 'Internal server error');
  }
}

function failure(statusCode: number, message: string): HttpAnswer {
  return { status: statusCode, body: { statusCode, message } };
}

async function readBody(incoming: http.IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= BODY_LIMIT_BYTES) chunks.push(chunk);
  }
  return bytes > BODY_LIMIT_BYTES ? undefined : Buffer.concat(chunks).toString('utf8');
}

const INVALID_JSON = Symbol('invalid JSON');

function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return INVALID_JSON;
  }
}

/** JSON.stringify that prints a bigint as a JSON number with all its digits. */
export function toJson(value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return `[${value.map(toJson).join(',')}]`;
  if (!isRecord(value)) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${toJson(member)}`).join(',')}}`;
}
