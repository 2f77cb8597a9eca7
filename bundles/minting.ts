/**
 * What the minting bundles share: how much a user can mint with an agent, the three acts, and what must come of them.
 */
import type { Actors } from '../support/actors/actors.ts';
import type { ExecutedMinting, Minter, Reservation } from '../support/actors/minter.ts';
import { mintingReference } from '../support/model/background.ts';
import { mintingExecutorFeeWei } from '../support/model/executor-fee.ts';
import { type AgentView, type Market, mintableAgents } from '../support/model/market.ts';
import { type MintingAmounts, mintingAmounts, paymentWindow } from '../support/model/minting.ts';
import type { RecordFields, RecordId } from '../support/model/state.ts';
import { type Expectation, NOTHING_EXPECTED, joinExpectations } from '../support/model/statement.ts';
import { type Choices, type Params, type View, choose, chooseAmount } from '../support/sequence/bundle.ts';
import { BIPS_ONE, maximum, minimum } from '../support/units/amounts.ts';
import { EXECUTOR_PARAMS, type ExecutorTerms, executorTerms, ownFee } from './executors.ts';
import { claim, own, partyClaim } from './movements.ts';
import { mintingRecord } from '../support/model/records.ts';
import { executorEndStates, executorStates, reservationStates } from '../support/model/states.ts';

export interface MintPlan extends ExecutorTerms, Readonly<Record<string, string>> {
  readonly agentVault: string;
  readonly lots: string;
  readonly feeBips: string;
  readonly paymentUba: string;
  readonly reservationFeeWei: string;
}

export interface PaidReservation {
  readonly minter: string;
  readonly reservation: Reservation;
  readonly paymentHash: string;
}

export interface ObservedMinting extends PaidReservation {
  /** Undefined when the executor was quicker. */
  readonly executed: ExecutedMinting | undefined;
}

/** Left on the ledger account for fees, besides what the ledger's reserve is at the time. */
export const KEEP_UBA = 1_000_000n;
/** Left on the native account for gas, 1 coin. */
export const KEEP_WEI = 10n ** 18n;

/** Agents this user could mint at least one lot with. */
export function affordableAgents(view: View): AgentView[] {
  return mintableAgents(view.market).filter((agent) => mostLots(view, agent) > 0n);
}

export const whyNoMinting = 'no available agent has a free lot that the user can pay for';

/** Common to all bundles that reserve a random number of lots with a random available agent. */
export const withRandomAgent = {
  choices: ['agent', 'lots', 'executor'],
  params: EXECUTOR_PARAMS,
  arrange: [],
  mints: true,
  enabled: (view: View) => affordableAgents(view).length > 0 || whyNoMinting,
  resolve: (view: View, [agent = 0, lots = 0, executor = 0]: Choices, params: Params = {}): MintPlan => ({
    ...mintPlan(view, agentFor(view, agent, params), lots),
    ...executorTerms(view, executor, params),
  }),
};

/** The agent that the parameter names, where it has a lot, or the drawn one. */
function agentFor(view: View, choice: number, { agent: named }: Params): AgentView {
  const agents = affordableAgents(view);
  return agents.find(({ vault }) => vault === named?.toLowerCase()) ?? choose(agents, choice);
}

/** One lot, or as many as the agent has free and the user can pay. */
export function mintPlan(view: View, agent: AgentView, lotsChoice: number): MintPlan {
  return planOf(view.market, agent, chooseAmount(1n, mostLots(view, agent), lotsChoice));
}

/** The plan on a later market: others may have taken some of the agent's free lots, or all of them (then undefined). */
export function replanned(plan: MintPlan, market: Market): MintPlan | undefined {
  const agent = market.agents.find(({ vault }) => vault === plan.agentVault);
  const lots = minimum(BigInt(plan.lots), agent?.freeLots ?? 0n);
  return agent === undefined || lots === 0n ? undefined : { ...plan, ...planOf(market, agent, lots) };
}

function planOf(market: Market, agent: AgentView, lots: bigint): MintPlan {
  const amounts = amountsOf(market, agent, lots);
  return {
    agentVault: agent.vault,
    lots: String(lots),
    feeBips: String(agent.feeBips),
    paymentUba: String(amounts.paymentUba),
    reservationFeeWei: String(amounts.reservationFeeWei),
  };
}

/** With a twentieth on top, which must be returned; with an executor just the two fees, since nothing is returned then. */
function sentFeeWei({ reservationFeeWei, executor, executorFeeWei = '0' }: MintPlan): bigint {
  const feeWei = BigInt(reservationFeeWei);
  return executor === undefined ? feeWei + feeWei / 20n : feeWei + BigInt(executorFeeWei);
}

