/** Steps of stories that only wait, until a time that the view tells. Never drawn at random. */
import type { Actors } from '../support/actors/actors.ts';
import { NOTHING_EXPECTED } from '../support/model/statement.ts';
import { type Bundle, type View, defineBundle } from '../support/sequence/bundle.ts';

interface WaitPlan extends Record<string, string> {
  readonly untilS: string;
  readonly seconds: string;
}

/** Waits until every one of these times, Unix seconds, is over; not at all when there is none. */
export function defineWait(name: string, story: string, endsS: (view: View) => readonly bigint[]): Bundle<Actors> {
  return defineBundle<Actors, WaitPlan, null>({
    name,
    story,
    choices: [],
    arrange: [],
    enabled: () => true,
    resolve(view) {
      const nowS = BigInt(view.market.point.timeS);
      const untilS = endsS(view).reduce((latest, endS) => (endS > latest ? endS : latest), nowS);
      return { untilS: String(untilS), seconds: String(untilS - nowS) };
    },
    async run(plan, { poolManager }) {
      await poolManager.wait(Number(plan.seconds));
      return null;
    },
    expected: () => NOTHING_EXPECTED,
  });
}
