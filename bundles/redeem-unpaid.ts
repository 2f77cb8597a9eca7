/** Redeems with agents that do not pay, and waits until the payment windows are over: a default becomes possible. */
import type { Actors } from '../support/actors/actors.ts';
import { defineBundle } from '../support/sequence/bundle.ts';
import { type ObservedRedemption, type RedeemPlan, observed, ofLots, requestLots } from './redeeming.ts';

export const redeemUnpaid = defineBundle<Actors, RedeemPlan, ObservedRedemption>({
  name: 'redeem-unpaid',
  story: 'redeems a random number of lots from agents that do not pay, and waits out the payment window',
  ...ofLots,
  needs: ['canInjectFaults'],
  async run(plan, { redeemer, faults }) {
    const redemption = await requestLots(plan, redeemer);
    const { requests } = redemption;
    await faults?.silenceAgents(requests.map(({ id }) => id));
    await redeemer.awaitPayments(requests);
    return observed(redeemer, redemption);
  },
});
