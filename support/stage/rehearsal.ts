/**
 * A stage on which plays leave no trace: judged as in the run, but history, logs and counterexamples go to a scratch
 * folder. Every play begins where funding ended, so the network must be one that can be put back.
 *
 * Whoever acts on the network afterwards puts it back first.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Candidate, type FailedPlay, type ShrinkOptions, type Shrunk, shrink } from '../sequence/shrink.ts';
import type { Actors } from '../actors/actors.ts';
import type { Suite } from '../sequence/suite.ts';
import type { Settings } from '../settings/settings.ts';
import type { RunContext } from '../users/context.ts';
import { playOf } from './replay.ts';
import { type HistoryEvent, RunHistory } from '../sequence/history.ts';
import { PlayFailed } from './failed-play.ts';
import { Stage } from './stage.ts';

export class Rehearsal {
  readonly #stage: Stage;
  readonly #scratch: string;
  readonly #history: RunHistory;
  readonly #funded: readonly HistoryEvent[];

  static async open(suite: Suite<Actors>, settings: Settings, context: RunContext): Promise<Rehearsal> {
    if (context.originSnapshot === undefined) throw new Error(`${context.record.name} cannot be put back`);
    const scratch = mkdtempSync(join(tmpdir(), 'fassets-qa-rehearsal-'));
    try {
      const history = new RunHistory(join(scratch, 'history.jsonl'));
      const funded = new RunHistory(context.historyPath).read().filter(({ type }) => type === 'funded');
      beginHistory(history, funded);
      const stage = await Stage.open({
        suite,
        settings,
        context: { ...context, historyPath: history.path },
        reportsFolder: scratch,
      });
      return new Rehearsal(stage, scratch, history, funded);
    } catch (error) {
      rmSync(scratch, { recursive: true, force: true });
      throw error;
    }
  }

  private constructor(stage: Stage, scratch: string, history: RunHistory, funded: readonly HistoryEvent[]) {
    this.#stage = stage;
    this.#scratch = scratch;
    this.#history = history;
    this.#funded = funded;
  }

  async close(): Promise<void> {
    await this.#stage.close();
    rmSync(this.#scratch, { recursive: true, force: true });
  }

  /** Shrinks by playing here. */
  async shrink(options: Omit<ShrinkOptions, 'attempt' | 'standIns'>): Promise<Shrunk> {
    const standIns = this.#stage.suite.standIns.map(({ name, choices }) => ({ bundle: name, choices: choices.length }));
    return shrink({ ...options, attempt: (candidate) => this.attempt(candidate), standIns });
  }

  /** Plays the candidate, leaving out what is not enabled; undefined when no step fails. */
  async attempt(candidate: Candidate): Promise<FailedPlay | undefined> {
    const play = playOf(this.#stage.suite, candidate, 'rehearsal', this.#stage.users, () => {});
    beginHistory(this.#history, this.#funded);
    await this.#stage.begin('rehearsal');
    try {
      await this.#stage.play(play);
      return undefined;
    } catch (error) {
      if (!(error instanceof PlayFailed)) throw error;
      const { failure, counterexample } = error.report;
      const { steps, failedStep, settledFrom } = counterexample;
      return { failure, steps, failedStep, ...(settledFrom === undefined ? {} : { settledFrom }) };
    }
  }
}

/** Only what funding left: a play looks back no further, and a long history is slow to read. */
function beginHistory(history: RunHistory, funded: readonly HistoryEvent[]): void {
  history.begin();
  for (const event of funded) history.add(event);
}
