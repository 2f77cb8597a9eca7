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
    const fail = (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? 'is busy' : `cannot be opened: ${cause.message}`;
      reject(new Error(`${owner}: port ${port} ${why}`, { cause }));
    };
    server.once('error', fail);
    server.listen(port, HOST, () => {
      server.off('error', fail);
      resolve();
    });
  });
  // From now on it is a connection that could not be taken, for want of file descriptors; the others go on.
  server.on('error', (error) => console.error(`${owner}: ${error.message}`));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error(`${owner}: the server has no port`);
  return `http://${HOST}:${address.port}`;
}
