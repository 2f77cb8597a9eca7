/** What each row does and measures. */
import { join } from 'node:path';
import { availableParallelism } from 'node:os';
import type { Actors } from '../../actors/actors.ts';
import { CHOICE_MAX } from '../../sequence/bundle.ts';
import { namedSteps } from '../../sequence/draw.ts';
import type { Play } from '../../sequence/play.ts';
import type { Suite } from '../../sequence/suite.ts';
import type { Settings } from '../../settings/settings.ts';
import { cleaningUp } from '../../units/troubles.ts';
import { carryOutAll } from '../workers.ts';
import { Arena, type Duel } from './arena.ts';
import { drawn } from './drawn.ts';
import {
  type Bench,
  type FigureName,
  type Figures,
  meanMs,
  perStep,
  ratio,
  ratiosByBundle,
  requestsIn,
  sumOf,
  totalMs,
} from './figures.ts';
import type { FirstPlay, FirstPlayOrder } from './first-play.ts';
import type { Request, RowName } from './options.ts';

/** What a row has found out, and why some of it could not be. */
export interface Found {
  readonly figures: Partial<Figures>;
  readonly notMeasured?: Partial<Record<FigureName, string>>;
}

export interface Task {
  readonly suite: Suite<Actors>;
  readonly request: Request;
  /** What rows write meanwhile. */
  readonly folder: string;
}

type Row = (task: Task) => Promise<Found>;

/** Which figures each row is for. */
export const FIGURES_OF: Readonly<Record<RowName, readonly FigureName[]>> = {
  floor: ['floorRatio', 'floorRatioWithoutTime', 'msPerStep', 'requestsPerStep', 'requestsPerStepByKind'],
  bundles: ['floorRatioByBundle'],
  users: ['msPerStepByUsers', 'users100Over3'],
  length: ['action20000Over1000'],
  workers: ['workers2Over1'],
  start: ['firstActionS', 'peakMb', 'chainPeakMb'],
};

const QUICK = 'left out by --quick';

/** All users, drawn steps in turns, wound up: what a run mostly does. */
const floor: Row = async ({ suite, request, folder }) =>
  inArena(suite, request.settings, folder, async (arena) => {
    // The first play compiles what the others run.
    await arena.duel(drawn(arena.stage, 'warming up', request.settings));
    const duels: Duel[] = [];
    for (let play = 1; play <= request.plays; play += 1)
      duels.push(await arena.duel(drawn(arena.stage, `play ${play}`, request.settings)));
    return { figures: floorFigures(duels) };
  });

function floorFigures(duels: readonly Duel[]): Partial<Figures> {
  const [suite, bare] = [
    sumOf(duels.flatMap(({ costs }) => costs)),
    sumOf(duels.flatMap(({ bareCosts }) => bareCosts)),
  ];
  const steps = duels.flatMap((duel) => duel.steps).length;
  const byKind = perStep(
    duels.map(({ counts }) => counts),
    steps,
  );
  return {
    floorRatio: ratio(totalMs(suite), totalMs(bare)),
    floorRatioWithoutTime: ratio(suite.actsMs, bare.actsMs),
    msPerStep: ratio(totalMs(suite), steps),
    requestsPerStep: requestsIn(byKind),
    requestsPerStepByKind: byKind,
  };
}

/** Every choice just beyond a third, as where bundles are tried alone. */
const A_THIRD = Math.ceil((CHOICE_MAX + 1) / 3);

/** Each bundle alone, with what it needs before it, by one user. */
const bundles: Row = async ({ suite, request, folder }) => {
  if (request.isQuick) return { figures: {}, notMeasured: { floorRatioByBundle: QUICK } };
  return inArena(suite, { ...request.settings, users: 1 }, folder, async (arena) => {
    const { stage } = arena;
    const [user = ''] = stage.users;
    const possible = suite.bundles.filter((bundle) => stage.lacksFor(bundle) === undefined);
    const plays = possible.map(({ name, arrange }): Play<Actors> => ({
      title: `bundle ${name}`,
      parts: [{ user, decisions: namedSteps(suite, [...arrange, name], A_THIRD) }],
      schedule: [],
    }));
    const duels: Duel[] = [];
    // The first round compiles what the second runs.
    for (const round of [1, 2])
      for (const play of plays) {
        const duel = await arena.duel(play);
        if (round === 2) duels.push(duel);
      }
    return { figures: { floorRatioByBundle: ratiosByBundle(duels) } };
  });
};

const USERS = [3, 10, 30, 100];
const QUICK_USERS = [3, 10];
/** In all, however many users share them. */
const ACTIONS = 120;
const QUICK_ACTIONS = 30;

