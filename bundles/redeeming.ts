/**
 * What the redeeming bundles share: how much can be redeemed, what the queue walk predicts, what must come of a request.
 *
 * Payments arrive as background movements, computed from the requests' records, whenever the agents make them.
 */
import type { Hands } from '../support/actors/hands.ts';
import { type Redeemer, type Redemption, type RedemptionRequest, incompleteText } from '../support/actors/redeemer.ts';
import { redemptionReference } from '../support/model/background.ts';
import { redemptionExecutorFeesWei } from '../support/model/executor-fee.ts';
import { type Market, dustByAgent } from '../support/model/market.ts';
import { type ExpectedRedemption, walkQueue } from '../support/model/redemption.ts';
import type { RecordFields, RecordId } from '../support/model/state.ts';
import type { Claim, Expectation, Notes } from '../support/model/statement.ts';
import { type Choices, type Params, type View, chooseAmount } from '../support/sequence/bundle.ts';
import { minimum } from '../support/units/amounts.ts';
import { readRedemptionStatus } from '../support/readers/record-reads.ts';
import { EXECUTOR_PARAMS, type ExecutorTerms, executorTerms, namedTerms } from './executors.ts';
import { claim, own } from './movements.ts';
import { redemptionRecord } from '../support/model/records.ts';
import { executorStates, requestStates } from '../support/model/states.ts';

export interface RedeemPlan extends ExecutorTerms, Readonly<Record<string, string>> {
  readonly lots: string;
}

export interface ObservedRedemption {
  readonly redeemer: string;
  readonly ledgerAddress: string;
  readonly requests: Redemption['requests'];
  readonly incomplete: Redemption['incomplete'];
}

export interface ObservedEndings extends ObservedRedemption {
  /** Status of each request when its payment had arrived, or could not any more. */
  readonly statuses: readonly string[];
}

/** At least one lot, with at least one ticket to redeem it from. */
export function canRedeem(view: View): true | string {
  if ((view.user.balances['xrp'] ?? 0n) === 0n) return 'the user has no ledger account to be paid on';
  if (mostLots(view) === 0n) return 'the user holds less than a lot';
  return predictedLots(view.market, 1n).burnedUba > 0n || 'no ticket in the queue has a lot to redeem';
}

/** From one lot to all; `params.lots` asks for just that many, at most all. */
export function redeemPlan(view: View, choice: number, params: Params = {}): RedeemPlan {
  const most = mostLots(view);
  const wanted = params['lots'];
  return { lots: String(wanted === undefined ? chooseAmount(1n, most, choice) : minimum(BigInt(wanted), most)) };
}

/** Asks for the lots of the plan, naming its executor. */
export const requestLots = async (plan: RedeemPlan, redeemer: Redeemer): Promise<Redemption> =>
  redeemer.redeem(BigInt(plan.lots), namedTerms(plan));

export function observed(redeemer: Redeemer, redemption: Redemption): ObservedRedemption {
  return { redeemer: redeemer.address, ledgerAddress: redeemer.ledgerAddress, ...redemption };
}

/** The status that each request has now, in their order. */
export async function statusesOf(hands: Hands, requests: readonly RedemptionRequest[]): Promise<string[]> {
  const { assetManager } = hands.contracts;
  const byId = await hands.read(
    Object.fromEntries(requests.map(({ id }) => [String(id), readRedemptionStatus(assetManager, id)])),
  );
  return requests.map(({ id }) => byId[String(id)] ?? 'absent');
}

/** A story that blocks nothing must not end as blocked, whatever state the redeemer's account was left in. */
export const blockedByNobody = (statuses: readonly string[]): Claim[] =>
  statuses.map((status) =>
    claim('ending of a redemption that nobody blocks', status === 'BLOCKED' ? 'not BLOCKED' : status, status),
  );

export function predictedLots(market: Market, lots: bigint): ExpectedRedemption {
  const { lotSizeUba } = market.settings;
  return walkQueue(lots * lotSizeUba, market.queue, dustByAgent(market), lotSizeUba, market.settings);
}

export function predictedAmount(market: Market, amountUba: bigint): ExpectedRedemption {
  const { granularityUba } = market.settings;
  return walkQueue(amountUba, market.queue, dustByAgent(market), granularityUba, market.settings);
}

/** Common to bundles that redeem a random number of lots and read the requests it made. */
export const ofLots = {
  choices: ['lots', 'executor'],
  params: EXECUTOR_PARAMS,
  arrange: ['mint-random-agent'],
  enabled: canRedeem,
  resolve: (view: View, [lots = 0, executor = 0]: Choices, params: Params): RedeemPlan => ({
    ...redeemPlan(view, lots, params),
    ...executorTerms(view, executor, params),
  }),
  expected: ({ market }: View, plan: RedeemPlan, seen: ObservedRedemption): Expectation =>
    expectedRequests(market, predictedLots(market, BigInt(plan.lots)), seen, plan),
};

/**
 * From the market just before the request: FAssets burned and one record for each request, ACTIVE until somebody ends it.
 */
