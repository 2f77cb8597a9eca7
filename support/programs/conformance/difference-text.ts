/** A difference as a reader needs it: which step, both statements where they differ, and how it came to that. */
import type { ExecutedStep } from '../../sequence/step.ts';
import type { Difference, GroupDifference, Sides } from './compare.ts';
import { tableText } from '../../report/table.ts';

/** Longer cells break the table rather than the reader's screen. */
const WIDEST_COLUMN = 80;
const ABSENT = '-';

/** Labels name the two sides; `steps` are those of either side up to the differing one. */
export function differenceText(difference: Difference, labels: Sides<string>, steps: readonly ExecutedStep[]): string {
  const [one, other] = difference.seen;
  const step = one?.step ?? other?.step;
  return [
    `${one?.user ?? other?.user}, ${step?.bundle ?? 'no step'}: ${labels[0]} and ${labels[1]} differ`,
    ...difference.groups.map((group) => groupText(group, labels)),
    'steps so far:',
    ...steps.map(stepText),
  ].join('\n');
}

function stepText({ user, bundle, plan }: ExecutedStep, index: number): string {
  const words = Object.entries(plan).map(([name, value]) => `${name} ${value}`);
  return `  ${index + 1}. ${user} ${bundle} (${words.join(', ')})`;
}

/** A table with a mark before every row that differs. An account is shown whole, of all else only what differs. */
function groupText({ group, rows }: GroupDifference, labels: Sides<string>): string {
  const isAccount = group.startsWith('account ');
  const shown = rows.filter(({ values: [one, other] }) => isAccount || one !== other);
  const lines = shown.map(({ name, values: [one, other] }) => [
    one === other ? ' ' : '≠',
    name,
    one ?? ABSENT,
    other ?? ABSENT,
  ]);
  return tableText([[' ', group, ...labels], ...lines], WIDEST_COLUMN);
}
