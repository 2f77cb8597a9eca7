/** Redeems, then stops, as a user whose process died at once: the agents pay, or not, while the user does other things. */
import type { Actors } from '../support/actors/actors.ts';
import { defineBundle } from '../support/sequence/bundle.ts';
import {
  type ObservedRedemption,
  type RedeemPlan,
  canRedeem,
  expectedRequests,
  observed,
  predictedLots,
  redeemPlan,
} from './redeeming.ts';

export const redeemStopBeforePayment = defineBundle<Actors, RedeemPlan, ObservedRedemption>({
  name: 'redeem-stop-before-payment',
  story: 'redeems a random number of lots and stops before the agents have paid',
  choices: ['lots'],
  arrange: ['mint-random-agent'],
  enabled: canRedeem,
  resolve: (view, [lots = 0]) => redeemPlan(view, lots),
  run: async (plan, { redeemer }) => observed(redeemer, await redeemer.redeem(BigInt(plan.lots))),
  expected: (view, plan, seen) => expectedRequests(view.market, predictedLots(view.market, BigInt(plan.lots)), seen),
});
