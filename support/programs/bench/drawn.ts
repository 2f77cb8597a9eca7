/** The play that a seed gives for a title. */
import * as fc from 'fast-check';
import type { Actors } from '../../actors/actors.ts';
import type { Play } from '../../sequence/play.ts';
import { seedOf } from '../../sequence/seeds.ts';
import type { Settings } from '../../settings/settings.ts';
import { drawnPlay, playDrawn } from '../../stage/drawn.ts';
import type { Stage } from '../../stage/stage.ts';

export function drawn(stage: Stage, title: string, settings: Settings): Play<Actors> {
  const { suite, users } = stage;
  const [first] = fc.sample(drawnPlay(suite, settings, users), { numRuns: 1, seed: seedOf(settings.seed, title) });
  if (first === undefined) throw new Error('no play was drawn');
  return playDrawn(title, users, first, stage, settings);
}
