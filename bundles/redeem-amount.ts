/** Redeems a random amount, not only whole lots (v1.3), and waits for the agents' payments. */
import type { Actors } from '../support/actors/actors.ts';
import { joinExpectations } from '../support/model/statement.ts';
import { type View, chooseAmount, defineBundle } from '../support/sequence/bundle.ts';
import { EXECUTOR_PARAMS, type ExecutorTerms, executorTerms, namedTerms } from './executors.ts';
import {
  type ObservedEndings,
  blockedByNobody,
  expectedRequests,
  observed,
  predictedAmount,
  statusesOf,
} from './redeeming.ts';

interface AmountPlan extends ExecutorTerms, Readonly<Record<string, string>> {
  readonly amountUba: string;
}

export const redeemAmount = defineBundle<Actors, AmountPlan, ObservedEndings>({
  name: 'redeem-amount',
  story: 'redeems a random amount in base units and waits for the agents to pay',
  choices: ['amount', 'executor'],
  params: EXECUTOR_PARAMS,
  needs: ['redeemAmount'],
  arrange: ['mint-random-agent'],
  enabled(view) {
    const minimumUba = view.market.settings.minimumRedeemAmountUba;
    if (minimumUba === undefined) return 'this release redeems whole lots only';
    if (held(view) < minimumUba) return 'the user holds less than the minimum';
    return view.market.queue.length > 0 || 'the redemption queue is empty';
  },
  resolve: (view, [amount = 0, executor = 0], params) => ({
    amountUba: String(chooseAmount(view.market.settings.minimumRedeemAmountUba ?? 0n, held(view), amount)),
    ...executorTerms(view, executor, params),
  }),
  async run(plan, { redeemer, hands }) {
    const redemption = await redeemer.redeemAmount(BigInt(plan.amountUba), namedTerms(plan));
    await redeemer.awaitPayments(redemption.requests);
    return { ...observed(redeemer, redemption), statuses: await statusesOf(hands, redemption.requests) };
  },
  expected: ({ market }, plan, { statuses, ...seen }) =>
    joinExpectations(expectedRequests(market, predictedAmount(market, BigInt(plan.amountUba)), seen, plan), {
      movements: [],
      records: {},
      claims: blockedByNobody(statuses),
    }),
});

const held = (view: View): bigint => view.user.balances['fAsset'] ?? 0n;
