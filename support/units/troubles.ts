/**
 * Going on although something went wrong, and telling it afterwards. What was found first is never hidden by what goes wrong
 * later: in bringing things to an end, or with somebody else.
 */

/** What a reader is told of anything that was thrown. */
export const reasonOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** A finding with what went wrong after it: `errors` has the finding first, the message all of it. */
export class FindingWithTroubles extends AggregateError {
  override name = 'FindingWithTroubles';
  constructor(finding: unknown, troubles: readonly unknown[]) {
    const lines = [reasonOf(finding), ...troubles.map((trouble) => `  besides: ${reasonOf(trouble)}`)];
    super([finding, ...troubles], lines.join('\n'), { cause: finding });
    // The reader needs the place of the finding, not of who put the two together.
    const places =
      finding instanceof Error ? (finding.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
    this.stack = [`${this.name}: ${this.message}`, ...places].join('\n');
  }
}

/** What was thrown first. */
export const findingOf = (thrown: unknown): unknown =>
  thrown instanceof FindingWithTroubles ? thrown.errors[0] : thrown;

/** What went wrong after it. */
export const troublesOf = (thrown: unknown): readonly unknown[] =>
  thrown instanceof FindingWithTroubles ? thrown.errors.slice(1) : [];

/** To be thrown when `troubles` came after `finding`; the finding itself when none did. */
export function findingFirst(finding: unknown, troubles: readonly unknown[]): unknown {
  const all = [...troublesOf(finding), ...troubles];
  return all.length === 0 ? finding : new FindingWithTroubles(findingOf(finding), all);
}

/**
 * What `act` gives, after every one of `cleanUps` has been done in this order, whatever failed before. What `act` throws
 * stays first; without that the first failure of cleaning up is thrown.
 */
export async function cleaningUp<T>(act: () => Promise<T>, ...cleanUps: readonly (() => unknown)[]): Promise<T> {
  const [acted] = await Promise.allSettled([act()]);
  const troubles: unknown[] = [];
  for (const cleanUp of cleanUps)
    try {
      await cleanUp();
    } catch (error) {
      troubles.push(error);
    }
  if (acted.status === 'rejected') throw findingFirst(acted.reason, troubles);
  if (troubles.length > 0) throw findingFirst(troubles[0], troubles.slice(1));
  return acted.value;
}

/** What went wrong with whom, while everybody else went on. */
export class Troubles {
  readonly #lines: string[] = [];
  readonly #whose = new Set<string>();

  /** One line for each, in the order in which they came. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /** True when anything went wrong with this one. */
  have(whose: string): boolean {
    return this.#whose.has(whose);
  }

  add(whose: string, thrown: unknown): void {
    this.#whose.add(whose);
    this.#lines.push(`${whose}: ${reasonOf(thrown)}`);
  }

  /** What `act` gives; undefined when it throws, which is noted. */
  async attempt<T>(whose: string, act: () => Promise<T>): Promise<T | undefined> {
    try {
      return await act();
    } catch (error) {
      this.add(whose, error);
      return undefined;
    }
  }
}
