/**
 * What the pool bundles share: which pools a user can enter or leave, and by how much.
 *
 * What an act does to the pool's accounts is replayed from its event (support/model/pool-replay.ts); the bundles expect
 * what moves outside of it and hold the event's figures against the pool's arithmetic.
 */
import { type AgentView, type Market } from '../support/model/market.ts';
import { type PoolTotals, mostExitableTokensWei, timelockedTokensWei } from '../support/model/pool.ts';
import type { PoolPosition } from '../support/model/pool-position.ts';
import type { Params, View } from '../support/sequence/bundle.ts';
import { maximum } from '../support/units/amounts.ts';

export interface PoolChoice {
  readonly agent: AgentView;
  readonly position: PoolPosition;
}

/** Pools with what the user has in them; only the one that `params.pool` names (by its agent's vault), if it names one. */
export function poolsOf(view: View, { pool }: Params): PoolChoice[] {
  return view.market.agents
    .filter(({ vault }) => pool === undefined || vault === pool.toLowerCase())
    .flatMap((agent) => {
      const position = view.user.pools[agent.vault];
      return position === undefined ? [] : [{ agent, position }];
    });
}

export const poolOf = (view: View, vault: string): PoolChoice => {
  const [found] = poolsOf(view, { pool: vault });
  if (found === undefined) throw new Error(`there is no pool of agent ${vault}`);
  return found;
};

/** Least amount to enter with, 1 coin. */
export const LEAST_ENTRY_WEI = 10n ** 18n;
/** Left on the native account for later acts, 10 coins. */
export const KEEP_WEI = 10n * 10n ** 18n;
const MOST_RATIO = 100n;

/** What the user could enter with, 0 when it is less than the least entry. */
export function mostEntryWei(view: View): bigint {
  const spendableWei = (view.user.balances['native'] ?? 0n) - maximum(KEEP_WEI, 2n * view.market.gasReserveWei);
  return spendableWei < LEAST_ENTRY_WEI ? 0n : spendableWei;
}

/** An empty pool, or one whose token price is within the limits: T ≤ 100·N and N ≤ 100·T (v1.3). */
export function canBeEntered({ collateralWei, tokensWei }: PoolTotals): boolean {
  if (tokensWei === 0n) return collateralWei === 0n;
  return tokensWei <= MOST_RATIO * collateralWei && collateralWei <= MOST_RATIO * tokensWei;
}

/** Tokens the user may exit with at once, and the least for which anything is paid out; undefined when there are none. */
export function exitRange(view: View, { agent, position }: PoolChoice): { low: bigint; high: bigint } | undefined {
  const { totals, holding } = position;
  if (holding.tokensWei === 0n) return undefined;
  const locked = timelockedTokensWei(holding, view.timelocks[agent.vault] ?? [], BigInt(view.market.point.timeS));
  const high = mostExitableTokensWei(totals, holding.tokensWei - locked, exitTerms(view.market, agent));
  const low = maximum(1n, (totals.tokensWei + totals.collateralWei - 1n) / totals.collateralWei);
  return high < low ? undefined : { low, high };
}

function exitTerms({ nativePrice, settings }: Market, agent: AgentView) {
  return {
    backedUba: agent.mintedUba + agent.reservedUba + agent.poolRedeemingUba,
    exitRatioBips: maximum(agent.poolExitRatioBips, settings.poolMinRatioBips),
    priceMultiplier: nativePrice,
    priceDivisor: 10n ** 9n * settings.granularityUba,
  };
}
