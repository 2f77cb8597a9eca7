/**
 * What views are judged by: each figure from where the protocol itself keeps it, from a formula, or from what most of the
 * getters say that tell the same.
 */
import type { Interface, Result } from 'ethers';
import type { CollateralType } from '../clients/flare/contracts.ts';
import { poolInterface } from '../clients/flare/interfaces.ts';
import {
  type Read,
  combineList,
  combineReads,
  combineRecord,
  readBigint,
  readContract,
} from '../clients/flare/reads.ts';
import type { BackingRatios } from '../model/capacity.ts';
import type { AgentView, ProtocolSettings } from '../model/market.ts';
import type { MintingTerms } from '../model/minting.ts';
import type { Ticket } from '../model/redemption.ts';
import { type MarketPrices, feedSymbols, pricesOf, withCapacity } from '../readers/agent-terms.ts';
import {
  type AgentReading,
  readAgent,
  readFeed,
  readMinimumRedeemAmount,
  readSettings,
} from '../readers/market-reads.ts';
import type { Feed } from '../model/prices.ts';
import { maximum } from '../units/amounts.ts';
import { type AgentFacts, type Facts, has } from './facts.ts';
import type { Prober } from './prober.ts';
import { managerViews, poolViews, vaultViews } from './view-interfaces.ts';

/** The agent with other figures, or at other prices. */
export function agentWith(
  { facts, settings, prices, trustedPrices }: ViewFacts,
  agent: AgentTruth,
  change: Partial<AgentReading>,
  at: { readonly trustedPrices?: MarketPrices } = {},
): AgentTruth {
  const reading = { ...agent.reading, ...change };
  const trusted = at.trustedPrices ?? trustedPrices;
  return { ...agent, reading, computed: withCapacity(reading, settings, facts.contracts, prices, trusted) };
}

/** Names that getAgentSetting knows. */
export const AGENT_SETTINGS = [
  'feeBIPS',
  'poolFeeShareBIPS',
  'redemptionPoolFeeShareBIPS',
  'buyFAssetByAgentFactorBIPS',
  'mintingVaultCollateralRatioBIPS',
  'mintingPoolCollateralRatioBIPS',
  'poolExitCollateralRatioBIPS',
] as const;

export interface AgentTruth extends AgentFacts {
  /** `agent 1` is the first of all. */
  readonly name: string;
  /** With the settings and ratios that count. */
  readonly reading: AgentReading;
  readonly underlyingBalanceUba: bigint;
  /** With capacity and ratios by the formulas. */
  readonly computed: AgentView;
  /** getAgentInfo as it is told. */
  readonly info: Result;
  readonly isAvailable: boolean;
  readonly workAddress: string;
  readonly settings: Readonly<Record<string, bigint>>;
  /** The system's least ratios. */
  readonly least: BackingRatios;
  /** The agent's tickets, of the whole queue. */
  readonly tickets: readonly Ticket[];
  /** getAgentLiquidationFactorsAndMaxAmount. */
  readonly liquidation: Result;
}

export interface ViewFacts {
  readonly facts: Facts;
  readonly settings: ProtocolSettings;
  readonly prices: MarketPrices;
  readonly trustedPrices: MarketPrices;
  readonly feeds: Readonly<Record<string, Feed>>;
  readonly agents: readonly AgentTruth[];
  /** Vaults in the protocol's order. */
  readonly allVaults: readonly string[];
  readonly availableVaults: readonly string[];
  readonly collateralTypes: readonly Result[];
  /** From its head. */
  readonly queue: readonly Ticket[];
}

/** More than there are of anything. */
export const MANY = 2n ** 64n;
/** More tickets than any play leaves behind; a page has room for each. */
const QUEUE_PAGE = 1_000;

