/** Redeems a random number of lots and waits for the agents' payments (or for the end of their payment windows). */
import type { Actors } from '../support/actors/actors.ts';
import { defineBundle } from '../support/sequence/bundle.ts';
import { type ObservedRedemption, type RedeemPlan, observed, ofLots } from './redeeming.ts';

export const redeem = defineBundle<Actors, RedeemPlan, ObservedRedemption>({
  name: 'redeem',
  story: 'redeems a random number of lots and waits for the agents to pay',
  ...ofLots,
  params: ['lots'],
  async run(plan, { redeemer }) {
    const requests = await redeemer.redeem(BigInt(plan.lots));
    await redeemer.awaitPayments(requests);
    return observed(redeemer, requests);
  },
});
