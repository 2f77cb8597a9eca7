/**
 * Lets a server listen on the local machine only.
 */
import type { Server } from 'node:net';

const HOST = '127.0.0.1';

/**
 * The URL of `server` once it listens; port 0 takes a free port. Rejects with an error that says whose port it is when it
 * is taken.
 */
export async function listenOnLoopback(server: Server, owner: string, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? 'is busy' : `cannot be opened: ${cause.message}`;
      reject(new Error(`${owner}: port ${port} ${why}`, { cause }));
    });
    server.listen(port, HOST, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error(`${owner}: the server has no port`);
  return `http://${HOST}:${address.port}`;
}
