/**
 * Exits must leave the pool enough collateral for what it backs. One user can bring a devnet's smallest pool there: mint all
 * its lots, redeem some of them from the silent agent (which frees vault collateral and leaves the pool's duty) and mint again.
 */
import { CHOICE_MAX, type Params, type View } from '../../support/sequence/bundle.ts';
import { MINIMUM_LEFT_WEI, type PoolTotals, exitPool } from '../../support/model/pool.ts';
import { maximum } from '../../support/units/amounts.ts';
import { mintSpecificAgent } from '../mint-specific-agent.ts';
import { poolEnter } from '../pool-enter.ts';
import { exitRange } from '../pooling.ts';
import { redeemUnpaid } from '../redeem-unpaid.ts';
import { waitForTimelock } from '../wait-for-timelock.ts';
import { defineRefusal, first } from './refusal.ts';
import { freeTokensWei, somePool } from './pools.ts';

export const poolExitBeyondRatio = defineRefusal({
  name: 'pool-exit-beyond-ratio',
  story: 'exits a pool with one token unit more than leaves it the collateral it must keep',
  error: 'CollateralRatioFallsBelowExitCR',
  needs: ['canInjectFaults'],
  arrange: [
    first(mintSpecificAgent, CHOICE_MAX, smallest('agent')),
    first(poolEnter, CHOICE_MAX, smallest('pool')),
    first(redeemUnpaid),
    first(mintSpecificAgent, 0, smallest('agent')),
    first(waitForTimelock),
  ],
  plan: (view) =>
    somePool(view, (choice) => {
      const { totals } = choice.position;
      if (totals.collateralWei === 0n) return undefined;
      const leastWei = totals.tokensWei / totals.collateralWei + 1n;
      const tokensWei = maximum((exitRange(view, choice)?.high ?? 0n) + 1n, leastWei);
      const leavesEnough = leavesAUnit(totals, tokensWei) && tokensWei <= freeTokensWei(view, choice);
      return leavesEnough ? tokensWei : undefined;
    }),
  attempt: ({ pool, amount }, { poolManager }) => poolManager.exit(pool, BigInt(amount)),
});

/** What else an exit must leave; these limits have errors of their own. */
function leavesAUnit(totals: PoolTotals, tokensWei: bigint): boolean {
  const collateralLeftWei = totals.collateralWei - exitPool(totals, tokensWei).collateralWei;
  return totals.tokensWei - tokensWei >= MINIMUM_LEFT_WEI && collateralLeftWei >= MINIMUM_LEFT_WEI;
}

/** The agent whose pool has the least collateral, as a parameter of that name. */
function smallest(name: string): (view: View) => Params {
  return ({ market, user }) => {
    const collateralWei = (vault: string): bigint => user.pools[vault]?.totals.collateralWei ?? 0n;
    const vaults = market.agents.map(({ vault }) => vault);
    return { [name]: vaults.reduce((least, vault) => (collateralWei(vault) < collateralWei(least) ? vault : least)) };
  };
}
