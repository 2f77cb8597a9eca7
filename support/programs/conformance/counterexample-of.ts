/** A difference as a counterexample file, so that the steps that led to it can be played on either protocol alone. */
import { COUNTEREXAMPLE_FORMAT, type Counterexample, counterexampleId } from '../../sequence/counterexample.ts';
import type { ExecutedStep } from '../../sequence/step.ts';
import { packageVersions } from '../../report/versions.ts';
import type { Difference } from './compare.ts';
import type { Sequence } from './sequences.ts';
import type { Side } from './side.ts';

export interface Found {
  readonly difference: Difference;
  readonly sequence: Sequence;
  /** Steps of one of the two plays in the order in which they began. */
  readonly begun: readonly ExecutedStep[];
  readonly seed: number;
  readonly protocol: Side['protocol'];
}

/** Steps up to the differing one; undefined when there is no step at all. */
export function counterexampleOf({ difference, sequence, begun, seed, protocol }: Found): Counterexample | undefined {
  const steps = stepsUntil(difference, begun);
  if (steps.length === 0) return undefined;
  const { user, bundle } = steps.at(-1) ?? {};
  const groups = difference.groups.map(({ group }) => group).join(', ');
  const content: Omit<Counterexample, 'id'> = {
    format: COUNTEREXAMPLE_FORMAT,
    failure: {
      verdict: 'wrong',
      id: `${bundle}: not conforming`,
      sentence: `${user}, ${bundle}: stand-in and real contracts differ in ${groups}`,
    },
    foundBy: sequence.title,
    seed,
    network: 'devnet',
    protocol,
    users: sequence.lanes.length,
    steps: steps.map((step) => ({ ...step, choices: [...step.choices] })),
    failedStep: steps.length - 1,
    schedule: [...sequence.schedule],
    versions: packageVersions(),
  };
  return { ...content, id: counterexampleId(content) };
}

/** What had begun when the difference was seen, as far as it can be told: up to the differing step. */
export function stepsUntil({ seen }: Difference, begun: readonly ExecutedStep[]): readonly ExecutedStep[] {
  const at = begun.findIndex((step) => seen.some((side) => side?.step === step));
  return at < 0 ? begun : begun.slice(0, at + 1);
}
