/**
 * Time that moves only when it is told to. On the way every job that is due runs, in order of time, then registration.
 *
 * It knows nothing of the chain: `show` is called when a move is over, with the new time.
 */
import type { Clock, RecurringJob, Restore } from './clock.ts';

interface Entry {
  readonly job: RecurringJob;
  dueS: number;
}

export interface VirtualClockOptions {
  readonly startS: number;
  /** Called before a move; whoever acts outside the clock may have acted since the last one. */
  readonly onMoveStart?: () => void;
  /** Called at the end of each move with the new time. */
  readonly show?: (atS: number) => Promise<void>;
}

export class VirtualClock implements Clock {
  readonly #options: VirtualClockOptions;
  #entries: Entry[] = [];
  #nowS: number;
  #moving = false;

  constructor(options: VirtualClockOptions) {
    this.#options = options;
    this.#nowS = options.startS;
  }

  nowS(): number {
    return this.#nowS;
  }

  every(job: RecurringJob): void {
    assertJob(job);
    this.#entries.push({ job, dueS: job.firstAtS });
  }

  /**
   * Moves time to `targetS` (Unix seconds, whole) and returns it. A time in the past changes nothing. Throws what a job threw, naming
   * the job; time then stands where the job was due, and the job is due again.
   */
  async advanceTo(targetS: number): Promise<number> {
    if (!Number.isSafeInteger(targetS)) throw new TypeError(`a time in whole Unix seconds, not ${targetS}`);
    if (this.#moving) throw new Error('the clock is already moving');
    this.#moving = true;
    try {
      this.#options.onMoveStart?.();
      await this.#runDue(targetS);
      if (targetS > this.#nowS) this.#nowS = targetS;
      await this.#options.show?.(this.#nowS);
    } finally {
      this.#moving = false;
    }
    return this.#nowS;
  }

  async #runDue(targetS: number): Promise<void> {
    for (let next = this.#next(); next !== undefined && next.dueS <= targetS; next = this.#next()) {
      if (next.dueS > this.#nowS) this.#nowS = next.dueS;
      try {
        await next.job.run(next.dueS);
      } catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause);
        throw new Error(`${next.job.name} at ${next.dueS}: ${why}`, { cause });
      }
      next.dueS += next.job.intervalS;
    }
  }

  /** The entry due first; of those due together the one registered first. */
  #next(): Entry | undefined {
    let first = this.#entries[0];
    for (const entry of this.#entries) {
      if (first === undefined || entry.dueS < first.dueS) first = entry;
    }
    return first;
  }

  snapshot(): Promise<Restore> {
    const nowS = this.#nowS;
    const entries = this.#entries.map(({ job, dueS }) => ({ job, dueS }));
    const restore = async () => {
      if (this.#moving) throw new Error('the clock is moving: it cannot be put back now');
      this.#nowS = nowS;
      this.#entries = entries.map(({ job, dueS }) => ({ job, dueS }));
    };
    return Promise.resolve(restore);
  }
}

/** Throws for an interval below a second or times that are not whole seconds. */
export function assertJob(job: RecurringJob): void {
  if (!Number.isSafeInteger(job.intervalS) || job.intervalS < 1)
    throw new RangeError(`${job.name}: an interval of whole seconds, at least 1, not ${job.intervalS}`);
  if (!Number.isSafeInteger(job.firstAtS)) throw new RangeError(`${job.name}: a first run at a whole second`);
}
