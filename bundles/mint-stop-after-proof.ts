/** Reserves, pays and proves the payment, then stops: whoever executes it later proves it again. */
import type { Actors } from '../support/actors/actors.ts';
import { choose, defineBundle } from '../support/sequence/bundle.ts';
import {
  type MintPlan,
  type PaidReservation,
  affordableAgents,
  expectedReservation,
  mintPlan,
  refusedReservation,
  reserveAndPay,
  whyNoMinting,
} from './minting.ts';

export const mintStopAfterProof = defineBundle<Actors, MintPlan, PaidReservation>({
  name: 'mint-stop-after-proof',
  story: 'reserves, pays and proves a minting with a random agent and stops before executing it',
  choices: ['agent', 'lots'],
  arrange: [],
  enabled: (view) => affordableAgents(view).length > 0 || whyNoMinting,
  resolve: (view, [agent = 0, lots = 0]) => mintPlan(view, choose(affordableAgents(view), agent), lots),
  async run(plan, actors) {
    const paid = await reserveAndPay(plan, actors);
    await actors.minter.prove(paid.paymentHash);
    return paid;
  },
  refusedWith: refusedReservation,
  expected: (view, plan, seen) => expectedReservation(view.market, plan, seen),
});
