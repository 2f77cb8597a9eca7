/**
 * A bundle of probes: acts that are only simulated on the state as it is. It expects no movement at all, and one claim from
 * each probe, so whatever deviates is told, not only the first.
 */
import type { Actors } from '../../support/actors/actors.ts';
import type { Claim } from '../../support/model/statement.ts';
import type { Facts } from '../../support/probes/facts.ts';
import { type Prober, Unprepared } from '../../support/probes/prober.ts';
import { type Bundle, type Need, type View, defineBundle } from '../../support/sequence/bundle.ts';

export interface ProbesDefinition {
  readonly name: string;
  /** One sentence for people: whose acts, in which state of things. */
  readonly story: string;
  readonly needs?: readonly Need[];
  /** True, or why nothing can be probed. Pure. */
  enabled?(view: View): true | string;
  /** One claim a probe. */
  claims(prober: Prober, facts: Facts): Promise<readonly Claim[]>;
}

export function defineProbes({
  name,
  story,
  needs = ['canSimulate'],
  ...definition
}: ProbesDefinition): Bundle<Actors> {
  return defineBundle<Actors, Record<string, never>, readonly Claim[]>({
    name,
    story,
    choices: [],
    needs,
    arrange: [],
    enabled: (view) => definition.enabled?.(view) ?? true,
    resolve: () => ({}),
    async run(_plan, { prober }) {
      const facts = await prober.facts();
      try {
        return await definition.claims(prober, facts);
      } catch (error) {
        if (error instanceof Unprepared) return [error.claim];
        throw error;
      }
    },
    expected: (_view, _plan, claims) => ({ movements: [], records: {}, claims }),
  });
}
