/** Compares two plays of one sequence step by step, up to the first difference. */
import type { ExecutedStep } from '../../sequence/step.ts';
import { type Figure, type SeenStep, figuresOf } from './figures.ts';
import { Names } from './names.ts';

/** One side's play of a sequence. */
export interface Play {
  /** Decisions in the order in which they were done with. */
  readonly seen: readonly SeenStep[];
  /** Steps in the order in which they began. */
  readonly begun: readonly ExecutedStep[];
  /** Roles by address. */
  readonly roles: ReadonlyMap<string, string>;
}

export type Sides<T> = readonly [T, T];

/** Figures of one group, side by side; undefined where a side has none of that name. */
export interface GroupDifference {
  readonly group: string;
  readonly rows: readonly { readonly name: string; readonly values: Sides<string | undefined> }[];
}

export interface Difference {
  /** Position of the decision among all of the sequence. */
  readonly at: number;
  readonly seen: Sides<SeenStep | undefined>;
  readonly groups: readonly GroupDifference[];
}

export interface Comparison {
  /** Of the steps that were compared, in order, the differing one included. */
  readonly bundles: readonly string[];
  readonly difference: Difference | undefined;
}

/** Nothing after a difference is compared: the two sides are no longer in the same state. */
export function comparePlays(plays: Sides<Play>): Comparison {
  const [first, second] = plays;
  const [firstNames, secondNames] = [new Names(first.roles), new Names(second.roles)];
  const bundles: string[] = [];
  for (let at = 0; at < Math.max(first.seen.length, second.seen.length); at += 1) {
    const seen: Sides<SeenStep | undefined> = [first.seen[at], second.seen[at]];
    const step = seen[0]?.step ?? seen[1]?.step;
    if (step !== undefined) bundles.push(step.bundle);
    const groups = differingGroups([
      seen[0] === undefined ? [] : figuresOf(seen[0], firstNames),
      seen[1] === undefined ? [] : figuresOf(seen[1], secondNames),
    ]);
    if (groups.length > 0) return { bundles, difference: { at, seen, groups } };
  }
  return { bundles, difference: undefined };
}

/** Every group in which a figure differs, whole. */
export function differingGroups([first, second]: Sides<readonly Figure[]>): GroupDifference[] {
  const groups = new Set([...first, ...second].map(({ group }) => group));
  return [...groups]
    .map((group) => ({
      group,
      rows: sideBySide([
        first.filter((figure) => figure.group === group),
        second.filter((figure) => figure.group === group),
      ]),
    }))
    .filter(({ rows }) => rows.some(({ values: [one, other] }) => one !== other));
}

/** Figures of the same name in one row; a name that comes several times is matched in order. */
function sideBySide(sides: Sides<readonly Figure[]>): GroupDifference['rows'] {
  const [first, second] = [numbered(sides[0]), numbered(sides[1])];
  const names = new Set([...first.keys(), ...second.keys()]);
  return [...names].map((name) => ({ name, values: [first.get(name), second.get(name)] }));
}

function numbered(figures: readonly Figure[]): Map<string, string> {
  const values = new Map<string, string>();
  for (const { name, value } of figures) {
    let unique = name;
    for (let count = 2; values.has(unique); count += 1) unique = `${name} (${count})`;
    values.set(unique, value);
  }
  return values;
}
