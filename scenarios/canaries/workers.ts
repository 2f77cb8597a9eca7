/**
 * Hunts side by side, each worker a process of its own: the suite's own computing is what a hunt waits for most.
 *
 * Order and results do not depend on how many there are.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { HuntAnswer, HuntOrder } from './hunt-worker.ts';

const WORKER = join(import.meta.dirname, 'hunt-worker.ts');
/** Whoever starts workers need not run by it itself. */
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** Carries out all orders with so many workers; `onAnswer` hears of each as it ends. */
export async function huntAll(
  orders: readonly HuntOrder[],
  workers: number,
  onAnswer: (order: HuntOrder, answer: HuntAnswer) => void,
): Promise<void> {
  const waiting = [...orders];
  const work = async (): Promise<void> => {
    let worker = startWorker();
    try {
      for (let order = waiting.shift(); order !== undefined; order = waiting.shift()) {
        const told = await carryOut(worker, order);
        if (worker.exitCode !== null || worker.signalCode !== null) worker = startWorker();
        onAnswer(order, told);
      }
    } finally {
      worker.kill();
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, orders.length) }, work));
}

function startWorker(): ChildProcess {
  return fork(WORKER, { serialization: 'advanced', execArgv: ['--import', TSX] });
}

async function carryOut(worker: ChildProcess, order: HuntOrder): Promise<HuntAnswer> {
  const ended = new AbortController();
  const { signal } = ended;
  try {
    worker.send(order);
    return await Promise.race([
      once(worker, 'message', { signal }).then(([told]: HuntAnswer[]) => told ?? { error: 'an empty answer' }),
      once(worker, 'exit', { signal }).then(([code, by]) => ({ error: `the worker ended with ${code ?? by}` })),
    ]);
  } finally {
    ended.abort();
  }
}