/** What stays with the protocol of what was sent. */
function paidWei(plan: MintPlan, reservationFeeWei: bigint): bigint {
  return plan.executor === undefined ? reservationFeeWei : sentFeeWei(plan);
}

/** Fields of a reservation that names an executor: what is beyond the reservation fee is theirs, in whole gwei. */
function executorFields(plan: MintPlan, reservationFeeWei: bigint): RecordFields {
  const { executor } = plan;
  if (executor === undefined) return {};
  return { executor, executorFeeWei: String(mintingExecutorFeeWei(sentFeeWei(plan), reservationFeeWei)) };
}

/** Others may have taken the agent's lots, its fee or a new price may ask for more than was offered (protocol facts 2.1). */
export function refusedReservation({ market }: View, plan: MintPlan): string | undefined {
  const { agent, amounts } = termsOf(market, plan);
  if (BigInt(plan.lots) > agent.freeLots) return 'NotEnoughFreeCollateral';
  if (agent.feeBips > BigInt(plan.feeBips)) return 'AgentsFeeTooHigh';
  return amounts.reservationFeeWei > sentFeeWei(plan) ? 'InappropriateFeeAmount' : undefined;
}

export async function reserve(plan: MintPlan, minter: Minter): Promise<Reservation> {
  return minter.reserve(plan.agentVault, BigInt(plan.lots), BigInt(plan.feeBips), sentFeeWei(plan), plan.executor);
}

/** Reserves and pays. */
export async function reserveAndPay(plan: MintPlan, { minter }: Actors): Promise<PaidReservation> {
  const reservation = await reserve(plan, minter);
  const payment = await minter.pay(reservation, BigInt(plan.paymentUba));
  return { minter: minter.address, reservation, paymentHash: payment.hash };
}

/** Reserves, pays, proves, executes. */
export async function mint(plan: MintPlan, actors: Actors): Promise<ObservedMinting> {
  const paid = await reserveAndPay(plan, actors);
  return { ...paid, executed: await executePaid(plan, paid, actors.minter) };
}

/** Where an executor is named, they may be quicker. */
export async function executePaid(
  { executor }: ExecutorTerms,
  { reservation, paymentHash }: PaidReservation,
  minter: Minter,
): Promise<ExecutedMinting | undefined> {
  return executor === undefined
    ? minter.execute(reservation.id, paymentHash)
    : minter.executeIfOpen(reservation.id, paymentHash);
}

/** What a paid reservation must look like, from the market as it stood just before it. */
export function expectedReservation(market: Market, plan: MintPlan, seen: PaidReservation): Expectation {
  const { amounts } = termsOf(market, plan);
  const record = mintingRecord(seen.reservation.id);
  return joinExpectations(expectedUnpaidReservation(market, plan, seen), {
    movements: [own('xrp', -amounts.paymentUba, `payment of ${record}: value and minting fee`)],
    records: {},
    claims: [],
    notes: { [record]: { paymentHash: seen.paymentHash, poolFeeUba: String(amounts.poolFeeUba) } },
  });
}

/** The same before anything is paid. */
export function expectedUnpaidReservation(
  market: Market,
  plan: MintPlan,
  { minter, reservation }: Pick<PaidReservation, 'minter' | 'reservation'>,
): Expectation {
  const { agent, amounts } = termsOf(market, plan);
  const record = mintingRecord(reservation.id);
  const window = paymentWindow(market.underlying, reservation.atS, market.settings.window);
  const named = executorFields(plan, amounts.reservationFeeWei);
  const what = plan.executor === undefined ? 'reservation fee' : "reservation fee and executor's fee";
  return {
    movements: [own('native', -paidWei(plan, amounts.reservationFeeWei), `${what} of ${record}`)],
    records: {
      [record]: {
        status: 'ACTIVE',
        agentVault: agent.vault,
        minter: minter.toLowerCase(),
        valueUba: String(amounts.valueUba),
        feeUba: String(amounts.feeUba),
        reservationFeeWei: String(amounts.reservationFeeWei),
        poolFeeShareBips: String(agent.poolFeeShareBips),
        ...named,
        firstBlock: String(window.firstBlock),
        lastBlock: String(window.lastBlock),
        lastTimestampS: String(window.lastTimestampS),
      },
    },
    reached: [
      ...reservationStates(agent, BigInt(plan.lots), BigInt(plan.feeBips)),
      ...executorStates('reserve', [named], paidWei(plan, amounts.reservationFeeWei) - amounts.reservationFeeWei),
    ],
    claims: [
      partyClaim('CollateralReserved minter', minter.toLowerCase(), reservation.minter),
      claim(
        'CollateralReserved paymentReference',
        `0x${mintingReference(reservation.id)}`,
        reservation.paymentReference,
      ),
      claim('CollateralReserved valueUBA', amounts.valueUba, reservation.valueUba),
      claim('CollateralReserved feeUBA', amounts.feeUba, reservation.feeUba),
      claim('CollateralReserved paymentAddress', agent.underlyingAddress, reservation.paymentAddress),
      claim('CollateralReserved executor', named['executor'] ?? 'nobody', reservation.executor ?? 'nobody'),
      claim('CollateralReserved executorFeeNatWei', named['executorFeeWei'] ?? '0', reservation.executorFeeWei),
    ],
  };
}

