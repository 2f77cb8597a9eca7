/**
 * What everybody can see of the protocol at one block: settings, prices, agents, the redemption queue.
 *
 * A plain value; the informer reads it, conditions and expectations only look at it.
 */
import type { BackingRatios, Capacity } from './capacity.ts';
import type { DirectMintingTerms } from './direct-minting.ts';
import type { UnderlyingClock, WindowTerms } from './minting.ts';
import type { FeedReading } from './prices.ts';
import type { Ticket } from './redemption.ts';
import type { Point } from './state.ts';
import type { Claim } from './statement.ts';

/** Settings of the asset manager that affect a user's money. */
export interface ProtocolSettings {
  readonly lotSizeUba: bigint;
  readonly granularityUba: bigint;
  readonly assetMintingDecimals: bigint;
  readonly reservationFeeBips: bigint;
  readonly redemptionFeeBips: bigint;
  readonly defaultFactorVaultBips: bigint;
  /** Least amount of redeemAmount; undefined where there is no such function. */
  readonly minimumRedeemAmountUba: bigint | undefined;
  /** Undefined where there is none. */
  readonly directMinting: DirectMintingTerms | undefined;
  /** v1.2 rounds the part of a default that the pool pays up, later releases down. */
  readonly defaultPoolPartRoundsUp: boolean;
  /** Least collateral ratio of the pools; a pool's own exit ratio can only be higher. */
  readonly poolMinRatioBips: bigint;
  readonly maxRedeemedTickets: bigint;
  /** Least part of what an agent backs that its own pool tokens must be worth. */
  readonly poolHoldingsBips: bigint;
  readonly poolTokenTimelockS: bigint;
  readonly window: WindowTerms;
}

export interface AgentView {
  readonly vault: string;
  readonly available: boolean;
  /** 0 is NORMAL, the only one that can be minted against. */
  readonly status: number;
  readonly feeBips: bigint;
  readonly poolFeeShareBips: bigint;
  readonly redemptionPoolFeeShareBips: bigint;
  /** Computed, see capacity.ts; what the protocol tells is `told`. */
  readonly freeLots: bigint;
  readonly capacity: Capacity;
  readonly told: Capacity & { readonly ratios: BackingRatios };
  readonly ratios: BackingRatios;
  readonly dustUba: bigint;
  readonly mintedUba: bigint;
  readonly reservedUba: bigint;
  readonly redeemingUba: bigint;
  readonly poolRedeemingUba: bigint;
  readonly underlyingAddress: string;
  readonly pool: string;
  readonly poolToken: string;
  readonly vaultToken: string;
  readonly poolExitRatioBips: bigint;
}

export interface Market {
  readonly point: Point;
  readonly settings: ProtocolSettings;
  /** P(WNat) by our own formula from the feeds. */
  readonly nativePrice: bigint;
  /** P(vault token), by token address. */
  readonly vaultTokenPrices: Readonly<Record<string, bigint>>;
  readonly feeds: Readonly<Record<string, FeedReading>>;
  readonly agents: readonly AgentView[];
  /** From the head, at least as many tickets as one redemption can take. */
  readonly queue: readonly Ticket[];
  readonly underlying: UnderlyingClock;
  /** What an account of the ledger must keep, in drops. */
  readonly ledgerReserveDrops: bigint;
  /** What a node wants an account to have before it takes a transaction, at the fee of the moment. */
  readonly gasReserveWei: bigint;
}

/**
 * What the protocol tells of each agent's capacity against the formulas: it decides what can be drawn, so it is judged before
 * anything is.
 */
export const capacityClaims = ({ agents }: Pick<Market, 'agents'>): Claim[] =>
  agents.flatMap(({ vault, capacity, ratios, told }) => {
    const claim = (name: string, expected: bigint, actual: bigint): Claim => ({
      what: `getAgentInfo ${name}`,
      of: vault,
      expected: String(expected),
      actual: String(actual),
    });
    return [
      ...CAPACITY_FIELDS.map(([field, name]) => claim(name, capacity[field], told[field])),
      claim('vaultCollateralRatioBIPS', ratios.vaultBips, told.ratios.vaultBips),
      claim('poolCollateralRatioBIPS', ratios.poolBips, told.ratios.poolBips),
    ];
  });

/** What capacity is computed from comes before what is computed from it. */
const CAPACITY_FIELDS: readonly (readonly [keyof Capacity, string])[] = [
  ['vaultUnits', 'totalVaultCollateralWei'],
  ['poolWei', 'totalPoolCollateralNATWei'],
  ['agentTokensWei', 'totalAgentPoolTokensWei'],
  ['freeVaultUnits', 'freeVaultCollateralWei'],
  ['freePoolWei', 'freePoolCollateralNATWei'],
  ['freeAgentTokensWei', 'freeAgentPoolTokensWei'],
  ['freeLots', 'freeCollateralLots'],
];

/** Agents that can be minted against now, in the order the protocol lists them. */
export const mintableAgents = (market: Market): readonly AgentView[] =>
  market.agents.filter((agent) => agent.available && agent.status === 0 && agent.freeLots > 0n);

export const dustByAgent = (market: Market): ReadonlyMap<string, bigint> =>
  new Map(market.agents.map((agent) => [agent.vault, agent.dustUba]));
