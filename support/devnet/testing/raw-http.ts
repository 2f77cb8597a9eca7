/**
 * HTTP for the tests as an attacker writes it: any header, any bytes, nothing read unless one wishes.
 */
import http from 'node:http';
import net from 'node:net';

export interface Reply {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

export interface Ask {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly agent?: http.Agent;
}

/** Sends a request with these headers, Host included. Rejects when the connection breaks before a whole reply. */
export function askRaw(url: string, { method = 'POST', path, headers = {}, body = '', agent }: Ask): Promise<Reply> {
  const { hostname, port, pathname } = new URL(url);
  const length = method === 'POST' ? { 'content-length': String(Buffer.byteLength(body)) } : {};
  return new Promise((resolve, reject) => {
    const options = {
      hostname,
      port,
      path: path ?? pathname,
      method,
      headers: { ...headers, ...length },
      ...(agent && { agent }),
    };
    const request = http.request({ ...options, insecureHTTPParser: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    request.on('error', reject);
    request.end(method === 'POST' ? body : undefined);
  });
}

/** Writes bytes on a connection of its own and gives what came back until the server closed it. */
export function sendBytes(url: string, bytes: string | Buffer): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = net.connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('end', () => socket.destroy());
    socket.on('error', () => undefined); // a reset is an answer too
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
    socket.end(bytes);
  });
}

/** A connection on which `bytes` were written and which is left open. */
export async function leaveOpen(url: string, bytes: string | Buffer): Promise<net.Socket> {
  const { hostname, port } = new URL(url);
  const socket = net.connect({ host: hostname, port: Number(port) });
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.write(bytes, resolve));
  return socket;
}