/**
 * What must come of the minter's executing a paid reservation with these fields; nothing of the minter's own doing when somebody
 * else has executed it.
 */
export function expectedExecution(
  record: RecordId,
  fields: RecordFields,
  poolFeeUba: bigint,
  executed: ExecutedMinting | undefined,
): Expectation {
  if (executed === undefined) return NOTHING_EXPECTED;
  const [valueUba, feeUba] = [BigInt(fields['valueUba'] ?? 0), BigInt(fields['feeUba'] ?? 0)];
  const isNamed = fields['executor'] !== undefined;
  return {
    movements: [own('fAsset', valueUba, `${record} executed`), ...ownFee(record, fields, fields['minter'])],
    records: { [record]: { status: 'SUCCESSFUL', ...(isNamed && { executorFeeWei: '0' }) } },
    reached: executorEndStates('execute', fields, fields['minter']),
    claims: [
      partyClaim('MintingExecuted agentVault', fields['agentVault'] ?? '', executed.agentVault),
      claim('MintingExecuted mintedAmountUBA', valueUba, executed.mintedUba),
      claim('MintingExecuted poolFeeUBA', poolFeeUba, executed.poolFeeUba),
      claim('MintingExecuted agentFeeUBA', feeUba - poolFeeUba, executed.agentFeeUba),
    ],
  };
}

export const expectedMinting = (view: View, plan: MintPlan, seen: ObservedMinting): Expectation =>
  expectedMintingFrom(view.market, plan, seen);

/** A whole minting, from the market as it stood just before the reservation. */
export function expectedMintingFrom(market: Market, plan: MintPlan, seen: ObservedMinting): Expectation {
  const record = mintingRecord(seen.reservation.id);
  const reserved = expectedReservation(market, plan, seen);
  const { poolFeeUba } = termsOf(market, plan).amounts;
  return joinExpectations(
    reserved,
    expectedExecution(record, reserved.records[record] ?? {}, poolFeeUba, seen.executed),
  );
}

function termsOf(market: Market, plan: MintPlan): { agent: AgentView; amounts: MintingAmounts } {
  const agent = market.agents.find((candidate) => candidate.vault === plan.agentVault);
  if (agent === undefined) throw new Error(`agent ${plan.agentVault} is not in the market that was read`);
  return { agent, amounts: amountsOf(market, agent, BigInt(plan.lots)) };
}

function amountsOf(market: Market, agent: AgentView, lots: bigint): MintingAmounts {
  return mintingAmounts(lots, {
    ...market.settings,
    nativePrice: market.nativePrice,
    agentFeeBips: agent.feeBips,
    poolFeeShareBips: agent.poolFeeShareBips,
  });
}

/** For the gas of this and later acts, however dear it is at the time. */
const keptWei = ({ market }: View): bigint => maximum(KEEP_WEI, 2n * market.gasReserveWei);

function mostLots(view: View, agent: AgentView): bigint {
  const { lotSizeUba } = view.market.settings;
  const spendableUba = (view.user.balances['xrp'] ?? 0n) - view.market.ledgerReserveDrops - KEEP_UBA;
  const spendableWei = (view.user.balances['native'] ?? 0n) - keptWei(view);
  if (spendableUba <= 0n || spendableWei <= 0n) return 0n;
  const byUnderlying = (spendableUba * BIPS_ONE) / (lotSizeUba * (BIPS_ONE + agent.feeBips));
  const feePerLotWei = amountsOf(view.market, agent, 1n).reservationFeeWei + 1n;
  return minimum(agent.freeLots, byUnderlying, (spendableWei * 20n) / (feePerLotWei * 21n));
}
