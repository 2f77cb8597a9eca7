/**
 * The suite against one planted fault, on an embedded devnet of its own: play until something fails, shrink it, and replay
 * it from its file. Returns figures; verdict.ts judges them.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Actors } from '../../actors/actors.ts';
import type { Suite } from '../../sequence/suite.ts';
import type { PlantedFault } from '../../planted/planted-fault.ts';
import { type Counterexample, readCounterexample, writeCounterexample } from '../../sequence/counterexample.ts';
import type { Shrunk } from '../../sequence/shrink.ts';
import { parseSettings } from '../../settings/parse.ts';
import type { Settings } from '../../settings/settings.ts';
import { openRun } from '../../run/open-run.ts';
import { replay } from '../../stage/replay.ts';
import type { RunContext } from '../../users/context.ts';
import { Rehearsal } from '../../stage/rehearsal.ts';
import { PlayFailed } from '../../stage/failed-play.ts';
import { Stage } from '../../stage/stage.ts';
import { playsOf } from './plays.ts';
import { cleaningUp } from '../../units/troubles.ts';

export interface HuntOptions {
  readonly seed: number;
  /** How often the shrunk file is replayed. */
  readonly replays: number;
  /** No play begins after so many steps. A time limit would let a slow machine miss what a fast one finds. */
  readonly mostActions: number;
  /** Where files and logs of this hunt go; emptied first. */
  readonly folder: string;
}

export interface Hunt {
  readonly fault: PlantedFault;
  /** Steps that were done before it was found or given up, the failing one included. */
  readonly actions: number;
  /** From the start of the devnet on. */
  readonly searchMs: number;
  readonly found: Found | undefined;
}

export interface Found {
  /** As it was met first. */
  readonly original: Counterexample;
  readonly shrinking: Pick<Shrunk, 'ended' | 'plays'>;
  /** What shrinking left of it, as its file says; the original when it could not be repeated. */
  readonly smallest: Counterexample;
  readonly path: string;
  /** Replays that failed in the same way, with the same amounts. */
  readonly replayed: number;
}

const SHRINK_BUDGET = { plays: 500, timeMs: Number.POSITIVE_INFINITY };

/** Throws when the network cannot be had, or a play ends otherwise than right or wrong. */
export async function hunt(suite: Suite<Actors>, fault: PlantedFault, options: HuntOptions): Promise<Hunt> {
  const startedMs = performance.now();
  rmSync(options.folder, { recursive: true, force: true });
  mkdirSync(options.folder, { recursive: true });
  const settings = settingsFor(fault, options.seed);
  const run = await openRun(suite, settings, join(options.folder, 'history.jsonl'));
  const play = async (): Promise<Hunt> => {
    const stage = await openStage(suite, settings, run.context, options.folder);
    const searchAndExamine = async (): Promise<Hunt> => {
      const { failed, actions } = await search(stage, settings, options.mostActions);
      const searchMs = performance.now() - startedMs;
      const found = failed && (await examine(failed, stage, settings, run.context, options.replays));
      return { fault, actions, searchMs, found };
    };
    return cleaningUp(searchAndExamine, () => stage.close());
  };
  return cleaningUp(play, () => run.stop());
}

/** The defaults of a run; what the environment says of other runs does not matter here. */
function settingsFor(fault: PlantedFault, seed: number): Settings {
  return parseSettings({ SEED: String(seed), PLANTED_FAULT: fault.name }, {}, () => seed);
}

function openStage(
  suite: Suite<Actors>,
  settings: Settings,
  context: RunContext,
  reportsFolder: string,
): Promise<Stage> {
  return Stage.open({ suite, settings, context, reportsFolder });
}

interface Search {
  readonly failed: PlayFailed | undefined;
  readonly actions: number;
}

async function search(stage: Stage, settings: Settings, mostActions: number): Promise<Search> {
  let actions = 0;
  for (const play of playsOf(stage, settings)) {
    if (actions >= mostActions) break;
    await stage.begin(play.title);
    try {
      actions += (await stage.play(play)).steps.length;
    } catch (error) {
      if (!(error instanceof PlayFailed)) throw error;
      return { failed: error, actions: actions + error.report.counterexample.steps.length };
    }
  }
  return { failed: undefined, actions };
}

async function examine(
  { report }: PlayFailed,
  stage: Stage,
  settings: Settings,
  context: RunContext,
  replays: number,
): Promise<Found> {
  const { counterexample: original } = report;
  const { ended, plays, smallest } = await shrinkOn(stage.suite, settings, context, original);
  const path = smallest ? writeCounterexample(dirname(report.path), smallest.counterexample) : report.path;
  const saved = readCounterexample(path);
  let replayed = 0;
  for (let attempt = 0; attempt < replays; attempt += 1) if (await repeats(stage, saved, path)) replayed += 1;
  return { original, shrinking: { ended, plays }, smallest: saved, path, replayed };
}

async function shrinkOn(
  suite: Suite<Actors>,
  settings: Settings,
  context: RunContext,
  counterexample: Counterexample,
): Promise<Shrunk> {
  const rehearsal = await Rehearsal.open(suite, settings, context);
  return cleaningUp(
    () => rehearsal.shrink({ counterexample, budget: SHRINK_BUDGET, onBetter: () => undefined }),
    () => rehearsal.close(),
  );
}

/** Fails as the file says, to the last digit. */
async function repeats(stage: Stage, saved: Counterexample, path: string): Promise<boolean> {
  try {
    await replay(stage, saved, path);
    return false;
  } catch (error) {
    if (!(error instanceof PlayFailed)) throw error;
    const { failure } = error.report;
    return failure.id === saved.failure.id && failure.sentence === saved.failure.sentence;
  }
}
