/**
 * Ports for the tests: one that is taken, and whether anyone listens on another.
 */
import { once } from 'node:events';
import net from 'node:net';
import { onTestFinished } from 'vitest';
import { listenOnLoopback } from '../http/loopback.ts';

/** A port that is taken until the test is over. */
export async function busyPort(): Promise<number> {
  const server = net.createServer();
  const url = await listenOnLoopback(server, 'test', 0);
  onTestFinished(() => void server.close());
  return portOf(url);
}

export const portOf = (url: string): number => Number(new URL(url).port);

export async function isListening(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  const socket = net.connect(Number(port), hostname);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false; // refused
  } finally {
    socket.destroy();
  }
}