/** The same number of actions by ever more users, each number on a devnet of its own. */
const users: Row = async ({ suite, request, folder }) => {
  const [counts, actions] = request.isQuick ? [QUICK_USERS, QUICK_ACTIONS] : [USERS, ACTIONS];
  const msPerStepByUsers: Record<string, number> = {};
  for (const count of counts) {
    const settings = { ...request.settings, users: count, steps: Math.ceil(actions / count) };
    const spent = await inArena(suite, settings, join(folder, String(count)), async (arena) => {
      const { parts, schedule } = drawn(arena.stage, 'warming up', settings);
      await arena.play({ title: 'warming up', parts: parts.slice(0, 3), schedule });
      const { steps, costs } = await arena.play({ ...drawn(arena.stage, 'all users', settings), windingUp: [] });
      return ratio(totalMs(sumOf(costs)), steps.length);
    });
    if (spent !== null) msPerStepByUsers[String(count)] = spent;
  }
  const users100Over3 = ratio(msPerStepByUsers['100'] ?? 0, msPerStepByUsers['3'] ?? 0);
  return request.isQuick
    ? { figures: { msPerStepByUsers }, notMeasured: { users100Over3: QUICK } }
    : { figures: { msPerStepByUsers, users100Over3 } };
};

/** Steps on either side of the thousandth, and the last ones. */
const WINDOW = 500;
const LONG = 20_000;

/** One long play, which nobody puts back. */
const length: Row = async ({ suite, request, folder }) => {
  const without = (why: string): Found => ({ figures: {}, notMeasured: { action20000Over1000: why } });
  if (request.isQuick) return without(QUICK);
  const settings = { ...request.settings, users: 3, steps: Math.ceil(request.length / 3) };
  return inArena(suite, settings, folder, async (arena) => {
    const { costs } = await arena.play({ ...drawn(arena.stage, 'a long play', settings), windingUp: [] });
    const early = meanMs(costs, 1_000 - WINDOW / 2, 1_000 + WINDOW / 2);
    const late = meanMs(costs, costs.length - WINDOW, costs.length);
    const told = `action ${costs.length} against action 1000: ${ratio(late ?? 0, early ?? 0) ?? '-'}`;
    if (early === null || late === null || costs.length < LONG) return without(`the play had fewer actions; ${told}`);
    return { figures: { action20000Over1000: ratio(late, early) } };
  });
};

const workers: Row = async () => ({
  figures: {},
  notMeasured: { workers2Over1: 'a run has one devnet and one worker' },
});

/** A process of its own: how long until its first action is judged, and how much memory 32 actions take. */
const start: Row = async ({ suite, request, folder }) => {
  const actions = 32;
  const order: FirstPlayOrder = { settings: { ...request.settings, users: 2, steps: actions / 2 }, folder };
  const answers: FirstPlay[] = [];
  await carryOutAll<FirstPlayOrder, FirstPlay>([suite.programs, 'bench-worker'], [order], 1, (_order, answer) => {
    if ('error' in answer) throw new Error(`the first action could not be measured: ${answer.error}`);
    answers.push(answer.result);
  });
  const [told] = answers;
  if (told === undefined) throw new Error('the worker of the first action did not answer');
  return {
    figures: told,
    ...(told.chainPeakMb === null && { notMeasured: { chainPeakMb: 'this system does not tell' } }),
  };
};

export const ROW: Readonly<Record<RowName, Row>> = { floor, bundles, users, length, workers, start };

async function inArena<T>(
  suite: Suite<Actors>,
  settings: Settings,
  folder: string,
  measure: (arena: Arena) => Promise<T>,
): Promise<T> {
  const arena = await Arena.open(suite, settings, folder);
  return cleaningUp(
    () => measure(arena),
    () => arena.close(),
  );
}

/** The whole report: what was not asked for says so. */
export function benchOf({ settings, isQuick, rows }: Request, unit: Bench['unit'], found: readonly Found[]): Bench {
  const names = Object.values(FIGURES_OF).flat();
  const figures: Partial<Figures> = Object.assign({}, ...found.map((each) => each.figures));
  const reasons: Partial<Record<FigureName, string>> = Object.assign(
    {},
    ...found.map((each) => each.notMeasured ?? {}),
  );
  const asked = new Set(rows.flatMap((row) => FIGURES_OF[row]));
  const why = (name: FigureName): string =>
    reasons[name] ?? (asked.has(name) ? 'nothing to measure' : 'left out by --only');
  const missing = names.filter((name) => (figures[name] ?? null) === null);
  return {
    ...NOTHING,
    ...figures,
    unit,
    isQuick,
    seed: settings.seed,
    users: typeof settings.users === 'number' ? settings.users : settings.users.length,
    steps: settings.steps,
    node: process.versions.node,
    cores: availableParallelism(),
    protocol: settings.artifacts === undefined ? 'stand-in' : 'compiled contracts',
    notMeasured: Object.fromEntries(missing.map((name) => [name, why(name)])),
  };
}

const NOTHING: Figures = {
  floorRatio: null,
  floorRatioWithoutTime: null,
  floorRatioByBundle: null,
  msPerStep: null,
  requestsPerStep: null,
  requestsPerStepByKind: null,
  msPerStepByUsers: null,
  users100Over3: null,
  action20000Over1000: null,
  workers2Over1: null,
  firstActionS: null,
  peakMb: null,
  chainPeakMb: null,
};
