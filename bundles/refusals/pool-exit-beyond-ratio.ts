/**
 * Exits must leave the pool enough collateral for what it backs. One user can bring a devnet's smallest pool there: mint all
 * its lots, redeem some of them from the silent agent (which frees vault collateral and leaves the pool's duty) and mint again.
 */
import { CHOICE_MAX, type Params, type View } from '../../support/sequence/bundle.ts';
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
      const least = totals.collateralWei === 0n ? 1n : totals.tokensWei / totals.collateralWei + 1n;
      const tokensWei = maximum((exitRange(view, choice)?.high ?? 0n) + 1n, least);
      return tokensWei <= freeTokensWei(view, choice) ? tokensWei : undefined;
    }),
  attempt: ({ pool, amount }, { poolManager }) => poolManager.exit(pool, BigInt(amount)),
});

/** The agent whose pool has the least collateral, as a parameter of that name. */
function smallest(name: string): (view: View) => Params {
  return ({ market, user }) => {
    const collateralWei = (vault: string): bigint => user.pools[vault]?.totals.collateralWei ?? 0n;
    const [agent] = market.agents.toSorted((a, b) => (collateralWei(a.vault) < collateralWei(b.vault) ? -1 : 1));
    return agent === undefined ? {} : { [name]: agent.vault };
  };
}
