/** Reservations and requests as the protocol tells them, field by field, in every status that they can have. */
import { type Interface, toBeHex } from 'ethers';
import { type UnderlyingClock, mintingAmounts, paymentWindow } from '../model/minting.ts';
import { MINTING_STATUSES, type MintingStatus, REDEMPTION_STATUSES, type RedemptionStatus } from '../model/records.ts';
import { minimum, mulBips, mulDiv, mulDivUp } from '../units/amounts.ts';
import { GWEI, MUCH_WEI, act, at, minted } from './acts.ts';
import { call } from './calls.ts';
import type { Facts } from './facts.ts';
import { EXECUTOR, LEDGER_ADDRESS, NOBODY, USER } from './people.ts';
import type { Probe } from './probe.ts';
import type { Prober } from './prober.ts';
import {
  type HonestPayment,
  type MissingPayment,
  addressProof,
  blockHeightProof,
  nonPaymentProof,
  paymentProof,
} from './proofs.ts';
import type { Call } from './simulation.ts';
import { type AgentTruth, type ViewFacts, termsOf } from './view-facts.ts';
import { managerViews, poolTokenViews, poolViews } from './view-interfaces.ts';
import { answers, refuses } from './view-probes.ts';

/** First 8 bytes of payment references; the record's id is at the end (protocol facts 2.2 and 3.1). */
const MINTING_REFERENCE = '0x4642505266410001';
const REDEMPTION_REFERENCE = '0x4642505266410002';

const LOTS = 2n;
const TAG = 7n;
const ENTRY_WEI = 10n ** 26n;
/** More than any pool has. */
const MUCH_RATIO_BIPS = 10n ** 9n;
const EXECUTOR_FEE_WEI = 10n ** 15n + 1n;
/** Ids that nobody has. */
const NO_ID = 2n ** 62n;

export const referenceOf = (prefix: string, id: bigint): string => `${prefix}${toBeHex(id, 24).slice(2)}`;
const inWholeGwei = (amountWei: bigint): bigint => amountWei - (amountWei % GWEI);

export async function recordViews(prober: Prober, truth: ViewFacts, agent: AgentTruth): Promise<Probe[]> {
  const to = truth.facts.contracts.assetManager;
  const none = (view: string, id: bigint, error: string): Probe =>
    refuses(
      { to, contract: managerViews, view, args: [id], about: `of no record, ${id === 0n ? 'zero' : 'far ahead'}` },
      error,
    );
  return [
    ...(await reservations(prober, truth, agent, EXECUTOR, 'with an executor')),
    ...(await reservations(prober, truth, agent, NOBODY, 'without an executor')),
    ...(await requests(prober, truth, agent)),
    ...(await selfCloses(prober, truth, agent)),
    ...[0n, NO_ID].flatMap((id) => [
      none('collateralReservationInfo', id, 'InvalidCrtId'),
      none('redemptionRequestInfo', id, 'InvalidRequestId'),
      none('redemptionRequestInfoExt', id, 'InvalidRequestId'),
    ]),
  ];
}

/** In its blocks and seconds. */
const windowFields = ({ settings }: ViewFacts, clock: UnderlyingClock, atS: bigint) => {
  const window = paymentWindow(clock, atS, settings.window);
  return {
    firstUnderlyingBlock: window.firstBlock,
    lastUnderlyingBlock: window.lastBlock,
    lastUnderlyingTimestamp: window.lastTimestampS,
  };
};

