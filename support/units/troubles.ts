/**
 * Going on although something went wrong, and reporting it afterwards. Later troubles, in cleaning up or with other users,
 * never hide the first finding.
 */

/** The text of anything thrown. */
export const reasonOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** A finding with what went wrong after it: `errors` has the finding first, the message all of it. */
export class FindingWithTroubles extends AggregateError {
  override name = 'FindingWithTroubles';
  constructor(finding: unknown, troubles: readonly unknown[]) {
    const lines = [reasonOf(finding), ...troubles.map((trouble) => `  besides: ${reasonOf(trouble)}`)];
    super([finding, ...troubles], lines.join('\n'), { cause: finding });
    // The stack of the finding, not of where the two were joined.
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
 * Returns what `act` returns, after doing all of `cleanUps` in this order, whatever failed before. An error of `act` is
 * thrown first; otherwise the first failure of cleaning up.
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

/** What went wrong, by user, while everybody else went on. */
export class Troubles {
  readonly #lines: string[] = [];
  readonly #whose = new Set<string>();

  /** One line for each, in the order in which they came. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /** True when anything went wrong with this user. */
  have(whose: string): boolean {
    return this.#whose.has(whose);
  }

  add(whose: string, thrown: unknown): void {
    this.#whose.add(whose);
    this.#lines.push(`${whose}: ${reasonOf(thrown)}`);
  }

  /** Returns what `act` returns; undefined when it throws, which is noted. */
  async attempt<T>(whose: string, act: () => Promise<T>): Promise<T | undefined> {
    try {
      return await act();
    } catch (error) {
      this.add(whose, error);
      return undefined;
    }
  }
}
