/** reports/run.json: what the run was, what it did, whether it and its money are right. Built from the history. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Actors } from '../actors/actors.ts';
import type { Suite } from '../sequence/suite.ts';
import { schemaReference } from '../files/schemas.ts';
import { writeWhole } from '../files/whole.ts';
import { fundingStatement } from '../model/funding-statement.ts';
import type { BundleFigures, RunVerdict } from '../report/run-json.ts';
import { type TestEnd, countEnds, distinctFailures } from './test-ends.ts';
import { toJson } from '../units/json.ts';
import type { Settings } from '../settings/settings.ts';
import type { Collection } from '../money/fund.ts';
import type { Closing, OpenRun } from './open-run.ts';
import { type HistoryEvent, accountsOf } from '../sequence/history.ts';
import { bundlesOf } from '../settings/selection.ts';
import { userNames } from '../keys/names.ts';
import { countStates } from '../model/states.ts';
import { commitOf, packageVersions } from '../report/versions.ts';

type StepEvent = Extract<HistoryEvent, { type: 'step' }>;

export interface RunReport {
  readonly actions: number;
  readonly mismatches: number;
  readonly unknown: number;
  /** Everything that is wrong at the end, one line each. */
  readonly problems: readonly string[];
  /** How often each state worth reaching was reached. */
  readonly states: Readonly<Record<string, number>>;
  readonly bundles: Readonly<Record<string, BundleFigures>>;
}

/** What became of the tests, where vitest runs them. */
export interface Ended {
  readonly tests?: readonly TestEnd[];
  readonly cancelledBy?: string | undefined;
}

/** Writes the report and returns its main figures. */
export function writeRunReport(
  suite: Suite<Actors>,
  folder: string,
  settings: Settings,
  run: OpenRun,
  closing: Closing,
  { tests = [], cancelledBy }: Ended = {},
): RunReport {
  const events = run.history.read();
  const steps = events.filter((event): event is StepEvent => event.type === 'step');
  const { collection, woundUp } = closing;
  const report = {
    actions: steps.length,
    mismatches: countOf(steps, 'wrong') + woundUp.wrong.length + closing.violations.length,
    unknown: countOf(steps, 'unknown') + woundUp.open.length + woundUp.unknown.length + closing.troubles.length,
    problems: [...problemsOf(closing), ...neverRanProblems(suite, settings, events, steps)],
    states: countStates(steps.flatMap(({ reached }) => reached ?? [])),
    bundles: figuresByBundle(suite, events, steps),
  };
  const failures = distinctFailures(tests).map(({ tests: met, ...failure }) => ({ ...failure, tests: [...met] }));
  const endedAt = new Date();
  const path = join(folder, 'run.json');
  const content = {
    $schema: schemaReference(path, 'run'),
    verdict: verdictOf(report, failures.length),
    startedAt: run.startedAt.toISOString(),
    endedAt: endedAt.toISOString(),
    tookS: (endedAt.getTime() - run.startedAt.getTime()) / 1000,
    commit: commitOf(),
    interrupted: cancelledBy !== undefined || tests.some(({ state }) => state === 'undone'),
    ...(cancelledBy === undefined ? {} : { cancelledBy }),
    seed: run.context.seed,
    network: run.context.record.name,
    protocol: run.context.protocol,
    users: run.context.users.length,
    ...(settings.plantedFault === undefined ? {} : { plantedFault: settings.plantedFault }),
    faults: [...settings.faults],
    ...report,
    tests: countEnds(tests),
    failures,
    byUser: figuresByUser(events, steps, collection),
    funding: fundingFigures(collection),
    digest: digestOf(events),
    versions: packageVersions(),
  };
  writeWhole(path, `${toJson(content, 2)}\n`);
  return report;
}

const countOf = (steps: readonly StepEvent[], verdict: StepEvent['verdict']): number =>
  steps.filter((step) => step.verdict === verdict).length;

/** What matters most to a reader comes first: a wrong protocol, then doubt, then a run that failed in itself. */
function verdictOf(
  { actions, mismatches, unknown, problems }: Omit<RunReport, 'states' | 'bundles'>,
  failures: number,
): RunVerdict {
  if (mismatches > 0) return 'wrong';
  if (unknown > 0) return 'unknown';
  return problems.length + failures > 0 || actions === 0 ? 'failed' : 'right';
}

/** Steps, and fees of the whole run; money since the last play began, as the statement of the run has it. */
function figuresByUser(
  events: readonly HistoryEvent[],
  steps: readonly StepEvent[],
  collection: Collection | undefined,
): Record<string, unknown> {
  const users = events.flatMap((event) => (event.type === 'funded' ? [event.user] : []));
  return Object.fromEntries(
    [...new Set(users)].map((user) => {
      const own = steps.filter((step) => step.user === user);
      const money = collection?.money.filter((entry) => entry.user === user) ?? [];
      return [
        user,
        {
          steps: own.length,
          wrong: countOf(own, 'wrong'),
          unknown: countOf(own, 'unknown'),
          successRate: own.length === 0 ? null : countOf(own, 'right') / own.length,
          fees: feesOf(events, user),
          money: fundingStatement(money).lines,
        },
      ];
    }),
  );
}

/** Positive, by account. */
function feesOf(events: readonly HistoryEvent[], user: string): Record<string, bigint> {
  const fees: Record<string, bigint> = {};
  for (const event of events) {
    if (event.type !== 'closed' || event.user !== user) continue;
    for (const { account, amount, cause } of event.movements)
      if (cause === 'fee') fees[account] = (fees[account] ?? 0n) - amount;
  }
  return fees;
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

function figuresByBundle(
  suite: Suite<Actors>,
  events: readonly HistoryEvent[],
  steps: readonly StepEvent[],
): Record<string, BundleFigures> {
  const notEnabled = events.flatMap((event) => (event.type === 'not enabled' ? event.bundles : []));
  return Object.fromEntries(
    suite.bundles.map(({ name }) => {
      const own = steps.filter(({ bundle }) => bundle === name);
      const times = own.map(({ tookMs }) => tookMs).toSorted((a, b) => a - b);
      return [
        name,
        {
          executed: own.length,
          notEnabled: notEnabled.filter((bundle) => bundle === name).length,
          refused: own.filter(({ refusedWith }) => refusedWith !== undefined).length,
          mismatched: countOf(own, 'wrong'),
          medianMs: quantile(times, 0.5),
          percentile95Ms: quantile(times, 0.95),
        },
      ];
    }),
  );
}

/** The least of the sorted values that so large a share of them does not exceed; 0 of none. */
const quantile = (sorted: readonly number[], share: number): number =>
  Math.round(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0);

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
