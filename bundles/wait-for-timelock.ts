/** Waits until every pool token the user has entered is free. A step of stories, not drawn at random. */
import type { Actors } from '../support/actors/actors.ts';
import { type View, defineBundle } from '../support/sequence/bundle.ts';

interface WaitPlan extends Record<string, string> {
  readonly untilS: string;
  readonly seconds: string;
}

export const waitForTimelock = defineBundle<Actors, WaitPlan, null>({
  name: 'wait-for-timelock',
  story: 'waits until all entered pool tokens are free',
  choices: [],
  arrange: [],
  enabled: () => true,
  resolve(view) {
    const nowS = BigInt(view.market.point.timeS);
    const untilS = lastEndS(view, nowS);
    return { untilS: String(untilS), seconds: String(untilS - nowS) };
  },
  async run(plan, { poolManager }) {
    await poolManager.wait(Number(plan.seconds));
    return null;
  },
  expected: () => ({ movements: [], records: {}, claims: [] }),
});

const lastEndS = (view: View, nowS: bigint): bigint =>
  Object.values(view.timelocks)
    .flat()
    .reduce((latest, { endS }) => (endS > latest ? endS : latest), nowS);
