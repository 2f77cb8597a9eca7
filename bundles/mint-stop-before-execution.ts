/** Reserves and pays, then stops, as a user whose process died: the minting stays pending until somebody executes it. */
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

export const mintStopBeforeExecution = defineBundle<Actors, MintPlan, PaidReservation>({
  name: 'mint-stop-before-execution',
  story: 'reserves and pays a minting with a random agent and stops before executing it',
  choices: ['agent', 'lots'],
  arrange: [],
  enabled: (view) => affordableAgents(view).length > 0 || whyNoMinting,
  resolve: (view, [agent = 0, lots = 0]) => mintPlan(view, choose(affordableAgents(view), agent), lots),
  run: reserveAndPay,
  refusedWith: refusedReservation,
  expected: (view, plan, seen) => expectedReservation(view.market, plan, seen),
});
