/** Values that are read once for everybody. Only answers are remembered: after a failure the next caller reads again. */
export class Remembered<T> {
  readonly #known = new Map<string, Promise<T>>();

  /** The answer known under `key`; if there is none, what `read` gives, also to whoever asks while it is being read. */
  of(key: string, read: () => Promise<T>): Promise<T> {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const reading = read();
    this.#known.set(key, reading);
    // This marks the failure as handled, so one can read ahead and await it later or never.
    reading.catch(() => this.forget(key, reading));
    return reading;
  }

  /** True while an answer is known or being read. */
  has(key: string): boolean {
    return this.#known.has(key);
  }

  /** All that is known or being read. */
  values(): readonly Promise<T>[] {
    return [...this.#known.values()];
  }

  /** Forgets this answer, unless another one has taken its place. */
  forget(key: string, answer: Promise<T>): void {
    if (this.#known.get(key) === answer) this.#known.delete(key);
  }

  clear(): void {
    this.#known.clear();
  }
}