export function expectedRequests(
  market: Market,
  expected: ExpectedRedemption,
  seen: ObservedRedemption,
  { executor, executorFeeWei = '0' }: ExecutorTerms = {},
): Expectation {
  const sentWei = executor === undefined ? 0n : BigInt(executorFeeWei);
  const fees = redemptionExecutorFeesWei(sentWei, expected.requests.length);
  const named = expected.requests.map((_, index): RecordFields =>
    executor === undefined ? {} : { executor, executorFeeWei: String(fees[index]) },
  );
  // Ids are the protocol's to choose; the n-th request must be the n-th of the walk (see the claim below).
  const matched = seen.requests.flatMap((request, index) => {
    const prediction = expected.requests[index];
    return prediction === undefined ? [] : [{ request, prediction, fields: named[index] }];
  });
  const records = matched.map(({ request, prediction, fields }): [string, RecordFields] => [
    redemptionRecord(request.id),
    {
      status: 'ACTIVE',
      agentVault: prediction.agentVault,
      redeemer: seen.redeemer.toLowerCase(),
      paymentAddress: seen.ledgerAddress,
      valueUba: String(prediction.valueUba),
      feeUba: String(prediction.feeUba),
      poolFeeShareBips: String(shareOf(market, prediction.agentVault)),
      ...fields,
    },
  ]);
  return {
    movements: [
      own('fAsset', -expected.burnedUba, 'burned by the redemption'),
      ...(sentWei === 0n ? [] : [own('native', -sentWei, "executor's fee of the redemption")]),
    ],
    records: Object.fromEntries(records),
    claims: [
      requestClaim(expected, seen.requests),
      addresseeClaim(seen),
      incompleteClaim(market, expected, seen),
      executorClaim(named, seen.requests),
    ],
    reached: [...requestStates(market, expected), ...executorStates('redeem', named, sentWei)],
    notes: Object.fromEntries(seen.requests.map((request) => [redemptionRecord(request.id), windowNotes(request)])),
  };
}

/** Which agents, in which order, for how much: the events must say what the queue walk says. */
function requestClaim(expected: ExpectedRedemption, requests: readonly RedemptionRequest[]): Claim {
  const words = (list: readonly { agentVault: string; valueUba: bigint; feeUba: bigint }[]) =>
    list.map((request) => `${request.agentVault} value ${request.valueUba} fee ${request.feeUba}`).join(', ');
  return { what: 'RedemptionRequested events', expected: words(expected.requests), actual: words(requests) };
}

/** For whom each request is, where it is to be paid, and with which reference. */
function addresseeClaim({ redeemer, ledgerAddress, requests }: ObservedRedemption): Claim {
  const words = (list: readonly Pick<RedemptionRequest, 'redeemer' | 'paymentAddress' | 'paymentReference'>[]) =>
    list.map((one) => `${one.redeemer} at ${one.paymentAddress} by ${one.paymentReference}`).join(', ');
  const due = requests.map(({ id }) => ({
    redeemer: redeemer.toLowerCase(),
    paymentAddress: ledgerAddress,
    paymentReference: `0x${redemptionReference(id)}`,
  }));
  return { what: 'addressees in RedemptionRequested events', expected: words(due), actual: words(requests) };
}

/** The executor that every request names and its part of the fee. */
function executorClaim(named: readonly RecordFields[], requests: readonly RedemptionRequest[]): Claim {
  const words = (list: readonly { executor?: string | undefined; executorFeeWei?: string | bigint | undefined }[]) =>
    list.map(({ executor = 'nobody', executorFeeWei = 0n }) => `${executor} ${executorFeeWei}`).join(', ');
  return {
    what: 'executors in RedemptionRequested events',
    expected: words(named.slice(0, requests.length)),
    actual: words(requests),
  };
}

/** What the queue did not have is told, in lots where lots were asked for (RedemptionRequestsFacet, `_redeem`); else nothing. */
function incompleteClaim({ settings }: Market, expected: ExpectedRedemption, seen: ObservedRedemption): Claim {
  const { remainingUba, stepUba } = expected;
  const event = stepUba === settings.granularityUba ? 'RedemptionAmountIncomplete' : 'RedemptionRequestIncomplete';
  const remaining =
    stepUba === settings.granularityUba ? remainingUba - (remainingUba % stepUba) : remainingUba / stepUba;
  const told = remaining === 0n || expected.burnedUba === 0n ? [] : [incompleteText(event, seen.redeemer, remaining)];
  return { what: 'events of an incomplete redemption', expected: told.join(', '), actual: seen.incomplete.join(', ') };
}

const shareOf = ({ agents }: Market, agentVault: string): bigint | undefined =>
  agents.find(({ vault }) => vault === agentVault)?.redemptionPoolFeeShareBips;

const windowNotes = (request: RedemptionRequest): Notes[string] => ({
  firstBlock: String(request.firstBlock),
  lastBlock: String(request.lastBlock),
  lastTimestampS: String(request.lastTimestampS),
});

/** True when a request can no longer be paid in time, by ledger and by the ledger's time; false for one nobody knows. */
export function isWindowOver({ market, notes }: View, request: RecordId): boolean {
  const { lastBlock, lastTimestampS } = notes[request] ?? {};
  const { ledger, ledgerTimeS } = market.point;
  return ledger > Number(lastBlock) && ledgerTimeS > Number(lastTimestampS);
}

const mostLots = (view: View): bigint => (view.user.balances['fAsset'] ?? 0n) / view.market.settings.lotSizeUba;
