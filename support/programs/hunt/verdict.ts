/** Whether a hunt did what is asked of it, and its figures as a row of text and as a row of docs/planted-faults.md. */
import type { PlantedFault } from '../../planted/planted-fault.ts';
import { type Check, checkOf } from './checks.ts';
import type { Hunt } from './hunt.ts';

export interface Verdict {
  /** By the check that the fault names. */
  readonly isFound: boolean;
  /** To just the fewest steps the fault is said to need. */
  readonly isShrunk: boolean;
  readonly isReplayed: boolean;
}

export function judgeHunt({ fault, found }: Hunt, replays: number): Verdict {
  return {
    // What cannot be told is no finding.
    isFound: found?.original.failure.verdict === 'wrong' && isByItsCheck(fault, found.original.failure.id),
    isShrunk: found !== undefined && [fault.steps].flat().includes(found.smallest.steps.length),
    isReplayed: found !== undefined && found.replayed === replays,
  };
}

/** Whether the failure is the finding of a check that the fault names. */
export const isByItsCheck = ({ check }: PlantedFault, failureId: string): boolean =>
  [check].flat().includes(checkOf(failureId));

const COLUMNS = ['fault', 'found by', 'actions', 'seconds', 'steps', 'fewest', 'replays', ''] as const;
const WIDTHS = [34, 74, 8, 8, 8, 7, 8, 0];

const row = (cells: readonly string[]): string =>
  cells
    .map((cell, index) => cell.padEnd(WIDTHS[index] ?? 0))
    .join(' ')
    .trimEnd();

export const tableHead = (): string => row(COLUMNS);

/** One line of the table; its end says what is not as it should be. */
export function tableRow(hunt: Hunt, replays: number): string {
  const { fault, found, actions, searchMs } = hunt;
  const { isFound, isShrunk, isReplayed } = judgeHunt(hunt, replays);
  const remarks = [
    ...(found === undefined ? ['MISSED'] : []),
    ...(found !== undefined && !isFound ? [`NOT FOUND BY ${[fault.check].flat().join(' or ')}`] : []),
    ...(isFound && !isShrunk ? [`NOT SHRUNK (${found?.shrinking.ended})`] : []),
    ...(isFound && !isReplayed ? ['NOT REPLAYED'] : []),
  ];
  return row([
    fault.name,
    found?.original.failure.id ?? '-',
    String(actions),
    String(Math.round(searchMs / 100) / 10),
    found === undefined ? '-' : `${found.original.steps.length} → ${found.smallest.steps.length}`,
    [fault.steps].flat().join(' or '),
    found === undefined ? '-' : `${found.replayed}/${replays}`,
    remarks.join(', '),
  ]);
}

/** The last line of the table, and whether all is well. */
export function summary(hunts: readonly Hunt[], replays: number, planted: number): { text: string; isGood: boolean } {
  const verdicts = hunts.map((result) => judgeHunt(result, replays));
  const count = (key: keyof Verdict): number => verdicts.filter((verdict) => verdict[key]).length;
  const [found, shrunk, replayed] = [count('isFound'), count('isShrunk'), count('isReplayed')];
  return {
    text: `found ${found} of ${planted}, shrunk ${shrunk}, replayed ${replayed}`,
    isGood: Math.min(found, shrunk, replayed) === planted,
  };
}

/** docs/planted-faults.md: which check finds which fault first. */
export function documentOf(
  checks: readonly Check[],
  faults: readonly PlantedFault[],
  hunts: readonly Hunt[],
  seed: number,
): string {
  const byName = new Map(hunts.map((result) => [result.fault.name, result]));
  const rows = faults.map(({ name, story }) => {
    const { found, actions } = byName.get(name) ?? {};
    const check = found === undefined ? '**nothing yet**' : `\`${found.original.failure.id}\``;
    const steps = found?.smallest.steps.map(({ bundle }) => bundle).join(', ') ?? '';
    return `| \`${name}\` | ${story} | ${check} | ${actions ?? ''} | ${steps} |`;
  });
  const finds = checks.map(({ name, finds }) => {
    const found = hunts.filter((result) => result.found !== undefined && finds(result.found.original.failure.id));
    const names = found.map(({ fault }) => `\`${fault.name}\``).toSorted();
    return `| ${name} | ${names.length === 0 ? '**nothing yet**' : names.join(', ')} |`;
  });
  return `${DOCUMENT_HEAD.replace('{seed}', String(seed))}${rows.join('\n')}\n${CHECKS_HEAD}${finds.join('\n')}\n`;
}

const CHECKS_HEAD = `
## What each check finds first

| check | faults |
| ----- | ------ |
`;

const DOCUMENT_HEAD = `# Planted faults

The suite is tested with faults planted on purpose, each a single change of the stand-in's sources or of a devnet service.
\`npm run canaries\` plays the suite against each on a devnet of its own (bundles alone, stories, then sequences, short ones first) until something
fails; no play begins after 2,000 actions. It then shrinks the failure and replays the shrunk file 20 times. The exit code is 1 unless every fault is
found by the check that it names, shrunk to the fewest steps it needs, and replayed every time with the same amounts.

\`npm run canaries -- --only NAME,NAME --seed S --replays N --jobs N\`; \`--write-doc\` writes this page (found at seed {seed}).
Counterexamples are in \`reports/canaries/<fault>/counterexamples/\`. By hand: \`PLANTED_FAULT=<fault> npx vitest run\`.

| fault | what is wrong | found first by | after actions | fewest steps |
| ----- | ------------- | -------------- | ------------- | ------------ |
`;
