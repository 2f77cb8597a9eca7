/**
 * How much money each user of a run on a live network gets: what the chosen bundles want, or an equal part of it when the
 * funder has less, down to a minimum. Pure; nobody is paid here.
 *
 * Estimates are high on purpose: what is not spent comes back.
 */
import type { Allowance } from './transfer.ts';
import { DEFAULT_GAS_LIMIT } from '../clients/flare/account.ts';
import type { Reserves } from '../sequence/suite.ts';
import { BIPS_ONE, maximum, minimum, mulDiv, mulDivUp } from '../units/amounts.ts';
import { decimalText } from '../units/format.ts';
import { tableText } from '../report/table.ts';
import { isPartner } from '../keys/names.ts';

/** Prices on the network, read just before. */
export interface Prices {
  readonly lotSizeUba: bigint;
  /** Highest minting fee of an agent that can be minted with. */
  readonly agentFeeBips: bigint;
  readonly reservationFeePerLotWei: bigint;
  readonly attestationFeeWei: bigint;
  readonly maxFeePerGasWei: bigint;
  readonly ledgerFeeDrops: bigint;
  readonly baseReserveDrops: bigint;
}

/** What one user will do, as far as settings tell. */
export interface Work {
  readonly user: string;
  /** Steps of any bundle. */
  readonly steps: number;
  /** How many of them mint. */
  readonly mintings: number;
  readonly entersPools: boolean;
}

/** An actor's money of the two kinds that are funded. */
export type Purse = Allowance;

export interface Planned {
  readonly user: string;
  readonly wanted: Purse;
  readonly least: Purse;
  readonly has: Purse;
  /** What the funder sends, so that the user has what was planned. */
  readonly gets: Purse;
}

export interface FundingPlan {
  readonly users: readonly Planned[];
  /** What the funder has, and what of it stays for gas, fees and the ledger's reserve. */
  readonly funder: { readonly has: Purse; readonly keeps: Purse };
  /** What is missing for everything wanted, and for the minimum; zero where there is enough. */
  readonly short: { readonly ofWanted: Purse; readonly ofLeast: Purse };
}

/** The funder cannot give every user the minimum; the message shows the sums. */
export class FundingRefused extends Error {
  override name = 'FundingRefused';
}

/** Reserve, attest, execute; most other steps take one. */
const TRANSACTIONS_PER_STEP = 3n;
/** Measured on the devnet: 0.5 million to reserve, 0.6 to execute, up to 1.3 to redeem, 0.04 to attest. */
const GAS_PER_TRANSACTION = 600_000n;
/**
 * What is minted comes back by redeeming, so a user's lots do not add up over the steps; but several stories redeem a part of
 * them for nothing or for collateral.
 */
const WANTED_LOTS = 50n;
const LEAST_LOTS = 1n;
/** Lots of a minting, on average, of those that the user could pay. */
const LOTS_PER_MINTING = 5n;
/** Stories transfer what was entered, so the next ones need more. */
const WANTED_ENTRIES = 500n;
/** With less than this a user could not even try each bundle once. */
const LEAST_STEPS = 10n;
const PARTNER_STEPS = 5n;
const FUNDER_TRANSACTIONS_PER_ACTOR = 2n;
const NOTHING: Purse = { nativeWei: 0n, drops: 0n };

/** The plan for these users and the partners among them. */
export function planFunding(
  reserves: Reserves,
  works: readonly Work[],
  prices: Prices,
  purses: ReadonlyMap<string, Purse>,
  funderHas: Purse,
): FundingPlan {
  const needs = works.map((work) => ({
    user: work.user,
    ...needOf(reserves, work, prices),
    has: purses.get(work.user) ?? NOTHING,
  }));
  const keeps = funderKeeps(works.length, prices);
  const native = share(needs.map(missing('nativeWei')), funderHas.nativeWei - keeps.nativeWei);
  const ledger = share(needs.map(missing('drops')), funderHas.drops - keeps.drops);
  return {
    users: needs.map((need, index) => ({
      ...need,
      gets: { nativeWei: native.gets[index] ?? 0n, drops: ledger.gets[index] ?? 0n },
    })),
    funder: { has: funderHas, keeps },
    short: {
      ofWanted: { nativeWei: native.shortOfWanted, drops: ledger.shortOfWanted },
      ofLeast: { nativeWei: native.shortOfLeast, drops: ledger.shortOfLeast },
    },
  };
}

/** Throws FundingRefused when the funder has less than the minimum. */
export function requireLeast(plan: FundingPlan): void {
  const { nativeWei, drops } = plan.short.ofLeast;
  if (nativeWei === 0n && drops === 0n) return;
  throw new FundingRefused(`the funder has too little: ${shortText(plan.short.ofLeast)} missing\n${planText(plan)}`);
}

/** `12.5 native and 30 XRP`, without what is zero. */
export function shortText({ nativeWei, drops }: Purse): string {
  return [
    ...(nativeWei > 0n ? [`${decimalText(nativeWei, 18)} native`] : []),
    ...(drops > 0n ? [`${decimalText(drops, 6)} XRP`] : []),
  ].join(' and ');
}

