/** Redeems a random number of lots and waits for the agents' payments (or for the end of their payment windows). */
import type { Actors } from '../support/actors/actors.ts';
import { joinExpectations } from '../support/model/statement.ts';
import { defineBundle } from '../support/sequence/bundle.ts';
import { EXECUTOR_PARAMS } from './executors.ts';
import {
  type ObservedEndings,
  type RedeemPlan,
  blockedByNobody,
  observed,
  ofLots,
  requestLots,
  statusesOf,
} from './redeeming.ts';

export const redeem = defineBundle<Actors, RedeemPlan, ObservedEndings>({
  name: 'redeem',
  story: 'redeems a random number of lots and waits for the agents to pay',
  ...ofLots,
  params: ['lots', ...EXECUTOR_PARAMS],
  async run(plan, { redeemer, hands }) {
    const redemption = await requestLots(plan, redeemer);
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
