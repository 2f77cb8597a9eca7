/**
 * A long run of one seed on an embedded devnet of its own: sequences of all users in turns, with faults, until enough was
 * done; then everything is wound up and collected as at the end of any run. Gives figures; verdict.ts judges them.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import type { Actors } from '../../actors/actors.ts';
import type { Suite } from '../../sequence/suite.ts';
import type { FaultWindow } from '../../sequence/counterexample.ts';
import type { Settings } from '../../settings/settings.ts';
import { drawnPlay, playDrawn } from '../../stage/drawn.ts';
import { PlayFailed } from '../../stage/failed-play.ts';
import { openRun } from '../../run/open-run.ts';
import { writeRunReport } from '../../run/report.ts';
import { seedOf } from '../../sequence/seeds.ts';
import { Stage } from '../../stage/stage.ts';
import { cleaningUp } from '../../units/troubles.ts';

export interface SoakOrder {
  /** Its seed, users, steps, faults and contracts. */
  readonly settings: Settings;
  /** Plays are begun until so many steps are done. */
  readonly actions: number;
  /** Where files and logs go; emptied first. */
  readonly folder: string;
}

export interface Soak {
  readonly seed: number;
  readonly actions: number;
  readonly plays: number;
  readonly wrong: number;
  readonly unknown: number;
  /** What is not as it must be when all is over, one line each. */
  readonly problems: readonly string[];
  /** The first failed play, for people; it ends the run of its seed. */
  readonly failure: string | undefined;
  /** By fault, steps that began while it was on. */
  readonly struck: Readonly<Record<string, number>>;
  /** How often each state worth reaching was reached. */
  readonly states: Readonly<Record<string, number>>;
  readonly tookMs: number;
}

/** Throws when the network cannot be had, or a play ends otherwise than right or with a failed step. */
export async function soak(suite: Suite<Actors>, { settings, actions, folder }: SoakOrder): Promise<Soak> {
  const startedMs = performance.now();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const run = await openRun(suite, settings, join(folder, 'history.jsonl'));
  const play = async (): Promise<Soak> => {
    const stage = await Stage.open({ suite, settings, context: run.context, reportsFolder: folder });
    const played = await playUntil(actions, stage, settings);
    const { mismatches, ...figures } = writeRunReport(suite, folder, settings, run, await run.close());
    return { ...played, ...figures, seed: settings.seed, wrong: mismatches, tookMs: performance.now() - startedMs };
  };
  return cleaningUp(play, () => run.stop());
}

type Played = Pick<Soak, 'plays' | 'failure' | 'struck'>;

async function playUntil(actions: number, stage: Stage, settings: Settings): Promise<Played> {
  return cleaningUp(
    () => playRounds(actions, stage, settings),
    () => stage.close(),
  );
}

async function playRounds(actions: number, stage: Stage, settings: Settings): Promise<Played> {
  const struck: Record<string, number> = Object.fromEntries(settings.faults.map((fault) => [fault, 0]));
  const title = 'sequences of all users';
  const { users } = stage;
  let [done, plays] = [0, 0];
  while (done < actions) {
    plays += 1;
    const seed = seedOf(settings.seed, `${title}, round ${plays}`);
    for (const drawn of fc.sample(drawnPlay(stage.suite, settings, users), { numRuns: 1, seed })) {
      await stage.begin(title);
      try {
        const { steps, settledFrom = steps.length } = await stage.play(playDrawn(title, users, drawn, stage, settings));
        done += steps.length;
        count(drawn.faults, settledFrom, struck);
      } catch (error) {
        if (!(error instanceof PlayFailed)) throw error;
        // Already reported; winding up must not find it again.
        await stage.begin('after a failed play');
        return { plays, struck, failure: error.message };
      }
    }
  }
  return { plays, struck, failure: undefined };
}

function count(faults: readonly FaultWindow[], steps: number, struck: Record<string, number>): void {
  for (const { fault, fromStep, toStep } of faults)
    struck[fault] = (struck[fault] ?? 0) + Math.max(0, Math.min(toStep, steps) - fromStep);
}
