/** What a pool and its tokens tell of a user through all that a user can do there, by the pool's formulas. */
import { poolInterface } from '../clients/flare/interfaces.ts';
import { readBigint } from '../clients/flare/reads.ts';
import { mintingAmounts } from '../model/minting.ts';
import {
  type Holding,
  type PoolTotals,
  type Timelock,
  claimableFeesUba,
  debtFreeTokensWei,
  enterPool,
  exitPool,
  timelockedTokensWei,
  transferableTokensWei,
  virtualShareUba,
} from '../model/pool.ts';
import { maximum } from '../units/amounts.ts';
import { at, minted } from './acts.ts';
import { call } from './calls.ts';
import { OTHER_USER, USER } from './people.ts';
import type { Probe } from './probe.ts';
import type { Prober } from './prober.ts';
import type { Call } from './simulation.ts';
import { type AgentTruth, type ViewFacts, termsOf } from './view-facts.ts';
import { fAssetViews, poolTokenViews, poolViews } from './view-interfaces.ts';
import { type When, answers } from './view-probes.ts';

const LOTS = 2n;
const COIN = 10n ** 18n;
const NOTHING: Holding = { tokensWei: 0n, feeDebtUba: 0n };

/** A pool and two users at one moment. */
interface Moment {
  readonly name: string;
  readonly before: readonly Call[];
  readonly atS: bigint;
  readonly totals: PoolTotals;
  readonly user: Holding;
  readonly otherUser: Holding;
  readonly timelocks: readonly Timelock[];
}

type Change = Partial<Omit<Moment, 'before' | 'name'>>;

const then = (moment: Moment, name: string, calls: readonly Call[], change: Change): Moment => ({
  ...moment,
  ...change,
  name,
  before: [...moment.before, ...calls],
});

export async function poolViewsAfterActs(prober: Prober, truth: ViewFacts, agent: AgentTruth): Promise<Probe[]> {
  const moments = courseOf(truth, agent, await earned(prober, truth, agent));
  return moments.flatMap((moment) => [
    ...totalViews(agent, moment),
    ...accountViews(agent, moment, USER, moment.user, moment.timelocks, 'the user'),
    ...(moment.otherUser === NOTHING
      ? []
      : accountViews(agent, moment, OTHER_USER, moment.otherUser, [], 'the other user')),
  ]);
}

/** Somebody has minted with the agent: the pool has earned fees of both kinds. */
async function earned(prober: Prober, truth: ViewFacts, agent: AgentTruth): Promise<Moment> {
  const { facts } = truth;
  const { feesUba, feeDebtUba } = await prober.read(facts, {
    feesUba: readBigint(agent.pool, poolInterface, 'totalFAssetFees'),
    feeDebtUba: readBigint(agent.pool, poolInterface, 'totalFAssetFeeDebt'),
  });
  const { poolFeeUba, reservationFeePoolWei } = mintingAmounts(LOTS, termsOf(truth, agent));
  const { poolCollateralWei, poolTokenSupplyWei } = agent.reading.held;
  return {
    name: 'before anything',
    before: await minted(prober, facts, agent, LOTS),
    atS: facts.timeS + 60n,
    totals: {
      collateralWei: poolCollateralWei + reservationFeePoolWei,
      tokensWei: poolTokenSupplyWei,
      feesUba: feesUba + poolFeeUba,
      feeDebtUba,
    },
    user: NOTHING,
    otherUser: NOTHING,
    timelocks: [],
  };
}