export async function readViewFacts(prober: Prober, facts: Facts): Promise<ViewFacts> {
  const { contracts } = facts;
  const { assetManager, priceReader } = contracts;
  const { live, feeds, minimum, collateralTypes, available, detailed, queue, agents } = await prober.read(facts, {
    live: readSettings(assetManager),
    feeds: combineRecord(feedSymbols(contracts), (symbol) =>
      readFeed(priceReader, symbol, contracts.features.redeemAmount),
    ),
    minimum: combineList(has(facts, 'minimumRedeemAmountUBA') ? [readMinimumRedeemAmount(assetManager)] : []),
    collateralTypes: readContract(assetManager, managerViews, 'getCollateralTypes', [], (result) => [
      ...(result[0] as Result[]),
    ]),
    available: listed(assetManager, 'getAvailableAgentsList', (vault) => String(vault).toLowerCase()),
    detailed: listed(assetManager, 'getAvailableAgentsDetailedList', (agent) => agent as Result),
    queue: readContract(assetManager, managerViews, 'redemptionQueue', [0n, QUEUE_PAGE], (result) =>
      [...result[0]].map((ticket) => ({
        id: ticket.redemptionTicketId,
        agentVault: ticket.agentVault.toLowerCase(),
        valueUba: ticket.ticketValueUBA,
      })),
    ),
    agents: combineList(facts.agents.map((agent) => readTold(facts, agent))),
  });
  const settings: ProtocolSettings = {
    ...live,
    minimumRedeemAmountUba: minimum[0],
    directMinting: undefined,
    defaultPoolPartRoundsUp: !contracts.features.redeemAmount,
    poolMinRatioBips: contracts.collateralTypes.find(({ isPool }) => isPool)?.minCollateralRatioBips ?? 0n,
  };
  const { prices, trustedPrices } = pricesOf(contracts, feeds, live);
  const flagged = agents.filter(({ info }) => info['publiclyAvailable'] === true).map(({ agent }) => agent.vault);
  const detailedVaults = detailed.map((one) => String(one['agentVault']).toLowerCase());
  const availableVaults = [available, detailedVaults].find((list) => isSame(list, flagged)) ?? flagged;
  const truths = agents.map((told, index): AgentTruth => {
    const { agent, info, reading, owners, pools, tokens, vaultTokens, exitRatios, fromSettings } = told;
    const listing = detailed.find((one) => String(one['agentVault']).toLowerCase() === agent.vault);
    const bySetting = Object.fromEntries(
      AGENT_SETTINGS.map((name, at) => {
        const others = [info[name], name === 'feeBIPS' ? listing?.['feeBIPS'] : undefined];
        // The ratios of minting are told as at least the system's.
        const told = name.startsWith('minting') ? [] : others;
        const all = [fromSettings[at], ...told, ...(name === 'poolExitCollateralRatioBIPS' ? exitRatios : [])];
        return [name, mostSay(all.filter((value) => value !== undefined).map(BigInt))];
      }),
    );
    const least = minimaOf(facts, mostSay(vaultTokens));
    const known = {
      ...reading,
      feeBips: bySetting['feeBIPS'] ?? 0n,
      poolFeeShareBips: bySetting['poolFeeShareBIPS'] ?? 0n,
      redemptionPoolFeeShareBips: bySetting['redemptionPoolFeeShareBIPS'] ?? 0n,
      mintingVaultRatioBips: maximum(bySetting['mintingVaultCollateralRatioBIPS'] ?? 0n, least.vaultBips),
      mintingPoolRatioBips: maximum(bySetting['mintingPoolCollateralRatioBIPS'] ?? 0n, least.poolBips),
    };
    return {
      ...agent,
      owner: mostSay([...owners, ...(listing === undefined ? [] : [String(listing['ownerManagementAddress'])])]),
      pool: mostSay(pools),
      poolToken: mostSay(tokens),
      vaultToken: mostSay(vaultTokens),
      name: `agent ${index + 1}`,
      reading: known,
      computed: withCapacity(known, settings, contracts, prices, trustedPrices),
      info,
      underlyingBalanceUba: BigInt(info['underlyingBalanceUBA']),
      isAvailable: availableVaults.includes(agent.vault),
      workAddress: told.workAddress,
      settings: bySetting,
      least,
      tickets: queue.filter(({ agentVault }) => agentVault === agent.vault),
      liquidation: told.liquidation,
    };
  });
  const vaults = facts.agents.map(({ vault }) => vault);
  return {
    facts,
    settings,
    prices,
    trustedPrices,
    feeds,
    agents: truths,
    allVaults: [...vaults, ...available.filter((vault) => !vaults.includes(vault))],
    availableVaults,
    collateralTypes,
    queue,
  };
}

