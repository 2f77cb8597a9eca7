/**
 * For tests that kill a program at a certain point: a network whose chain answers until that point is reached, and then no more
 * until the gate is opened. However late the test looks, the program has gone no further.
 */
import { onTestFinished } from 'vitest';
import type { NetworkRecord } from '../../clients/network-record.ts';
import { give, startProxy } from '../../devnet/http/proxy.ts';

export interface Gate {
  /** The network behind the gate. */
  readonly record: NetworkRecord;
  /** Resolves when the first request is held. */
  readonly reached: Promise<void>;
  /** Lets through what is held, and everything from now on. */
  open(): void;
}

/** `isReached` is asked before each request to the chain is passed on. */
export async function gateBefore(record: NetworkRecord, isReached: () => boolean): Promise<Gate> {
  const [reached, tellReached] = signal();
  const [opened, open] = signal();
  let isOpen = false;
  const proxy = await startProxy('a gate', record.chain.rpcUrls[0] ?? '', async (exchange, forward, response) => {
    if (!isOpen && isReached()) {
      tellReached();
      await opened;
    }
    give(response, await forward(exchange));
  });
  onTestFinished(() => proxy.stop());
  return {
    record: { ...record, chain: { ...record.chain, rpcUrls: [proxy.url] } },
    reached,
    open: () => {
      isOpen = true;
      open();
    },
  };
}

function signal(): [Promise<void>, () => void] {
  let tell = (): void => undefined;
  return [new Promise<void>((resolve) => (tell = resolve)), () => tell()];
}
