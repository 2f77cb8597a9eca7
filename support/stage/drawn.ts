/**
 * A drawn play: what each user does, in what turns, which bundles are left out and which faults are on. Also turns it into
 * a play on a stage.
 */
import * as fc from 'fast-check';
import type { Actors } from '../actors/actors.ts';
import type { FaultWindow } from '../sequence/counterexample.ts';
import { decided } from '../sequence/runner.ts';
import type { Suite } from '../sequence/suite.ts';
import type { Settings } from '../settings/settings.ts';
import {
  type DrawnStep,
  drawnDecision,
  drawnFaults,
  drawnLane,
  drawnSchedule,
  drawnSwarm,
  inSwarm,
} from '../sequence/draw.ts';
import { offersOf } from '../settings/selection.ts';
import type { Part, Play } from '../sequence/play.ts';
import type { Stage } from './stage.ts';
import { windUpOpen } from '../money/wind-up-acts.ts';

export interface DrawnPlay {
  /** One for each player. */
  readonly lanes: readonly (readonly DrawnStep[])[];
  readonly schedule: readonly number[];
  readonly swarm: readonly boolean[] | null;
  readonly faults: readonly FaultWindow[];
}

/** Ends what is open, then compares the account once more: movements since the user's own last step count too. */
export const windingUpOf = (suite: Suite<Actors>, user: string): Part<Actors>['decisions'] => [
  { by: user, decide: windUpOpen(suite.windingUp), untilDone: true },
  decided(suite.windingUp.looks, []),
];

/** A mint hands over about a dozen times; after the end of a schedule the same user goes on. */
const HAND_OVERS_PER_STEP = 12;

/** Plays of these users, with the number of steps and the faults of the settings. */
export function drawnPlay(
  { bundles }: Suite<Actors>,
  { steps, faults }: Pick<Settings, 'steps' | 'faults'>,
  players: readonly string[],
): fc.Arbitrary<DrawnPlay> {
  const together = steps * players.length;
  return fc
    .tuple(
      fc.tuple(...players.map(() => drawnLane(steps))),
      drawnSchedule(together * HAND_OVERS_PER_STEP, players.length),
      drawnSwarm(bundles.length),
      drawnFaults(faults, together),
    )
    .map(([lanes, schedule, swarm, windows]) => ({ lanes, schedule, swarm, faults: windows }));
}

/** Where the network is put back afterwards, the play winds up what it left open, since nobody else would. */
export function playDrawn(
  title: string,
  players: readonly string[],
  { lanes, schedule, swarm, faults }: DrawnPlay,
  stage: Stage,
  settings: Settings,
): Play<Actors> {
  if (lanes.length !== players.length)
    throw new Error(`lanes for ${lanes.length} were drawn, but ${players.length} play`);
  const parts = players.map((user, index) => {
    const offers = inSwarm(
      offersOf(stage.suite, settings, user, (bundle) => stage.lacksFor(bundle)),
      swarm,
    );
    return { user, decisions: (lanes[index] ?? []).map((step) => drawnDecision(offers, step)) };
  });
  const windingUp = players.map((user) => ({ user, decisions: windingUpOf(stage.suite, user) }));
  return { title, parts, schedule, faults, windingUp: stage.canBePutBack ? windingUp : [] };
}
