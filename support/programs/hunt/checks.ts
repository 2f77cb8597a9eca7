/** Every check of the suite by name, and whether a failure is its finding: invariants, refusals, probes, expectations of bundles. */
import type { Actors } from '../../actors/actors.ts';
import type { Suite } from '../../sequence/suite.ts';
import { INVARIANTS } from '../../model/invariants.ts';

export interface Check {
  readonly name: string;
  readonly finds: (failureId: string) => boolean;
}

/** `mint-random-agent: balance of fAsset` → `balance of fAsset`. */
export const checkOf = (failureId: string): string => failureId.slice(failureId.indexOf(': ') + 2);

/** What a bundle itself expects finds whatever of its failures no invariant has found. */
const expectationOf = (kind: string, name: string): Check => ({
  name: `${kind} ${name}`,
  finds: (failureId) => failureId.startsWith(`${name}: `) && !checkOf(failureId).startsWith('invariant: '),
});

export const checksOf = ({ bundles, refusals, probes }: Suite<Actors>): readonly Check[] => [
  ...INVARIANTS.map(({ name }) => ({
    name: `invariant: ${name}`,
    finds: (failureId: string) => checkOf(failureId) === `invariant: ${name}`,
  })),
  ...bundles.filter(({ isHappening }) => !isHappening).map(({ name }) => expectationOf('bundle', name)),
  ...refusals.map(({ bundle }) => expectationOf('refusal', bundle.name)),
  ...probes.map(({ name }) => expectationOf('probes', name)),
];
