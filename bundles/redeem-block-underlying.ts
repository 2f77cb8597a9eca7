/**
 * Redeems while refusing deposits on the ledger (DepositAuth), then accepts them again. The agents' payments fail through
 * the redeemer's fault: FAssets are burned, nothing is received, the requests end as BLOCKED.
 */
import type { Actors } from '../support/actors/actors.ts';
import type { OddPayments } from '../support/model/background.ts';
import type { Market } from '../support/model/market.ts';
import { joinExpectations } from '../support/model/statement.ts';
import { defineBundle } from '../support/sequence/bundle.ts';
import { claim } from './movements.ts';
import { refusingDeposits } from './refusing-deposits.ts';
import {
  type ObservedRedemption,
  type RedeemPlan,
  expectedRequests,
  observed,
  ofLots,
  predictedLots,
  requestLots,
  statusesOf,
} from './redeeming.ts';
import { redemptionRecord } from '../support/model/records.ts';

interface ObservedBlockedRedemption extends ObservedRedemption {
  /** Just before the request, since blocking takes a while. */
  readonly market: Market;
  /** Status of each request when the agents were done with it. */
  readonly endings: readonly string[];
}

export const redeemBlockUnderlying = defineBundle<Actors, RedeemPlan, ObservedBlockedRedemption>({
  name: 'redeem-block-underlying',
  story: 'blocks deposits on the ledger, redeems a random number of lots, unblocks when the agents have given up',
  ...ofLots,
  run(plan, { redeemer, hands, look, lookBefore }) {
    return refusingDeposits(hands, async () => {
      const seen = await look();
      // Others may have emptied the queue meanwhile.
      const isPossible = predictedLots(seen.market, BigInt(plan.lots)).burnedUba > 0n;
      const redemption = isPossible ? await requestLots(plan, redeemer) : { requests: [], incomplete: [] };
      const { requests } = redemption;
      const [first] = requests;
      const { market } = first === undefined ? seen : await lookBefore(first.block, seen);
      await redeemer.awaitEnds(requests);
      return { ...observed(redeemer, redemption), market, endings: await statusesOf(hands, requests) };
    });
  },
  expected({ oddPayments }, plan, { market, endings, ...seen }) {
    const requested = expectedRequests(market, predictedLots(market, BigInt(plan.lots)), seen, plan);
    const others = otherEndings(oddPayments);
    const blocked = seen.requests.map(({ id }) => [redemptionRecord(id), { status: 'BLOCKED' }]);
    // Any other ending of a request is explained as others' doing; that it ends like this is this story's own claim.
    const claims = endings.map((ending) =>
      claim('ending of a blocked redemption', others.includes(ending) ? ending : 'BLOCKED', ending),
    );
    const records = others.length === 0 ? Object.fromEntries(blocked) : {};
    return joinExpectations(requested, { movements: [], records, claims });
  },
});

/** What else is right where agents may be late, short or silent; whether just this one was deserved, the ledger says. */
const otherEndings = ({ unpaid = false, endInDefault = false }: OddPayments = {}): string[] => [
  ...(unpaid ? ['ACTIVE'] : []),
  ...(endInDefault ? ['DEFAULTED_FAILED'] : []),
];
