/** A devnet on which the suite plays, and on which the same acts are then sent bare from the same state. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Actors } from '../../actors/actors.ts';
import { Closers } from '../../devnet/closers.ts';
import { type World, reachWorld } from '../../network/world.ts';
import { openRun } from '../../run/open-run.ts';
import type { Part, PartStep, Play } from '../../sequence/play.ts';
import type { Decide } from '../../sequence/runner.ts';
import type { Suite } from '../../sequence/suite.ts';
import type { Settings } from '../../settings/settings.ts';
import { Stage } from '../../stage/stage.ts';
import { type Processor, processorOfAll } from './cpu.ts';
import { type Cost, Laps } from './laps.ts';
import { type Counts, Recorder, Tape, sendBare } from './tape.ts';

/** One play. Costs are by step, in order. */
export interface Played {
  /** Names of bundles. */
  readonly steps: readonly string[];
  readonly costs: readonly Cost[];
  readonly counts: Counts;
}

/** One play, by the suite and bare. */
export interface Duel extends Played {
  readonly bareCosts: readonly Cost[];
}

export class Arena {
  readonly stage: Stage;
  readonly processor: Processor;
  readonly #world: World;
  readonly #origin: number;
  readonly #recorder: Recorder;
  readonly #closers: Closers;

  /** Opens a run of its own in `folder`, which is emptied first. */
  static async open(suite: Suite<Actors>, settings: Settings, folder: string): Promise<Arena> {
    const closers = new Closers();
    try {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      const run = await openRun(suite, settings, join(folder, 'history.jsonl'));
      closers.add(() => run.stop());
      const { context } = run;
      if (context.originSnapshot === undefined) throw new Error(`${context.record.name} cannot be put back`);
      const recorder = new Recorder();
      const stage = await Stage.open({ suite, settings, context, reportsFolder: folder, traffic: recorder });
      closers.add(() => stage.close());
      const world = await reachWorld(context.record);
      closers.add(() => world.close());
      return new Arena(stage, world, context.originSnapshot, recorder, closers);
    } catch (error) {
      await closers.close();
      throw error;
    }
  }

  private constructor(stage: Stage, world: World, origin: number, recorder: Recorder, closers: Closers) {
    this.stage = stage;
    this.processor = processorOfAll();
    this.#world = world;
    this.#origin = origin;
    this.#recorder = recorder;
    this.#closers = closers;
  }

  close(): Promise<void> {
    return this.#closers.close();
  }

  /** The suite plays from where funding ended. */
  async play(play: Play<Actors>): Promise<Played> {
    return (await this.#record(play)).played;
  }

  /** The suite plays; then the very same is done bare, from the same state. Throws when that came to something else. */
  async duel(play: Play<Actors>): Promise<Duel> {
    const { played, tape } = await this.#record(play);
    const reached = await this.#reached();
    await this.#world.control?.restore(this.#origin);
    const laps = this.#laps();
    await sendBare(tape, this.#world, laps);
    const again = await this.#reached();
    if (reached !== again) throw new Error(`${play.title} came to ${reached}, but the same acts sent bare to ${again}`);
    return { ...played, bareCosts: laps.costs };
  }

  async #record(play: Play<Actors>): Promise<{ readonly played: Played; readonly tape: Tape }> {
    const [tape, recorder] = [new Tape(), this.#recorder];
    await this.stage.begin(play.title);
    const laps = this.#laps();
    recorder.recordInto(tape, laps);
    try {
      await this.stage.play(announced(play, (bundle) => recorder.step(bundle)));
    } finally {
      recorder.stop();
    }
    laps.next();
    return { played: { steps: tape.steps, costs: laps.costs, counts: tape.counts }, tape };
  }

  #laps(): Laps {
    return new Laps(() => this.processor.usedMs());
  }

  /** Where chain and ledger stand: what was done differently shows here. */
  async #reached(): Promise<string> {
    const { rpc, ledger } = this.#world;
    const [{ number, stateRoot }, head] = await Promise.all([
      rpc.call<{ number: string; stateRoot: string }>('eth_getBlockByNumber', ['latest', false]),
      ledger.head(),
    ]);
    return `block ${Number(number)} with state ${stateRoot}, ledger ${head.ledger}`;
  }
}

/** The same play; tells the bundle of each step as it is decided. */
function announced(play: Play<Actors>, tell: (bundle: string) => void): Play<Actors> {
  const decide =
    (decideFirst: Decide<Actors>): Decide<Actors> =>
    (view) => {
      const decision = decideFirst(view);
      if (!('notEnabled' in decision)) tell(decision.bundle.name);
      return decision;
    };
  const step = (given: PartStep<Actors>): PartStep<Actors> =>
    typeof given === 'function' ? decide(given) : { ...given, decide: decide(given.decide) };
  const all = (parts: readonly Part<Actors>[]): Part<Actors>[] =>
    parts.map(({ user, decisions }) => ({ user, decisions: decisions.map(step) }));
  return { ...play, parts: all(play.parts), ...(play.windingUp && { windingUp: all(play.windingUp) }) };
}
