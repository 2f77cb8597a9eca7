/** From what was measured to figures: sums, ratios, the shape of reports/bench.json, and the table. Only computes. */
import { tableText } from '../../report/table.ts';
import { type Cost, NO_COST, addCosts } from './laps.ts';
import type { Counts } from './tape.ts';

/** Each is null where it was not measured; `notMeasured` says why. */
export interface Figures {
  /** The suite's cost against that of the same acts sent bare. */
  readonly floorRatio: number | null;
  /** The same without what the devnet's moves of time cost, on either side. */
  readonly floorRatioWithoutTime: number | null;
  readonly floorRatioByBundle: Readonly<Record<string, number>> | null;
  readonly msPerStep: number | null;
  readonly requestsPerStep: number | null;
  /** Requests by service and calls by method. */
  readonly requestsPerStepByKind: Readonly<Record<string, number>> | null;
  /** Cost of an action with so many users, by their number. */
  readonly msPerStepByUsers: Readonly<Record<string, number>> | null;
  readonly users100Over3: number | null;
  readonly action20000Over1000: number | null;
  readonly workers2Over1: number | null;
  readonly firstActionS: number | null;
  readonly peakMb: number | null;
  readonly chainPeakMb: number | null;
}

export type FigureName = keyof Figures;

export interface Bench extends Figures {
  /** `cpu`: processor time of this process and all that it started; `wall` where the system does not tell. */
  readonly unit: 'cpu' | 'wall';
  readonly isQuick: boolean;
  readonly seed: number;
  readonly users: number;
  readonly steps: number;
  readonly node: string;
  readonly cores: number;
  readonly protocol: string;
  readonly notMeasured: Readonly<Partial<Record<FigureName, string>>>;
}

export const sumOf = (costs: readonly Cost[]): Cost => costs.reduce(addCosts, NO_COST);

export const totalMs = ({ actsMs, movesMs }: Cost): number => actsMs + movesMs;

/** Two digits behind the point; null when there is nothing to divide by. */
export const ratio = (above: number, below: number): number | null =>
  below > 0 ? Math.round((100 * above) / below) / 100 : null;

/** Of each bundle's steps in all plays. */
export function ratiosByBundle(
  duels: readonly {
    readonly steps: readonly string[];
    readonly costs: readonly Cost[];
    readonly bareCosts: readonly Cost[];
  }[],
): Record<string, number> {
  const byBundle = new Map<string, { suite: number; bare: number }>();
  for (const { steps, costs, bareCosts } of duels)
    for (const [index, bundle] of steps.entries()) {
      const sum = byBundle.get(bundle) ?? { suite: 0, bare: 0 };
      sum.suite += totalMs(costs[index] ?? NO_COST);
      sum.bare += totalMs(bareCosts[index] ?? NO_COST);
      byBundle.set(bundle, sum);
    }
  return Object.fromEntries(
    [...byBundle]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .flatMap(([bundle, { suite, bare }]) => {
        const times = ratio(suite, bare);
        return times === null ? [] : [[bundle, times] as const];
      }),
  );
}

export function perStep(counts: readonly Counts[], steps: number): Record<string, number> {
  const sums = new Map<string, number>();
  for (const [kind, count] of counts.flatMap((each) => Object.entries(each)))
    sums.set(kind, (sums.get(kind) ?? 0) + count);
  return Object.fromEntries(
    [...sums].toSorted(([, a], [, b]) => b - a).map(([kind, sum]) => [kind, ratio(sum, steps) ?? 0]),
  );
}

/** All requests of a step, whatever their service. */
export const requestsIn = (byKind: Readonly<Record<string, number>>): number =>
  Math.round(
    100 * Object.entries(byKind).reduce((sum, [kind, count]) => sum + (kind.endsWith(' requests') ? count : 0), 0),
  ) / 100;

/** Mean cost of the steps from `from` up to, but without, `to`; null when the play was shorter. */
export function meanMs(costs: readonly Cost[], from: number, to: number): number | null {
  const part = costs.slice(from, to);
  return part.length < to - from ? null : ratio(totalMs(sumOf(part)), part.length);
}

const ROWS: readonly { readonly name: FigureName; readonly says: string; readonly goal: string }[] = [
  { name: 'floorRatio', says: 'the suite against the same acts sent bare', goal: '1.25' },
  { name: 'floorRatioWithoutTime', says: "the same without the devnet's moves of time", goal: '1.8' },
  { name: 'floorRatioByBundle', says: 'the dearest bundle against the same acts sent bare', goal: '2' },
  { name: 'msPerStep', says: 'milliseconds a step', goal: '' },
  { name: 'requestsPerStep', says: 'requests a step', goal: '' },
  { name: 'users100Over3', says: 'an action with 100 users against one with 3', goal: '1.15' },
  { name: 'action20000Over1000', says: 'action 20,000 of a play against action 1,000', goal: '1.1' },
  { name: 'workers2Over1', says: 'actions a second of two workers against one', goal: '1.8' },
  { name: 'firstActionS', says: 'seconds to the end of the first action', goal: '2' },
  { name: 'peakMb', says: 'most memory of the main process, MB', goal: '350' },
  { name: 'chainPeakMb', says: 'most memory of the chain, MB', goal: '' },
];

/** For people: each figure with its goal, the bundles, and why something was not measured. */
export function benchText(bench: Bench): string {
  const rows = ROWS.map(({ name, says, goal }) => [says, cellOf(bench[name]), goal, bench.notMeasured[name] ?? '']);
  const table = (title: string, cells: Readonly<Record<string, number>> | null): string[] =>
    cells === null
      ? []
      : ['', tableText([[title, ''], ...Object.entries(cells).map(([key, value]) => [key, String(value)])])];
  return [
    tableText([['', `measured (${bench.unit})`, 'goal', ''], ...rows]),
    ...table('against the floor', bench.floorRatioByBundle),
    ...table('a step', bench.requestsPerStepByKind),
    ...table('users', bench.msPerStepByUsers),
  ].join('\n');
}

function cellOf(value: Figures[FigureName]): string {
  if (value === null) return '-';
  return String(typeof value === 'number' ? value : Math.max(...Object.values(value)));
}
