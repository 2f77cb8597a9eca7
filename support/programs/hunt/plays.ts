/**
 * Everything the suite plays, in order, for one user and then for all: bundles alone, refusals, probes, stories, then endless
 * sequences, short ones first, so that what they find is small. The caller decides when to stop.
 */
import * as fc from 'fast-check';
import { refusalStories, tell } from '../../sequence/refusal-story.ts';
import type { Actors } from '../../actors/actors.ts';
import { type Bundle, CHOICE_MAX } from '../../sequence/bundle.ts';
import type { Settings } from '../../settings/settings.ts';
import { drawnPlay, playDrawn } from '../../stage/drawn.ts';
import { choiceArbitrary, stepsAlone } from '../../sequence/draw.ts';
import { decided } from '../../sequence/runner.ts';
import { seedOf } from '../../sequence/seeds.ts';
import type { Play } from '../../sequence/play.ts';
import type { Stage } from '../../stage/stage.ts';
import { partnerOf } from '../../keys/names.ts';

/** As in the suite: neither end, and of three agents or pools the second for all steps of one bundle. */
const A_THIRD = Math.ceil((CHOICE_MAX + 1) / 3);
const SHORT = { steps: 4, runs: 40 };

/** Endless. A story decides its steps while it is played, so each play can be played once. */
export function* playsOf(stage: Stage, settings: Settings): Generator<Play<Actors>, never> {
  const [user = ''] = stage.users;
  yield* bundlesAlone(stage, user);
  yield* refused(stage, user);
  yield* probed(stage, user);
  yield* stories(stage, settings, user);
  yield* sequences(stage, { ...settings, ...SHORT }, [user], `short sequences of ${user}`, 0);
  for (let round = 0; ; round += 1) {
    yield* sequences(stage, settings, [user], `sequences of ${user}`, round);
    yield* sequences(stage, settings, stage.users, 'sequences of all users', round);
  }
}

function* bundlesAlone(stage: Stage, user: string): Generator<Play<Actors>> {
  for (const bundle of stage.suite.bundles.filter((candidate) => stage.lacksFor(candidate) === undefined)) {
    const partner = partnerOf(user);
    const partnerAddress = stage.addressOf(partner);
    const decisions = stepsAlone(stage.suite, bundle, { partner, partnerAddress, choice: A_THIRD });
    yield { title: `bundle ${bundle.name}, ${user}`, parts: [{ user, decisions }], schedule: [] };
  }
}

function* refused(stage: Stage, user: string): Generator<Play<Actors>> {
  const partner = partnerOf(user);
  const cast = { user, partner, partnerAddress: stage.addressOf(partner) };
  const isPossible = (bundle: Bundle<Actors>): boolean => stage.lacksFor(bundle) === undefined;
  for (const story of refusalStories(stage.suite.refusals).filter(({ needed }) => needed.every(isPossible))) {
    const decisions = tell(stage.suite.windingUp.looks, story, cast, isPossible).steps;
    yield { title: `refused: ${story.name}, ${user}`, parts: [{ user, decisions }], schedule: [] };
  }
}

function* probed(stage: Stage, user: string): Generator<Play<Actors>> {
  for (const bundle of stage.suite.probes.filter((candidate) => stage.lacksFor(candidate) === undefined))
    yield {
      title: `probes: ${bundle.name}, ${user}`,
      parts: [{ user, decisions: [decided(bundle, [])] }],
      schedule: [],
    };
}

function* stories(stage: Stage, settings: Settings, user: string): Generator<Play<Actors>> {
  const partner = partnerOf(user);
  for (const scenario of stage.suite.scenarios) {
    const title = `scenario ${scenario.name}, ${user}`;
    const draws = fc.tuple(...Array.from({ length: scenario.draws }, () => choiceArbitrary));
    for (const drawn of fc.sample(draws, { numRuns: settings.runs, seed: seedOf(settings.seed, title) })) {
      const cast = { user, partner, partnerAddress: stage.addressOf(partner), drawn, mostGiven: CHOICE_MAX };
      yield { title, parts: [{ user, decisions: scenario.steps(cast) }], schedule: [] };
    }
  }
}

function* sequences(
  stage: Stage,
  settings: Settings,
  players: readonly string[],
  title: string,
  round: number,
): Generator<Play<Actors>> {
  const seed = seedOf(settings.seed, round === 0 ? title : `${title}, round ${round + 1}`);
  for (const drawn of fc.sample(drawnPlay(stage.suite, settings, players), { numRuns: settings.runs, seed }))
    yield playDrawn(title, players, drawn, stage, settings);
}
