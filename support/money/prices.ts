/**
 * Input of the funding plan: current costs on the network, what the settings let users do, and what users and funder have.
 * Reads only.
 */
import { encodeBytes32String } from 'ethers';
import type { Actors } from '../actors/actors.ts';
import type { Bundle } from '../sequence/bundle.ts';
import { type Suite, findBundle } from '../sequence/suite.ts';
import type { Who } from '../readers/informer.ts';
import { erc20Interface, fdcFeesInterface } from '../clients/flare/interfaces.ts';
import { readFees } from '../clients/flare/gas-fees.ts';
import { readAll, readBigint, readNativeBalance } from '../clients/flare/reads.ts';
import { type Market, mintableAgents } from '../model/market.ts';
import { mintingAmounts } from '../model/minting.ts';
import { maximum } from '../units/amounts.ts';
import type { Settings } from '../settings/settings.ts';
import { type FundingPlan, type Prices, type Purse, type Work, planFunding } from './plan.ts';
import { bundlesOf } from '../settings/selection.ts';
import { addressesOf } from '../keys/credentials.ts';
import { FUNDER_NAME, type Shard, everyone, userNames } from '../keys/names.ts';
import type { KeySource } from '../keys/key-source.ts';
import type { World } from '../network/world.ts';

/** Steps that scenarios and refusals take for each user together, and how many of them mint. */
const STORY_STEPS = 60;
const STORY_MINTINGS = 20;
/** Sequences are drawn for each user alone and for all together. */
const PROPERTIES_OF_A_USER = 2;
/** Seconds a step takes at least where an attestation takes more than a minute. */
const SECONDS_PER_STEP = 30;

/** The plan for a run with these settings at this moment. */
export async function planRun(
  suite: Suite<Actors>,
  world: World,
  settings: Settings,
  keysOf: KeySource,
  market: Market,
): Promise<FundingPlan> {
  const names = everyone(userNames(settings.users, settings.shard));
  const prices = await readPrices(world, market);
  const purses = new Map<string, Purse>();
  for (const name of [FUNDER_NAME, ...names]) purses.set(name, await readPurse(world, addressesOf(keysOf(name))));
  const works = names.map((name) => workOf(suite, settings, name));
  return planFunding(suite.reserves, works, prices, purses, shareOf(purses.get(FUNDER_NAME), settings.shard));
}

/** Shards fund one after the other, and all must get something. */
function shareOf({ nativeWei, drops }: Purse = { nativeWei: 0n, drops: 0n }, shard: Shard | undefined): Purse {
  const count = BigInt(shard?.count ?? 1);
  return { nativeWei: nativeWei / count, drops: drops / count };
}

/** Native coin at the newest block, XRP at the newest validated ledger. */
export async function readPurse(world: World, who: Who): Promise<Purse> {
  const { ledger } = await world.ledger.head();
  const [{ nativeWei }, drops] = await Promise.all([
    readAll(world.rpc, 'latest', { nativeWei: readNativeBalance(who.evmAddress) }),
    world.ledger.balanceDrops(who.ledgerAddress, ledger),
  ]);
  return { nativeWei, drops };
}

/** FAssets of an actor at the newest block, in base units. */
export async function readFAssets(world: World, who: Who): Promise<bigint> {
  const read = readBigint(world.contracts.fAsset, erc20Interface, 'balanceOf', [who.evmAddress]);
  const { fAssetUba } = await readAll(world.rpc, 'latest', { fAssetUba: read });
  return fAssetUba;
}

async function readPrices(world: World, market: Market): Promise<Prices> {
  const { record, rpc, contracts, ledger } = world;
  const [fees, { maxFeePerGasWei }, ledgerFeeDrops, baseReserveDrops] = await Promise.all([
    readAll(
      rpc,
      'latest',
      Object.fromEntries(
        ['Payment', 'ReferencedPaymentNonexistence'].map((type) => [
          type,
          readBigint(contracts.fdcRequestFeeConfigurations, fdcFeesInterface, 'getRequestFee', [
            encodeBytes32String(type) + encodeBytes32String(record.fdc.sourceId).slice(2),
          ]),
        ]),
      ),
    ),
    readFees(rpc, world.chainTerms),
    ledger.feeDrops(),
    ledger.baseReserveDrops(),
  ]);
  const agentFeeBips = maximum(0n, ...mintableAgents(market).map(({ feeBips }) => feeBips));
  const oneLot = mintingAmounts(1n, {
    ...market.settings,
    nativePrice: market.nativePrice,
    agentFeeBips,
    poolFeeShareBips: 0n,
  });
  return {
    lotSizeUba: market.settings.lotSizeUba,
    agentFeeBips,
    reservationFeePerLotWei: oneLot.reservationFeeWei,
    attestationFeeWei: maximum(0n, ...Object.values(fees)),
    maxFeePerGasWei,
    // Twice as much, for the cushion and for busier times.
    ledgerFeeDrops: ledgerFeeDrops * 2n,
    baseReserveDrops,
  };
}

/** What a user will do: every bundle alone with what it arranges, stories, and drawn sequences. */
function workOf(suite: Suite<Actors>, settings: Settings, user: string): Work {
  const chosen = bundlesOf(suite, settings, user);
  const alone = chosen.flatMap((bundle) => [...bundle.arrange.map((name) => findBundle(suite, name)), bundle]);
  const drawn = settings.steps * settings.runs * PROPERTIES_OF_A_USER;
  const inTime = Math.ceil((settings.runTimeS ?? 0) / SECONDS_PER_STEP);
  const mintings = (acts: readonly (Bundle<Actors> | undefined)[]) => acts.filter((act) => act?.mints === true).length;
  const drawnMintings = Math.ceil(((drawn + inTime) * mintings(chosen)) / Math.max(chosen.length, 1));
  return {
    user,
    steps: alone.length + STORY_STEPS + drawn + inTime,
    mintings: mintings(alone) + STORY_MINTINGS + drawnMintings,
    entersPools: chosen.some(({ entersPools }) => entersPools),
  };
}
