/** reports/run.json: what the run was, what it did, whether it and its money are right. Built from the history. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Actors } from '../actors/actors.ts';
import type { Suite } from '../sequence/suite.ts';
import { writeWhole } from '../files/whole.ts';
import { toJson } from '../units/json.ts';
import type { Settings } from '../settings/settings.ts';
import type { Collection } from '../money/fund.ts';
import type { Closing, OpenRun } from './open-run.ts';
import { type HistoryEvent, accountsOf } from '../sequence/history.ts';
import { bundlesOf } from '../settings/selection.ts';
import { userNames } from '../keys/names.ts';
import { countStates } from '../model/states.ts';
import { packageVersions } from '../report/versions.ts';

type StepEvent = Extract<HistoryEvent, { type: 'step' }>;

interface BundleFigures {
  readonly executed: number;
  readonly notEnabled: number;
  readonly mismatched: number;
  readonly medianMs: number;
}

export interface RunReport {
  readonly actions: number;
  readonly mismatches: number;
  readonly unknown: number;
  /** Everything that is wrong at the end, one line each. */
  readonly problems: readonly string[];
  /** How often each state worth reaching was reached. */
  readonly states: Readonly<Record<string, number>>;
}

/** Writes the report and returns its main figures. */
export function writeRunReport(
  suite: Suite<Actors>,
  folder: string,
  settings: Settings,
  run: OpenRun,
  closing: Closing,
  cancelledBy?: string,
): RunReport {
  const events = run.history.read();
  const steps = events.filter((event): event is StepEvent => event.type === 'step');
  const refused = events.filter((event) => event.type === 'not enabled');
  const { collection, woundUp } = closing;
  const report = {
    actions: steps.length,
    mismatches:
      steps.filter(({ verdict }) => verdict === 'wrong').length + woundUp.wrong.length + closing.violations.length,
    unknown:
      steps.filter(({ verdict }) => verdict === 'unknown').length +
      woundUp.open.length +
      woundUp.unknown.length +
      closing.troubles.length,
    problems: [...problemsOf(closing), ...neverRanProblems(suite, settings, events, steps)],
    states: countStates(steps.flatMap(({ reached }) => reached ?? [])),
  };
  const content = {
    seed: run.context.seed,
    network: run.context.record.name,
    protocol: run.context.protocol,
    users: run.context.users.length,
    ...(settings.plantedFault === undefined ? {} : { plantedFault: settings.plantedFault }),
    ...(cancelledBy === undefined ? {} : { cancelledBy }),
    ...report,
    bundles: Object.fromEntries(
      suite.bundles.map(({ name }) => [
        name,
        bundleFigures(
          steps.filter((step) => step.bundle === name),
          refused.filter(({ bundles: asked }) => asked.includes(name)).length,
        ),
      ]),
    ),
    funding: fundingFigures(collection),
    digest: digestOf(events),
    versions: packageVersions(),
  };
  writeWhole(join(folder, 'run.json'), `${toJson(content, 2)}\n`);
  return report;
}

/** Whether the run's money is fully accounted for; money that could not be read or collected is not. */
function fundingFigures(collection: Collection | undefined) {
  if (collection === undefined) return { closes: false, lines: [], funderDifferences: {} };
  const { statement, funderDifferences, troubles } = collection;
  const isKnown = Object.keys(funderDifferences).length === 0 && troubles.lines.length === 0;
  return { closes: statement.closes && isKnown, lines: statement.lines, funderDifferences };
}

/** Bundles that a whole run (single bundles and sequences of all users) never did. Always reported; an error in CI. */
function neverRanProblems(
  suite: Suite<Actors>,
  settings: Settings,
  events: readonly HistoryEvent[],
  steps: readonly StepEvent[],
): string[] {
  const titles = events.flatMap((event) => (event.type === 'put back' ? [event.title] : []));
  const isWhole = ['bundle ', 'sequences of all users'].every((start) =>
    titles.some((title) => title.startsWith(start)),
  );
  if (!isWhole || !settings.isCi) return [];
  const done = new Set(steps.map(({ bundle }) => bundle));
  const asked = new Set(userNames(settings.users, settings.shard).flatMap((user) => bundlesOf(suite, settings, user)));
  return [...asked]
    .filter(({ name, needs }) => !done.has(name) && needs.length === 0)
    .map(({ name }) => `bundle ${name} never ran`);
}

function bundleFigures(steps: readonly StepEvent[], notEnabled: number): BundleFigures {
  return {
    executed: steps.length,
    notEnabled,
    mismatched: steps.filter(({ verdict }) => verdict === 'wrong').length,
    medianMs: median(steps.map(({ tookMs }) => tookMs)),
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0);
}

/** Hash over every step's transactions, in order, and everybody's closing state; the same run gives the same digest. */
function digestOf(events: readonly HistoryEvent[]): string {
  const steps = events.flatMap((event) =>
    event.type === 'step' ? [[event.user, event.bundle, event.plan, event.verdict, event.transactions]] : [],
  );
  const closing = [...accountsOf(events)].map(([user, { book }]) => [user, book.state]);
  return createHash('sha256')
    .update(toJson([steps, closing]))
    .digest('hex');
}

function problemsOf({ woundUp, collection, violations, troubles }: Closing): string[] {
  return [
    ...troubles,
    ...violations.map(
      ({ kind, subject, actual, expected }) => `${kind}: ${subject} is ${actual}, expected ${expected}`,
    ),
    ...woundUp.wrong.map((wrong) => `winding up, ${wrong}`),
    ...woundUp.unknown.map((unknown) => `winding up, ${unknown}`),
    ...woundUp.open.map((open) => `winding up: ${open} is still open`),
    ...(collection?.statement.closes !== false ? [] : ['the funding statement does not close']),
    ...Object.entries(collection?.funderDifferences ?? {}).map(
      ([account, difference]) => `the funder's ${account} is off by ${difference}`,
    ),
  ];
}