/** Entries, timelocks, debt paid in two parts, fees withdrawn, tokens handed on, an exit. */
function courseOf({ facts, settings }: ViewFacts, { pool, poolToken }: AgentTruth, start: Moment): Moment[] {
  const { fAsset } = facts.contracts;
  const firstAtS = facts.timeS + 120n;
  const secondAtS = firstAtS + 10n;
  const [firstEndS, secondEndS] = [firstAtS + settings.poolTokenTimelockS, secondAtS + settings.poolTokenTimelockS];
  const first = entered(start, pool, firstAtS, start.totals.collateralWei + 100n * COIN, firstEndS, 'entered');
  const second = entered(first, pool, secondAtS, 7n * COIN + 1n, secondEndS, 'entered twice');
  const locked = then(second, 'a second before the first timelock ends', [], { atS: firstEndS - 1n });
  const halfFree = then(second, 'when the first timelock has ended', [], { atS: firstEndS });
  const free = then(second, 'when both timelocks have ended', [], { atS: secondEndS });
  const debtUba = free.user.feeDebtUba;
  const approved = [at(secondEndS, call(USER, fAsset, 'approve', [pool, debtUba]))];
  const halfPaid = paid(free, pool, approved, debtUba / 3n, 'a third of the debt paid');
  const allPaid = paid(halfPaid, pool, [], halfPaid.user.feeDebtUba, 'all debt paid');
  const claimUba = claimableFeesUba(allPaid.totals, allPaid.user);
  const withdrawn = withdrew(allPaid, pool, claimUba / 2n);
  const freeWei = transferableTokensWei(withdrawn.totals, withdrawn.user, withdrawn.timelocks, withdrawn.atS);
  const handed = handedOn(withdrawn, poolToken, freeWei / 3n);
  const left = exited(handed, pool, handed.user.tokensWei / 5n);
  return debtUba === 0n
    ? [start, first, second, locked, halfFree, free]
    : [start, first, second, locked, halfFree, free, halfPaid, allPaid, withdrawn, handed, left];
}

function entered(moment: Moment, pool: string, atS: bigint, amountWei: bigint, endS: bigint, name: string): Moment {
  const { totals, user, timelocks } = moment;
  const { tokensWei, feeDebtUba } = enterPool(totals, amountWei);
  return then(moment, name, [at(atS, call(USER, pool, 'enter', [], amountWei))], {
    atS,
    totals: {
      collateralWei: totals.collateralWei + amountWei,
      tokensWei: totals.tokensWei + tokensWei,
      feesUba: totals.feesUba,
      feeDebtUba: totals.feeDebtUba + feeDebtUba,
    },
    user: { tokensWei: user.tokensWei + tokensWei, feeDebtUba: user.feeDebtUba + feeDebtUba },
    timelocks: [...timelocks, { tokensWei, endS }],
  });
}

/** Fees that move between the user and the pool: into it when positive. */
const feesMoved = ({ totals, user }: Moment, amountUba: bigint): Change => ({
  totals: { ...totals, feesUba: totals.feesUba + amountUba, feeDebtUba: totals.feeDebtUba - amountUba },
  user: { ...user, feeDebtUba: user.feeDebtUba - amountUba },
});

const paid = (moment: Moment, pool: string, first: readonly Call[], amountUba: bigint, name: string): Moment =>
  then(moment, name, [...first, call(USER, pool, 'payFAssetFeeDebt', [amountUba])], feesMoved(moment, amountUba));

const withdrew = (moment: Moment, pool: string, amountUba: bigint): Moment =>
  then(
    moment,
    'half of the fees withdrawn',
    [call(USER, pool, 'withdrawFees', [amountUba])],
    feesMoved(moment, -amountUba),
  );

/** Debt stays with whoever hands tokens on. */
const handedOn = (moment: Moment, poolToken: string, tokensWei: bigint): Moment =>
  then(moment, 'a third of the free tokens handed on', [call(USER, poolToken, 'transfer', [OTHER_USER, tokensWei])], {
    user: { ...moment.user, tokensWei: moment.user.tokensWei - tokensWei },
    otherUser: { tokensWei, feeDebtUba: 0n },
  });

function exited(moment: Moment, pool: string, tokensWei: bigint): Moment {
  const { totals, user } = moment;
  const { collateralWei, feeShareUba } = exitPool(totals, tokensWei);
  return then(moment, 'a fifth left', [call(USER, pool, 'exit', [tokensWei])], {
    totals: {
      collateralWei: totals.collateralWei - collateralWei,
      tokensWei: totals.tokensWei - tokensWei,
      feesUba: totals.feesUba,
      feeDebtUba: totals.feeDebtUba - feeShareUba,
    },
    user: { tokensWei: user.tokensWei - tokensWei, feeDebtUba: user.feeDebtUba - feeShareUba },
  });
}

