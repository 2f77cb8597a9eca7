/**
 * A refusal: an act that the protocol must refuse with one given error, and that changes nothing but fees.
 *
 * It is a bundle like any other, so a statement of account judges it; it expects no movement of its own. What must be there
 * before the act is given as a story.
 */
import type { Actors } from '../../support/actors/actors.ts';
import { refusedWith } from '../../support/actors/refused.ts';
import {
  type Bundle,
  CHOICE_MAX,
  type Need,
  type Params,
  type View,
  defineBundle,
} from '../../support/sequence/bundle.ts';
import type { Arranged as ArrangedFor, Refusal as RefusalFor } from '../../support/sequence/refusal.ts';
import { refusal } from '../../support/model/statement.ts';

export type Refusal = RefusalFor<Actors>;
export type Arranged = ArrangedFor<Actors>;

export interface RefusalDefinition<P extends Readonly<Record<string, string>>> {
  readonly name: string;
  /** One sentence for people: what the user tries, and why it must not be. */
  readonly story: string;
  /** Name of the custom error, or ATTESTATION_REFUSED. */
  readonly error: string;
  readonly by?: Refusal['by'];
  readonly params?: readonly string[];
  readonly needs?: readonly Need[];
  readonly arrange?: Refusal['arrange'];
  readonly about?: Refusal['about'];
  readonly afterwards?: Refusal['afterwards'];
  /** The plan of the act, or why there is nothing to be refused. Pure. */
  plan(view: View, params: Params): P | string;
  /** Acts; its result is ignored. */
  attempt(plan: P, actors: Actors): Promise<unknown>;
}

export function defineRefusal<P extends Readonly<Record<string, string>>>(definition: RefusalDefinition<P>): Refusal {
  const { name, story, error, params = [], needs = [], arrange = [] } = definition;
  const bundle = defineBundle<Actors, P, string>({
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
    run: (plan, actors) => refusedWith(() => definition.attempt(plan, actors)),
    expected: (_view, _plan, seen) => ({ movements: [], records: {}, claims: [refusal(error, seen)] }),
  });
  const { by = 'user', about = () => ({}), afterwards = [] } = definition;
  return { bundle, error, by, arrange, about, afterwards };
}

/** A third: neither end, and the same pool and agent for all steps. */
const A_THIRD = Math.floor(CHOICE_MAX / 3);

/** A step of a refusal's story. */
export const first = (
  bundle: Bundle<Actors>,
  choice = A_THIRD,
  paramsOf: Arranged['paramsOf'] = () => ({}),
): Arranged => ({ bundle, choice, paramsOf });
