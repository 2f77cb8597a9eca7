/** What the refusals of forged proofs share: a bundle that is judged by the claims of its simulated acts. */
import type { Actors } from '../../support/actors/actors.ts';
import type { Claim } from '../../support/model/statement.ts';
import { type Need, type Params, type View, defineBundle } from '../../support/sequence/bundle.ts';
import type { Refusal } from './refusal.ts';

interface ForgingDefinition<P extends Readonly<Record<string, string>>> extends Pick<
  Refusal,
  'error' | 'arrange' | 'about'
> {
  readonly name: string;
  readonly story: string;
  readonly params?: readonly string[];
  readonly needs?: readonly Need[];
  /** The plan of the act, or why there is nothing to prove. Pure. */
  plan(view: View, params: Params): P | string;
  /** Proves something, which costs a request, and simulates the act with it. */
  claims(plan: P, actors: Actors): Promise<readonly Claim[]>;
}

export function defineForging<P extends Readonly<Record<string, string>>>(definition: ForgingDefinition<P>): Refusal {
  const { name, story, params = [], needs = [], error, arrange, about } = definition;
  const bundle = defineBundle<Actors, P, readonly Claim[]>({
    name,
    story,
    choices: [],
    params,
    needs,
    arrange: arrange.map((step) => step.bundle.name),
    enabled(view, given) {
      const plan = definition.plan(view, given);
      return typeof plan === 'string' ? plan : true;
    },
    resolve(view, _choices, given) {
      const plan = definition.plan(view, given);
      if (typeof plan === 'string') throw new Error(plan);
      return plan;
    },
    run: (plan, actors) => definition.claims(plan, actors),
    expected: (_view, _plan, claims) => ({ movements: [], records: {}, claims }),
  });
  return { bundle, error, by: 'user', arrange, about, afterwards: [] };
}