async function reservations(
  prober: Prober,
  truth: ViewFacts,
  agent: AgentTruth,
  executor: string,
  about: string,
): Promise<Probe[]> {
  const { facts } = truth;
  const atS = facts.timeS + 60n;
  const terms = termsOf(truth, agent);
  const amounts = mintingAmounts(LOTS, terms);
  const before = [at(atS, act(facts, USER, 'reserveCollateral', [agent.vault, LOTS, 10_000n, executor], MUCH_WEI))];
  const event = await prober.event(facts, 'a reservation', before, 'CollateralReserved');
  const id: bigint = event['collateralReservationId'];
  const window = windowFields(truth, facts.clock, atS);
  const { underlyingAddress } = agent;
  const reference = referenceOf(MINTING_REFERENCE, id);
  const info = {
    collateralReservationId: id,
    agentVault: agent.vault,
    minter: USER,
    paymentAddress: underlyingAddress,
    paymentReference: reference,
    valueUBA: amounts.valueUba,
    mintingFeeUBA: amounts.feeUba,
    reservationFeeNatWei: amounts.reservationFeeWei,
    poolFeeShareBIPS: terms.poolFeeShareBips,
    ...window,
    executor,
    executorFeeNatWei: executor === NOBODY ? 0n : inWholeGwei(MUCH_WEI - amounts.reservationFeeWei),
  };
  const shown = (status: MintingStatus, what: string, then: readonly Call[] = [], changed = {}): Probe =>
    answers(
      {
        to: facts.contracts.assetManager,
        contract: managerViews,
        view: 'collateralReservationInfo',
        args: [id],
        about: `${about}, ${what}`,
      },
      [{ ...info, ...changed, status: BigInt(MINTING_STATUSES.indexOf(status)) }],
      { before: [...before, ...then] },
    );
  const payment: HonestPayment = {
    from: 'rProbeMinter',
    to: underlyingAddress,
    amountUba: amounts.paymentUba,
    reference,
    block: window.firstUnderlyingBlock,
    timeS: facts.clock.timestampS,
  };
  const missing = missingOf(payment, window);
  const { owner } = agent;
  const execute = (from: string): Call => act(facts, from, 'executeMinting', [paymentProof(facts, payment), id]);
  const [defaulted, unstuck] = [
    act(facts, owner, 'mintingPaymentDefault', [nonPaymentProof(facts, missing), id]),
    act(facts, owner, 'unstickMinting', [overProof(facts, missing), id], 10n ** 27n),
  ];
  // Paid to the executor, or burned.
  const gone = { executorFeeNatWei: 0n };
  return [
    shown('ACTIVE', 'when it was made'),
    shown('SUCCESSFUL', 'executed by the minter', [execute(USER)], gone),
    ...(executor === NOBODY ? [] : [shown('SUCCESSFUL', 'executed by the executor', [execute(executor)], gone)]),
    shown('DEFAULTED', 'not paid', [defaulted]),
    shown('EXPIRED', 'unstuck', [unstuck]),
  ];
}

const missingOf = (payment: HonestPayment, window: ReturnType<typeof windowFields>): MissingPayment => ({
  to: payment.to,
  amountUba: payment.amountUba,
  reference: payment.reference,
  firstBlock: window.firstUnderlyingBlock,
  lastBlock: window.lastUnderlyingBlock,
  lastTimestampS: window.lastUnderlyingTimestamp,
});

/** Nothing of that window can be proven any more. */
const overProof = (facts: Facts, { lastBlock, lastTimestampS }: MissingPayment) =>
  blockHeightProof(facts, {
    response: {
      lowestQueryWindowBlockNumber: lastBlock + 1n,
      lowestQueryWindowBlockTimestamp: lastTimestampS + 1n,
      blockTimestamp: lastTimestampS + 1n + BigInt(facts.settings['attestationWindowSeconds']),
    },
  });

interface Asked {
  readonly about: string;
  readonly before: readonly Call[];
  readonly event: string;
  readonly agent: AgentTruth;
  /** Before it. */
  readonly clock: UnderlyingClock;
  readonly atS: bigint;
  readonly valueUba: bigint;
  readonly executor?: string;
  readonly executorFeeWei?: bigint;
  readonly isSelfClose?: boolean;
  readonly tag?: bigint;
}

