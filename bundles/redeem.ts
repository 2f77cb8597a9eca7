/**
 * Redeems a random number of lots and waits for the agents' payments (or for the end of their payment windows).
 *
 * The queue decides which agents pay. Their payments arrive as background movements, computed from the requests' records;
 * whether the agent confirms them in time is not waited for.
 */
import type { Actors } from '../support/actors/actors.ts';
import { redemptionRecord } from '../support/actors/record-reads.ts';
import type { RedemptionRequest } from '../support/actors/redeemer.ts';
import { dustByAgent } from '../support/model/market.ts';
import { type ExpectedRedemption, walkQueue } from '../support/model/redemption.ts';
import type { RecordFields } from '../support/model/state.ts';
import type { Claim, Expectation } from '../support/model/statement.ts';
import { type View, chooseAmount, defineBundle } from '../support/sequence/bundle.ts';

interface RedeemPlan extends Record<string, string> {
  readonly lots: string;
}

export interface ObservedRedemption {
  readonly redeemer: string;
  readonly ledgerAddress: string;
  readonly requests: readonly RedemptionRequest[];
}

export const redeem = defineBundle<Actors, RedeemPlan, ObservedRedemption>({
  name: 'redeem',
  story: 'redeems a random number of lots and waits for the agents to pay',
  choices: ['lots'],
  arrange: ['mint-random-agent'],
  enabled(view) {
    if (mostLots(view) === 0n) return 'the user holds less than a lot';
    return predicted(view, 1n).burnedUba > 0n || 'no ticket in the queue has a lot to redeem';
  },
  resolve: (view, [lots = 0]) => ({ lots: String(chooseAmount(1n, mostLots(view), lots)) }),
  async run(plan, { redeemer }) {
    const requests = await redeemer.redeem(BigInt(plan.lots));
    await redeemer.awaitPayments(requests);
    return { redeemer: redeemer.address, ledgerAddress: redeemer.ledgerAddress, requests };
  },
  expected: expectedRedemption,
});

export function expectedRedemption(
  view: View,
  plan: { readonly lots: string },
  observed: ObservedRedemption,
): Expectation {
  const expected = predicted(view, BigInt(plan.lots));
  // Ids are the protocol's to choose; the n-th request must be the n-th of the walk (see the claim below).
  const records = observed.requests.flatMap(({ id }, index): [string, RecordFields][] => {
    const request = expected.requests[index];
    return request === undefined
      ? []
      : [
          [
            redemptionRecord(id),
            {
              status: 'ACTIVE',
              agentVault: request.agentVault,
              redeemer: observed.redeemer.toLowerCase(),
              paymentAddress: observed.ledgerAddress,
              valueUba: String(request.valueUba),
              feeUba: String(request.feeUba),
            },
          ],
        ];
  });
  return {
    movements: [{ account: 'fAsset', amount: -expected.burnedUba, cause: 'own', text: 'burned by the redemption' }],
    records: Object.fromEntries(records),
    claims: requestClaims(expected, observed.requests),
  };
}

/** Which agents, in which order, for how much: the events must say what the queue walk says. */
function requestClaims(expected: ExpectedRedemption, requests: readonly RedemptionRequest[]): Claim[] {
  const words = (list: readonly { agentVault: string; valueUba: bigint; feeUba: bigint }[]) =>
    list.map((request) => `${request.agentVault} value ${request.valueUba} fee ${request.feeUba}`).join(', ');
  return [{ what: 'RedemptionRequested events', expected: words(expected.requests), actual: words(requests) }];
}

function predicted({ market }: View, lots: bigint): ExpectedRedemption {
  const { lotSizeUba } = market.settings;
  return walkQueue(lots * lotSizeUba, market.queue, dustByAgent(market), lotSizeUba, market.settings);
}

const mostLots = (view: View): bigint => (view.user.balances['fAsset'] ?? 0n) / view.market.settings.lotSizeUba;
