/** Redeems, then stops, like a user whose process died at once: the agents pay or not while the user does other things. */
import type { Actors } from '../support/actors/actors.ts';
import { defineBundle } from '../support/sequence/bundle.ts';
import { type ObservedRedemption, type RedeemPlan, observed, ofLots, requestLots } from './redeeming.ts';

export const redeemStopBeforePayment = defineBundle<Actors, RedeemPlan, ObservedRedemption>({
  name: 'redeem-stop-before-payment',
  story: 'redeems a random number of lots and stops before the agents have paid',
  ...ofLots,
  run: async (plan, { redeemer }) => observed(redeemer, await requestLots(plan, redeemer)),
});