async function requests(prober: Prober, truth: ViewFacts, minter: AgentTruth): Promise<Probe[]> {
  const { facts, settings } = truth;
  const holding = await minted(prober, facts, minter, LOTS);
  // First minted, first redeemed.
  const head = truth.queue[0]?.agentVault ?? minter.vault;
  const agent = truth.agents.find(({ vault }) => vault === head) ?? minter;
  // So late that no earlier request lengthens the agent's time.
  const atS = facts.timeS + 86_400n;
  const valueUba = settings.lotSizeUba;
  const redeem = (executor: string, feeWei: bigint): readonly Call[] => [
    ...holding,
    at(atS, act(facts, USER, 'redeem', [1n, LEDGER_ADDRESS, executor], feeWei)),
  ];
  // Some releases move the clock with each minting.
  const clock = await clockAfter(prober, facts, holding);
  const asked = { event: 'RedemptionRequested', agent, clock, atS, valueUba };
  const plain = { ...asked, about: 'of a redemption', before: redeem(NOBODY, 0n) };
  const executed = {
    ...asked,
    about: 'of a redemption with an executor',
    before: redeem(EXECUTOR, EXECUTOR_FEE_WEI),
    executor: EXECUTOR,
    executorFeeWei: EXECUTOR_FEE_WEI,
  };
  const tagging = act(facts, USER, 'redeemWithTag', [valueUba, LEDGER_ADDRESS, NOBODY, TAG]);
  const tagged = {
    ...asked,
    about: 'of a redemption with a tag',
    before: [...holding, at(atS, tagging)],
    event: 'RedemptionWithTagRequested',
    tag: TAG,
  };
  return [
    ...(await requestViews(prober, truth, plain)),
    ...(await requestViews(prober, truth, executed)),
    ...(facts.selectors.has(tagging.data.slice(0, 10)) ? await requestViews(prober, truth, tagged) : []),
  ];
}

/** A request with an odd id: whoever leaves a pool gives FAssets up, and their agent pays for them. */
async function selfCloses(prober: Prober, truth: ViewFacts, agent: AgentTruth): Promise<Probe[]> {
  const { facts, settings } = truth;
  const { contracts } = facts;
  const { pool, poolToken } = agent;
  const enteredAtS = facts.timeS + 60n;
  const atS = enteredAtS + 86_400n;
  const controller = String(facts.settings['assetManagerController']);
  const ratios = [1n, contracts.wNat, MUCH_RATIO_BIPS, MUCH_RATIO_BIPS];
  const entered = [
    ...(await minted(prober, facts, agent, LOTS)),
    at(enteredAtS, call(USER, pool, 'enter', [], ENTRY_WEI)),
    // With so much less than it must have, a pool lets nobody out without FAssets.
    call(controller, contracts.assetManager, 'setCollateralRatiosForToken', ratios),
    call(USER, contracts.fAsset, 'approve', [pool, LOTS * settings.lotSizeUba]),
  ];
  const after = async (to: string, contract: Interface, view: string, args: readonly unknown[] = []) =>
    BigInt((await prober.viewAfter(facts, entered, to, contract, view, args))[0]);
  const [poolWei, supplyWei, backedUba, heldWei] = [
    await after(pool, poolViews, 'totalCollateral'),
    await after(poolToken, poolTokenViews, 'totalSupply'),
    await after(contracts.assetManager, managerViews, 'getFAssetsBackedByPool', [agent.vault]),
    await after(poolToken, poolTokenViews, 'balanceOf', [USER]),
  ];
  // Between one lot and what the user has.
  const aimUba = settings.lotSizeUba + settings.lotSizeUba / 3n;
  const tokensWei = minimum(mulDiv(supplyWei, aimUba, backedUba), heldWei);
  // ⌈backed · coin / pool⌉ in whole AMG, where the pool is below its ratio (protocol facts 4.5).
  const exactUba = mulDivUp(backedUba, mulDiv(poolWei, tokensWei, supplyWei), poolWei);
  const valueUba = mulDivUp(exactUba, 1n, settings.granularityUba) * settings.granularityUba;
  const question = { to: pool, contract: poolViews, view: 'fAssetRequiredForSelfCloseExit', args: [tokensWei] };
  const quoted = answers({ ...question, about: 'of a pool below its ratio' }, [valueUba], { before: entered });
  if (valueUba < settings.lotSizeUba || valueUba > LOTS * settings.lotSizeUba) return [quoted];
  const clock = await clockAfter(prober, facts, entered);
  const exit = call(USER, pool, 'selfCloseExitTo', [tokensWei, false, USER, LEDGER_ADDRESS, NOBODY]);
  const asked = { event: 'RedemptionRequested', agent, clock, atS, valueUba, isSelfClose: true };
  const about = 'of a self-close (odd id)';
  return [quoted, ...(await requestViews(prober, truth, { ...asked, about, before: [...entered, at(atS, exit)] }))];
}