function minimaOf({ contracts }: Facts, vaultToken: string): BackingRatios {
  const least = (isIt: (type: CollateralType) => boolean): bigint =>
    contracts.collateralTypes.find(isIt)?.minCollateralRatioBips ?? 0n;
  return {
    vaultBips: least(({ token, isPool }) => !isPool && token.toLowerCase() === vaultToken.toLowerCase()),
    poolBips: least(({ isPool }) => isPool),
  };
}

/** Everything of a list. */
function listed<T>(assetManager: string, view: string, map: (element: unknown) => T): Read<T[]> {
  return readContract(assetManager, managerViews, view, [0n, MANY], (result) => [...result[0]].map(map));
}

/** What several getters tell of an agent. */
function readTold({ contracts, settings }: Facts, agent: AgentFacts) {
  const { assetManager } = contracts;
  const { vault, pool, poolToken, vaultToken, underlyingAddress, owner } = agent;
  const one = (to: string, contract: Interface, view: string, args: readonly unknown[] = []) =>
    readContract(to, contract, view, args, (result) => String(result[0]));
  return combineReads(
    {
      info: readContract(assetManager, managerViews, 'getAgentInfo', [vault], (result) => result[0] as Result),
      reading: readAgent(assetManager, { vault, pool, poolToken, vaultToken, underlyingAddress }),
      ownerOf: one(assetManager, managerViews, 'getAgentVaultOwner', [vault]),
      workAddress: one(String(settings['agentOwnerRegistry']), managerViews, 'getWorkAddress', [owner]),
      poolOf: one(assetManager, managerViews, 'getCollateralPool', [vault]),
      poolOfVault: one(vault, vaultViews, 'collateralPool'),
      tokenOfPool: one(pool, poolViews, 'poolToken'),
      sameToken: one(pool, poolViews, 'token'),
      vaultTokenOf: one(assetManager, managerViews, 'getAgentVaultCollateralToken', [vault]),
      exitRatio: readBigint(pool, poolInterface, 'exitCollateralRatioBIPS'),
      fromSettings: combineList(
        AGENT_SETTINGS.map((name) => readBigint(assetManager, managerViews, 'getAgentSetting', [vault, name])),
      ),
      liquidation: readContract(
        assetManager,
        managerViews,
        'getAgentLiquidationFactorsAndMaxAmount',
        [vault],
        (result) => result,
      ),
    },
    (told) => ({
      agent,
      info: told.info,
      reading: told.reading,
      workAddress: told.workAddress,
      owners: [told.ownerOf, String(told.info['ownerManagementAddress'])],
      pools: [told.poolOf, told.poolOfVault, String(told.info['collateralPool'])],
      tokens: [told.tokenOfPool, told.sameToken, String(told.info['collateralPoolToken'])],
      vaultTokens: [told.vaultTokenOf, String(told.info['vaultCollateralToken'])],
      exitRatios: [told.exitRatio],
      fromSettings: told.fromSettings,
      liquidation: told.liquidation,
    }),
  );
}

/** What a minting with the agent is computed from. */
export const termsOf = (
  { settings, prices }: Pick<ViewFacts, 'settings' | 'prices'>,
  agent: Pick<AgentTruth, 'settings'>,
): MintingTerms => ({
  ...settings,
  ...prices,
  agentFeeBips: agent.settings['feeBIPS'] ?? 0n,
  poolFeeShareBips: agent.settings['poolFeeShareBIPS'] ?? 0n,
});

/** What the most of them say; of what equally many say, the first. */
export function mostSay<T>(values: readonly T[]): T {
  const counted = values.map((value) => values.filter((other) => other === value).length);
  const value = values[counted.indexOf(Math.max(...counted))];
  if (value === undefined) throw new Error('nobody says anything');
  return value;
}

const isSame = (list: readonly string[], other: readonly string[]): boolean =>
  list.length === other.length && other.every((one) => list.includes(one));
