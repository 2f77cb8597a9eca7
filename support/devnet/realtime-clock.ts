/**
 * The wall clock with the same jobs as the virtual one: never two at once, and one that comes late runs once, not n
 * times. It cannot be put back.
 *
 * A job's error stops the clock and goes to `onFailure`; nothing here decides what then happens.
 */
import { assertJob } from './virtual-clock.ts';
import type { Clock, RecurringJob, Restore } from './clock.ts';

interface Entry {
  readonly job: RecurringJob;
  dueS: number;
}

export class RealtimeClock implements Clock {
  readonly #onFailure: (error: Error) => void;
  readonly #entries: Entry[] = [];
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #stopped = false;
  /** Told when the next job has run or the clock has stopped. */
  #waiters: (() => void)[] = [];

  constructor(options: { readonly onFailure: (error: Error) => void }) {
    this.#onFailure = options.onFailure;
  }

  nowS(): number {
    return Math.floor(Date.now() / 1000);
  }

  every(job: RecurringJob): void {
    assertJob(job);
    this.#entries.push({ job, dueS: job.firstAtS });
    this.#schedule();
  }

  snapshot(): Promise<Restore> {
    return Promise.reject(new Error('a real-time clock cannot be put back'));
  }

  /** Resolves at `atS`, when every job due until then has run. Rejects when the clock stops before. */
  async waitUntil(atS: number): Promise<void> {
    for (;;) {
      if (this.#stopped) throw new Error('the clock has stopped');
      const waitMs = Math.max(0, atS * 1000 - Date.now());
      const isBehind = this.#entries.some(({ dueS }) => dueS <= atS) || this.#running !== undefined;
      if (waitMs === 0 && !isBehind) return;
      await (waitMs > 0 ? new Promise((resolve) => setTimeout(resolve, waitMs)) : this.#nextRun());
    }
  }

  #nextRun(): Promise<void> {
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  /** No job starts any more; resolves when the one under way is done. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
    this.#wakeWaiters();
  }

  #wakeWaiters(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }

  #schedule(): void {
    const next = this.#next();
    if (this.#stopped || this.#running !== undefined || next === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        this.#running = this.#runOne(next).finally(() => {
          this.#running = undefined;
          this.#wakeWaiters();
          this.#schedule();
        });
      },
      Math.max(0, next.dueS * 1000 - Date.now()),
    );
  }

  async #runOne(entry: Entry): Promise<void> {
    const nowS = this.nowS();
    const missed = Math.max(0, Math.floor((nowS - entry.dueS) / entry.job.intervalS));
    const dueS = entry.dueS + missed * entry.job.intervalS;
    entry.dueS = dueS + entry.job.intervalS;
    try {
      await entry.job.run(dueS);
    } catch (cause) {
      this.#stopped = true;
      const why = cause instanceof Error ? cause.message : String(cause);
      this.#onFailure(new Error(`${entry.job.name} at ${dueS}: ${why}`, { cause }));
    }
  }

  #next(): Entry | undefined {
    return this.#entries.toSorted((a, b) => a.dueS - b.dueS)[0];
  }
}
