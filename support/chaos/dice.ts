/**
 * Decides which request is struck by what: drawn from a seed in the order of a service's requests, and counted. The same
 * seed and requests give the same trouble.
 */
import { createHash } from 'node:crypto';
import { CHAOS_KINDS, type ChaosKind, KINDS_OF, type Rates, SERVICES, type Service, entriesOf } from './kinds.ts';

export interface DiceOptions {
  readonly seed: number;
  readonly rates: Readonly<Partial<Record<Service, Rates>>>;
  /** Requests, as text, that may be struck; all by default. */
  readonly mayStrike?: (request: string) => boolean;
  /** Most strikes in all. */
  readonly most?: number;
}

export class Dice {
  readonly #options: DiceOptions;
  readonly #counts = new Map<ChaosKind, number>();
  readonly #drawn = new Map<Service, number>();
  /** Strikes done or drawn and not yet done. */
  #taken = 0;

  constructor(options: DiceOptions) {
    for (const service of SERVICES) check(service, options.rates[service] ?? {});
    this.#options = options;
  }

  /**
   * The kind that strikes this request, if any. The caller then says whether it could be done: `strike` counts it, `spare`
   * gives it back where it did not fit the request.
   */
  draw(service: Service, request: string): ChaosKind | undefined {
    const { most = Infinity, mayStrike, rates } = this.#options;
    if (this.#taken >= most || mayStrike?.(request) === false) return undefined;
    let left = this.number(service) * 100;
    for (const [kind, percent] of entriesOf(rates[service] ?? {})) {
      left -= percent;
      if (left >= 0) continue;
      this.#taken += 1;
      return kind;
    }
    return undefined;
  }

  spare(): void {
    this.#taken -= 1;
  }

  strike(kind: ChaosKind): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
  }

  /** The next number of a service, from 0 up to but not 1. */
  number(service: Service): number {
    const drawn = this.#drawn.get(service) ?? 0;
    this.#drawn.set(service, drawn + 1);
    const digest = createHash('sha256').update(`${this.#options.seed} ${service} ${drawn}`).digest();
    return digest.readUInt32BE(0) / 2 ** 32;
  }

  /** A whole number of a service, both ends included. */
  between(service: Service, lowest: number, highest: number): number {
    return lowest + Math.floor(this.number(service) * (highest - lowest + 1));
  }

  /** How often each kind has struck; every kind is there. */
  counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(CHAOS_KINDS.map((kind) => [kind, this.#counts.get(kind) ?? 0]));
  }
}

function check(service: Service, rates: Rates): void {
  const entries = entriesOf(rates);
  const foreign = entries.find(([kind]) => !KINDS_OF[service].includes(kind));
  if (foreign !== undefined) throw new RangeError(`${service} cannot misbehave by ${foreign[0]}`);
  const sum = entries.reduce((total, [, percent]) => total + percent, 0);
  if (sum > 100 + 1e-6) throw new RangeError(`${service}: the rates add up to ${sum} percent`);
}
