/** Random choices that are the same whenever a devnet comes to the same second in the same way: they hang on a text alone. */
import { createHash } from 'node:crypto';

export class Dice {
  readonly #seed: string;
  #throws = 0;

  constructor(seed: string) {
    this.#seed = seed;
  }

  /** From 0 to `limit` − 1; the limit is at least 1. */
  below(limit: number): number {
    return Number.parseInt(this.hex(6), 16) % limit;
  }

  /** True once in so many times. */
  onceIn(times: number): boolean {
    return this.below(times) === 0;
  }

  /** Undefined for an empty list. */
  pick<T>(list: readonly T[]): T | undefined {
    return list.length === 0 ? undefined : list[this.below(list.length)];
  }

  /** From 1 to `most`, of every size alike often. */
  amount(most: bigint): bigint {
    const digits = this.below(most.toString().length) + 1;
    const drawn = BigInt(`0x${this.hex(24)}`) % 10n ** BigInt(digits);
    return (drawn % most) + 1n;
  }

  /** So many bytes, lower-case hex without 0x. */
  hex(bytes: number): string {
    this.#throws += 1;
    const digest = createHash('sha512').update(`${this.#seed} ${this.#throws}`).digest('hex');
    return digest.slice(0, 2 * bytes);
  }
}
