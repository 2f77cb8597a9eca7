/** Redeems a random number of lots and waits for the agents' payments (or for the end of their payment windows). */
import type { Actors } from '../support/actors/actors.ts';
import { joinExpectations } from '../support/model/statement.ts';
import { defineBundle } from '../support/sequence/bundle.ts';
import { type ObservedEndings, type RedeemPlan, blockedByNobody, observed, ofLots, statusesOf } from './redeeming.ts';

export const redeem = defineBundle<Actors, RedeemPlan, ObservedEndings>({
  name: 'redeem',
  story: 'redeems a random number of lots and waits for the agents to pay',
  ...ofLots,
  params: ['lots'],
  async run(plan, { redeemer, hands }) {
    const redemption = await redeemer.redeem(BigInt(plan.lots));
    await redeemer.awaitPayments(redemption.requests);
    return { ...observed(redeemer, redemption), statuses: await statusesOf(hands, redemption.requests) };
  },
  expected: (view, plan, { statuses, ...seen }) =>
    joinExpectations(ofLots.expected(view, plan, seen), {
      movements: [],
      records: {},
      claims: blockedByNobody(statuses),
    }),
});
