/** Spreads what is asked of a service over time, where it takes only so much in a second. */
import { realPause } from './endpoints.ts';

/** A fifth less than what is allowed: requests do not arrive as evenly as they are sent. */
const SPARE = 1.25;

export class Pacer {
  readonly #intervalMs: number;
  readonly #nowMs: () => number;
  readonly #pause: (milliseconds: number) => Promise<void>;
  #freeAtMs = -Infinity;
  #queue: Promise<void> = Promise.resolve();

  /** Undefined for no limit. */
  constructor(perS: number | undefined, nowMs = () => performance.now(), pause = realPause) {
    this.#intervalMs = perS === undefined ? 0 : (SPARE * 1000) / perS;
    this.#nowMs = nowMs;
    this.#pause = pause;
  }

  /** Comes back when it is the caller's turn, in the order of the callers. */
  async turn(): Promise<void> {
    if (this.#intervalMs === 0) return;
    this.#queue = this.#queue.then(() => this.#next());
    await this.#queue;
  }

  /** From the moment of the last turn, however late that was. */
  async #next(): Promise<void> {
    const waitMs = this.#freeAtMs - this.#nowMs();
    if (waitMs > 0) await this.#pause(waitMs);
    this.#freeAtMs = this.#nowMs() + this.#intervalMs;
  }
}