async function clockAfter(prober: Prober, facts: Facts, before: readonly Call[]): Promise<UnderlyingClock> {
  const { assetManager } = facts.contracts;
  const [block, timestampS, updatedAtS] = await prober.viewAfter(
    facts,
    before,
    assetManager,
    managerViews,
    'currentUnderlyingBlock',
  );
  return { block, timestampS, updatedAtS };
}

async function requestViews(prober: Prober, truth: ViewFacts, asked: Asked): Promise<Probe[]> {
  const { facts, settings } = truth;
  const { about, before, agent, atS, valueUba, executor = NOBODY, executorFeeWei = 0n, tag } = asked;
  const event = await prober.event(facts, `a request ${about}`, before, asked.event);
  const id: bigint = event['requestId'];
  const feeUba = mulBips(valueUba, settings.redemptionFeeBips);
  const window = windowFields(truth, asked.clock, atS);
  const reference = referenceOf(REDEMPTION_REFERENCE, id);
  const info = {
    redemptionRequestId: id,
    agentVault: agent.vault,
    redeemer: USER,
    paymentAddress: LEDGER_ADDRESS,
    paymentReference: reference,
    valueUBA: valueUba,
    feeUBA: feeUba,
    poolFeeShareBIPS: agent.settings['redemptionPoolFeeShareBIPS'],
    ...window,
    timestamp: atS,
    poolSelfClose: asked.isSelfClose ?? false,
    transferToCoreVault: false,
    executor,
    executorFeeNatWei: inWholeGwei(executorFeeWei),
    requiresDestinationTag: tag !== undefined,
    destinationTag: tag ?? 0n,
  };
  const shown = (status: RedemptionStatus, what: string, then: readonly Call[] = [], changed = {}): Probe[] =>
    ['redemptionRequestInfo', 'redemptionRequestInfoExt'].map((view) =>
      answers(
        {
          to: facts.contracts.assetManager,
          contract: managerViews,
          view,
          args: [id],
          about: `${about}, ${what}`,
        },
        [{ ...info, ...changed, status: BigInt(REDEMPTION_STATUSES.indexOf(status)) }],
        { before: [...before, ...then] },
      ),
    );
  if (tag !== undefined) return shown('ACTIVE', 'when it was made');
  const payment: HonestPayment = {
    from: agent.underlyingAddress,
    to: LEDGER_ADDRESS,
    amountUba: valueUba - feeUba,
    reference,
    block: window.firstUnderlyingBlock,
    timeS: asked.clock.timestampS,
  };
  const missing = missingOf(payment, window);
  const confirm = (response: Record<string, unknown> = {}): Call =>
    act(facts, agent.owner, 'confirmRedemptionPayment', [paymentProof(facts, payment, { response }), id]);
  const defaulted = act(facts, USER, 'redemptionPaymentDefault', [nonPaymentProof(facts, missing), id]);
  const invalid = { isValid: false, standardAddress: '', standardAddressHash: `0x${'0'.repeat(64)}` };
  const rejected = act(facts, agent.owner, 'rejectInvalidRedemption', [
    addressProof(facts, LEDGER_ADDRESS, { response: invalid }),
    id,
  ]);
  // The fee is paid out or burned with whatever ends the request.
  const gone = { executorFeeNatWei: 0n };
  return [
    ...shown('ACTIVE', 'when it was made'),
    ...shown('SUCCESSFUL', 'paid', [confirm()], gone),
    ...shown('BLOCKED', 'blocked', [confirm({ status: 2n })], gone),
    ...shown('DEFAULTED_UNCONFIRMED', 'not paid', [defaulted], gone),
    ...shown('DEFAULTED_FAILED', 'failed', [confirm({ status: 1n })], gone),
    ...shown('DEFAULTED_FAILED', 'not paid, and confirmed later', [defaulted, confirm()], gone),
    ...shown('REJECTED', 'rejected', [rejected], gone),
  ];
}
