/**
 * Can users act on the protocol now: not paused, agents with free lots, fresh prices, FDC rounds that become final and
 * provable? Reads only.
 */
import { decodeBytes32String } from 'ethers';
import { DataAvailabilityClient } from '../clients/fdc/data-availability-client.ts';
import {
  assetManagerInterface,
  erc20Interface,
  priceReaderInterface,
  relayInterface,
} from '../clients/flare/interfaces.ts';
import { combineRecord, readAll, readBigint, readContract, readHead } from '../clients/flare/reads.ts';
import { type Market, mintableAgents } from '../model/market.ts';
import { decimalText } from '../units/format.ts';
import { type Finding, examine } from './finding.ts';
import type { World } from '../network/world.ts';

/** Prices are published every 90 seconds. The protocol still works with older ones, but then a publisher has stopped. */
const OLDEST_PRICE_S = 15 * 60;
const FDC_PROTOCOL_ID = 200n;
/** How many rounds to look back for a final one; on a quiet network most rounds have no request and never become final. */
const ROUNDS_BACK = 20;
/** Rounds that the data-availability layer may lag behind the chain: it polls. */
const MOST_BEHIND_ROUNDS = 2;

export async function examineProtocol(world: World, market: Market): Promise<Finding[]> {
  const { assetManager, priceReader, relay } = world.contracts;
  return Promise.all([
    examine('asset manager', assetManager, () => managerState(world, market)),
    examine('agents', assetManager, () => agentsState(market)),
    examine('prices', priceReader, () => pricesState(world)),
    examine('FDC rounds', relay, () => roundsState(world)),
  ]);
}

async function managerState({ rpc, contracts, record }: World, { settings }: Market): Promise<string> {
  const { assetManager, fAsset, features } = contracts;
  const found = await readAll(rpc, 'latest', {
    symbol: readContract(fAsset, erc20Interface, 'symbol', [], ([symbol]) => String(symbol)),
    sourceId: readContract(assetManager, assetManagerInterface, 'getSettings', [], (result) =>
      decodeBytes32String(String(result[0].chainId)),
    ),
    isMintingPaused: readContract(
      assetManager,
      assetManagerInterface,
      'mintingPaused',
      [],
      ([paused]) => paused === true,
    ),
    pauseLevel: readBigint(assetManager, assetManagerInterface, 'emergencyPauseLevel'),
  });
  if (found.sourceId !== record.fdc.sourceId)
    throw new Error(`takes proofs of ${found.sourceId}, but the record's fdc.sourceId is ${record.fdc.sourceId}`);
  if (found.pauseLevel > 0n) throw new Error(`is paused: emergency pause level ${found.pauseLevel}`);
  if (found.isMintingPaused) throw new Error('minting is paused');
  const release = features.redeemAmount ? 'v1.3 or newer' : 'older than v1.3';
  return `${found.symbol}, ${release}, lots of ${decimalText(settings.lotSizeUba, 6)} XRP`;
}

async function agentsState(market: Market): Promise<string> {
  const mintable = mintableAgents(market);
  const lots = mintable.reduce((sum, { freeLots }) => sum + freeLots, 0n);
  if (mintable.length === 0)
    throw new Error(`none of ${market.agents.length} is available with a free lot: nothing can be minted`);
  return `${mintable.length} of ${market.agents.length} available with free lots, ${lots} lots in all`;
}

async function pricesState({ rpc, contracts, record }: World): Promise<string> {
  const { priceReader, collateralTypes } = contracts;
  const symbols = new Set(
    collateralTypes.flatMap(({ assetSymbol, tokenSymbol, directPricePair }) =>
      directPricePair ? [assetSymbol] : [assetSymbol, tokenSymbol],
    ),
  );
  const read = (symbol: string) =>
    readContract(priceReader, priceReaderInterface, 'getPrice', [symbol], ([value, timestampS]) => ({
      isZero: value === 0n,
      timeS: Number(timestampS),
    }));
  const [{ prices }, head] = await Promise.all([
    readAll(rpc, 'latest', { prices: combineRecord([...symbols], read) }),
    readHead(rpc),
  ]);
  const ages = Object.entries(prices).map(([symbol, { isZero, timeS }]) => ({
    symbol,
    isZero,
    ageS: head.timeS - timeS,
  }));
  // A devnet may leave its prices as they are.
  const oldestS = record.capabilities.canInjectFaults ? Infinity : OLDEST_PRICE_S;
  const wrong = ages.filter(({ isZero, ageS }) => isZero || ageS > oldestS);
  if (wrong.length > 0)
    throw new Error(
      wrong.map(({ symbol, isZero, ageS }) => `${symbol} is ${isZero ? 'zero' : `${ageS} s old`}`).join(', '),
    );
  return ages.map(({ symbol, ageS }) => `${symbol} ${ageS} s old`).join(', ');
}

async function roundsState({ rpc, contracts, record, apiKeys }: World): Promise<string> {
  const { relay } = contracts;
  const { timeS } = await readHead(rpc);
  const { now } = await readAll(rpc, 'latest', { now: readBigint(relay, relayInterface, 'getVotingRoundId', [timeS]) });
  const rounds = Array.from({ length: ROUNDS_BACK }, (_, back) => now - BigInt(back)).filter((round) => round >= 0n);
  const { roots } = await readAll(rpc, 'latest', {
    roots: combineRecord(rounds.map(String), (round) =>
      readContract(relay, relayInterface, 'merkleRoots', [FDC_PROTOCOL_ID, round], ([root]) => BigInt(String(root))),
    ),
  });
  const newest = rounds.find((round) => roots[String(round)] !== 0n);
  if (newest === undefined) return `none of the last ${ROUNDS_BACK} is final; none was asked for, or they are late`;
  const waiter = { nowS: () => Promise.resolve(timeS), sleepS: () => Promise.resolve() };
  const layer = new DataAvailabilityClient({
    urls: record.fdc.dataAvailabilityUrls,
    waiter,
    ...(apiKeys.dataAvailability !== undefined && { apiKey: apiKeys.dataAvailability }),
  });
  const behind = newest - BigInt(await layer.latestRound());
  if (behind > MOST_BEHIND_ROUNDS)
    throw new Error(`round ${newest} is final, but the data-availability layer is ${behind} rounds behind`);
  return `round ${newest} is final and provable`;
}