const whenOf = ({ before, atS }: Moment): When => ({ before, atS });

function totalViews({ pool, poolToken }: AgentTruth, moment: Moment): Probe[] {
  const { totals, name } = moment;
  const ofPool = (view: string, value: bigint): Probe =>
    answers({ to: pool, contract: poolViews, view, about: `of all, ${name}` }, [value], whenOf(moment));
  return [
    ofPool('totalCollateral', totals.collateralWei),
    ofPool('totalFAssetFees', totals.feesUba),
    ofPool('totalFAssetFeeDebt', totals.feeDebtUba),
    answers(
      { to: poolToken, contract: poolTokenViews, view: 'totalSupply', about: `of all, ${name}` },
      [totals.tokensWei],
      whenOf(moment),
    ),
  ];
}

/** Each by its formula (protocol facts 4.1). */
function accountViews(
  { pool, poolToken }: AgentTruth,
  moment: Moment,
  account: string,
  holding: Holding,
  timelocks: readonly Timelock[],
  who: string,
): Probe[] {
  const { totals, atS, name } = moment;
  const debtFreeWei = debtFreeTokensWei(totals, holding);
  const debtLockedWei = maximum(holding.tokensWei - debtFreeWei, 0n);
  const timelockedWei = timelockedTokensWei(holding, timelocks, atS);
  const about = `of ${who}, ${name}`;
  const ofPool = (view: string, value: bigint): Probe =>
    answers({ to: pool, contract: poolViews, view, args: [account], about }, [value], whenOf(moment));
  const ofToken = (view: string, value: bigint): Probe =>
    answers({ to: poolToken, contract: poolTokenViews, view, args: [account], about }, [value], whenOf(moment));
  return [
    ofPool('virtualFAssetOf', virtualShareUba(totals, holding.tokensWei)),
    ofPool('fAssetFeesOf', claimableFeesUba(totals, holding)),
    ofPool('fAssetFeeDebtOf', holding.feeDebtUba),
    ofPool('debtFreeTokensOf', debtFreeWei),
    ofPool('debtLockedTokensOf', debtLockedWei),
    ofToken('balanceOf', holding.tokensWei),
    ofToken('debtFreeBalanceOf', debtFreeWei),
    ofToken('debtLockedBalanceOf', debtLockedWei),
    ofToken('timelockedBalanceOf', timelockedWei),
    ofToken('nonTimelockedBalanceOf', holding.tokensWei - timelockedWei),
    ofToken('transferableBalanceOf', transferableTokensWei(totals, holding, timelocks, atS)),
    ofToken('lockedBalanceOf', maximum(debtLockedWei, timelockedWei)),
  ];
}

/** FAssets by what was minted, handed on and allowed. */
export async function fAssetViewsAfterActs(
  prober: Prober,
  { facts, settings, prices }: ViewFacts,
  agent: AgentTruth,
): Promise<Probe[]> {
  const { fAsset } = facts.contracts;
  const { supplyUba } = await prober.read(facts, { supplyUba: readBigint(fAsset, fAssetViews, 'totalSupply') });
  const held = await minted(prober, facts, agent, LOTS);
  const { valueUba, poolFeeUba } = mintingAmounts(LOTS, termsOf({ settings, prices }, agent));
  const before = [
    ...held,
    call(USER, fAsset, 'transfer', [OTHER_USER, 7n]),
    call(USER, fAsset, 'approve', [OTHER_USER, 12n]),
  ];
  const told = (view: string, args: readonly unknown[], value: bigint, about: string): Probe =>
    answers({ to: fAsset, contract: fAssetViews, view, args, about }, [value], { before });
  return [
    told('totalSupply', [], supplyUba + valueUba + poolFeeUba, 'of all after a minting'),
    told('balanceOf', [USER], valueUba - 7n, 'of whoever minted and handed on'),
    told('balanceOf', [OTHER_USER], 7n, 'of whoever got some'),
    told('allowance', [USER, OTHER_USER], 12n, 'of whoever may spend some'),
    told('allowance', [OTHER_USER, USER], 0n, 'of whoever may spend none'),
  ];
}
