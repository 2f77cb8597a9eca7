/** Steps of stories that only wait, until a time that the view tells. Never drawn at random. */
import type { Actors } from '../support/actors/actors.ts';
import { NOTHING_EXPECTED } from '../support/model/statement.ts';
import { type Bundle, type View, defineBundle } from '../support/sequence/bundle.ts';

interface WaitPlan extends Record<string, string> {
  readonly untilS: string;
  readonly seconds: string;
}

/**
 * Waits until every one of these times, Unix seconds, is over, and this ledger has closed; not at all when there is none. Ledgers
 * may close slower than the protocol takes it, so they are looked at.
 */
export function defineWait(
  name: string,
  story: string,
  endsS: (view: View) => readonly bigint[],
  lastLedger: (view: View) => number = () => 0,
): Bundle<Actors> {
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
    async run(plan, { poolManager, hands, look }, view) {
      await poolManager.wait(Number(plan.seconds));
      const last = lastLedger(view);
      if (last === 0) return null;
      for (;;) {
        const { ledger } = (await look()).market.point;
        if (ledger > last) return null;
        await poolManager.wait((last + 1 - ledger) * hands.ledgerCloseS);
      }
    },
    expected: () => NOTHING_EXPECTED,
  });
}
