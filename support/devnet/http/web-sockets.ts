/**
 * The WebSocket side of a server: the same strangers are kept out, messages are limited, and whoever does not read what it
 * is sent is cut off before it fills the memory.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import type { RunningServer } from './http-server.ts';
import { type Visitors, strangerIn } from './visitors.ts';

export interface WebSocketOptions {
  readonly visitors?: Visitors;
  readonly messageLimitBytes: number;
  /** Greets a client; what it returns is called with each message. Should that throw, the connection is closed. */
  readonly welcome: (socket: WebSocket) => (text: string) => void;
}

/** Unread by the client; room for the messages of a day of ledgers passing at once. */
const UNREAD_LIMIT_BYTES = 32_000_000;
/** Close code of RFC 6455. */
const INTERNAL_ERROR = 1011;

/** Attaches WebSockets to a server. @returns what ends them all */
export function serveWebSockets({ server }: RunningServer, options: WebSocketOptions): () => void {
  const { visitors = {}, messageLimitBytes, welcome } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    // Small messages on one machine gain nothing, and a few compressed bytes could unfold into many.
    perMessageDeflate: false,
    maxPayload: messageLimitBytes,
  });
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const stranger = strangerIn(request.headers, visitors);
    if (stranger !== undefined) return turnAway(stream, stranger);
    sockets.handleUpgrade(request, stream, head, (socket) => {
      socket.on('error', () => undefined); // a broken frame is the client's mistake; the library closes the connection
      socket.on('ping', () => cutUnlessRead(socket));
      const hear = welcome(socket);
      socket.on('message', (data) => {
        try {
          hear(Buffer.isBuffer(data) ? data.toString('utf8') : '');
        } catch (error) {
          console.error('a WebSocket message failed:', error);
          socket.close(INTERNAL_ERROR);
        }
      });
    });
  });
  return () => {
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
  };
}

function turnAway(stream: Duplex, why: string): void {
  stream.on('error', () => undefined); // it may be gone already
  stream.once('finish', () => stream.destroy());
  const head = ['HTTP/1.1 403 Forbidden', 'Connection: close', 'Content-Type: text/plain'];
  head.push(`Content-Length: ${Buffer.byteLength(why)}`);
  stream.end(`${head.join('\r\n')}\r\n\r\n${why}`);
}

/** Sends unless the connection is over; ends it when the client has let too much lie unread. */
export function sendText(socket: WebSocket, text: string): void {
  if (socket.readyState !== WebSocket.OPEN) return;
  socket.send(text);
  cutUnlessRead(socket);
}

function cutUnlessRead(socket: WebSocket): void {
  if (socket.bufferedAmount > UNREAD_LIMIT_BYTES) socket.terminate();
}
