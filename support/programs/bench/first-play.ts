/** One play in a fresh process: how long until the first action is judged, and how much memory the play takes. */
import { performance } from 'node:perf_hooks';
import type { Actors } from '../../actors/actors.ts';
import type { Suite } from '../../sequence/suite.ts';
import type { Settings } from '../../settings/settings.ts';
import { cleaningUp } from '../../units/troubles.ts';
import { Arena } from './arena.ts';
import { peakMbOf } from './cpu.ts';
import { drawn } from './drawn.ts';
import type { Figures } from './figures.ts';

export interface FirstPlayOrder {
  readonly settings: Settings;
  readonly folder: string;
}

export type FirstPlay = Pick<Figures, 'firstActionS' | 'peakMb' | 'chainPeakMb'>;

/** Looks at the account, which is what every action ends with; then the drawn play. Seconds count from the start of the process. */
export async function firstPlay(suite: Suite<Actors>, { settings, folder }: FirstPlayOrder): Promise<FirstPlay> {
  const arena = await Arena.open(suite, settings, folder);
  return cleaningUp(
    async () => {
      const play = drawn(arena.stage, 'the first play', settings);
      const [part] = play.parts;
      if (part === undefined) throw new Error('nobody plays');
      await arena.play({
        title: 'the first action',
        parts: [{ ...part, decisions: part.decisions.slice(0, 1) }],
        schedule: [],
      });
      const firstActionS = Math.round(performance.now() / 10) / 100;
      await arena.play(play);
      const chainMb = peakMbOf('anvil');
      return {
        firstActionS,
        peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
        chainPeakMb: chainMb === undefined ? null : Math.round(chainMb),
      };
    },
    () => arena.close(),
  );
}