/** The sums, for people: a line for each actor and kind of money that is wanted. */
export function planText({ users, funder, short }: FundingPlan): string {
  const kinds = [
    { kind: 'nativeWei', unit: 'native', decimals: 18 },
    { kind: 'drops', unit: 'XRP', decimals: 6 },
  ] as const;
  return kinds
    .map(({ kind, unit, decimals }) => {
      const text = (purse: Purse) => decimalText(purse[kind], decimals);
      const table = tableText([
        [unit, 'wants', 'at least', 'has', 'gets'],
        ...users
          .filter(({ wanted }) => wanted[kind] > 0n)
          .map(({ user, wanted, least, has, gets }) => [user, ...[wanted, least, has, gets].map(text)]),
        ['funder', `${text(short.ofWanted)} missing`, `${text(short.ofLeast)} missing`, text(funder.has)],
      ]);
      return `${table}\nthe funder keeps ${text(funder.keeps)} for gas, fees and reserve`;
    })
    .join('\n\n');
}

function needOf(reserves: Reserves, work: Work, prices: Prices): { readonly wanted: Purse; readonly least: Purse } {
  if (isPartner(work.user)) {
    const gasWei = costOfSteps(PARTNER_STEPS, prices);
    return { wanted: { nativeWei: gasWei, drops: 0n }, least: { nativeWei: gasWei, drops: 0n } };
  }
  const steps = BigInt(work.steps);
  const mintings = BigInt(work.mintings);
  const leastSteps = minimum(steps, LEAST_STEPS);
  return {
    wanted: purseFor(reserves, { steps, lots: minimum(mintings, WANTED_LOTS), entries: WANTED_ENTRIES }, work, prices),
    least: purseFor(reserves, { steps: leastSteps, lots: minimum(mintings, LEAST_LOTS), entries: 1n }, work, prices),
  };
}

function purseFor(
  { keepUba, poolKeepWei, leastEntryWei }: Reserves,
  { steps, lots, entries }: Record<'steps' | 'lots' | 'entries', bigint>,
  work: Work,
  prices: Prices,
): Purse {
  const { lotSizeUba, agentFeeBips, reservationFeePerLotWei, ledgerFeeDrops, baseReserveDrops } = prices;
  const mintings = minimum(steps, BigInt(work.mintings));
  const reservationsWei = mintings * minimum(lots, LOTS_PER_MINTING) * reservationFeePerLotWei;
  const poolsWei = work.entersPools ? poolKeepWei + entries * leastEntryWei : 0n;
  const paymentsUba = mulDivUp(lots * lotSizeUba, BIPS_ONE + agentFeeBips, BIPS_ONE);
  return {
    nativeWei: costOfSteps(steps, prices) + withTwentieth(reservationsWei) + poolsWei,
    drops: baseReserveDrops + keepUba + paymentsUba + steps * ledgerFeeDrops,
  };
}

/** Gas and attestation fees, and once the gas limit that a node wants covered before it takes a transaction. */
function costOfSteps(steps: bigint, { maxFeePerGasWei, attestationFeeWei }: Prices): bigint {
  const gas = steps * TRANSACTIONS_PER_STEP * GAS_PER_TRANSACTION + DEFAULT_GAS_LIMIT;
  return gas * maxFeePerGasWei + steps * attestationFeeWei;
}

function funderKeeps(actors: number, { maxFeePerGasWei, baseReserveDrops, ledgerFeeDrops }: Prices): Purse {
  const transactions = BigInt(actors) * FUNDER_TRANSACTIONS_PER_ACTOR;
  return {
    nativeWei: (transactions * 21_000n + DEFAULT_GAS_LIMIT) * maxFeePerGasWei,
    drops: baseReserveDrops + transactions * ledgerFeeDrops,
  };
}

/** Reservations are sent with a twentieth on top of the fee (bundles/minting.ts). */
const withTwentieth = (amountWei: bigint): bigint => mulDivUp(amountWei, 21n, 20n);

interface Missing {
  readonly wanted: bigint;
  readonly least: bigint;
}

const missing =
  (kind: keyof Purse) =>
  ({ wanted, least, has }: Record<'wanted' | 'least' | 'has', Purse>): Missing => ({
    wanted: maximum(0n, wanted[kind] - has[kind]),
    least: maximum(0n, least[kind] - has[kind]),
  });

/** Everybody gets the minimum, and the same fraction of what they want beyond it; nothing when it is not enough. */
function share(needs: readonly Missing[], available: bigint) {
  const wanted = sum(needs.map((need) => need.wanted));
  const least = sum(needs.map((need) => need.least));
  const shortOfLeast = maximum(0n, least - maximum(available, 0n));
  const shortOfWanted = maximum(0n, wanted - maximum(available, 0n));
  if (shortOfLeast > 0n) return { gets: needs.map(() => 0n), shortOfLeast, shortOfWanted };
  const spare = minimum(available - least, wanted - least);
  const gets = needs.map((need) =>
    wanted === least ? need.wanted : need.least + mulDiv(need.wanted - need.least, spare, wanted - least),
  );
  return { gets, shortOfLeast, shortOfWanted };
}

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);
