/** Enters a random pool with a random amount of native coin. */
import type { Actors } from '../support/actors/actors.ts';
import type { PoolEntry } from '../support/actors/pool-manager.ts';
import { enterPool } from '../support/model/pool.ts';
import { type Params, type View, choose, chooseAmount, defineBundle } from '../support/sequence/bundle.ts';
import { claim, own, partyClaim } from './movements.ts';
import { LEAST_ENTRY_WEI, type PoolChoice, canBeEntered, mostEntryWei, poolOf, poolsOf } from './pooling.ts';

interface EnterPlan extends Record<string, string> {
  readonly agentVault: string;
  readonly pool: string;
  readonly amountWei: string;
}

export const poolEnter = defineBundle<Actors, EnterPlan, PoolEntry>({
  name: 'pool-enter',
  story: 'enters a random collateral pool with a random amount',
  choices: ['pool', 'amount'],
  params: ['pool'],
  arrange: [],
  entersPools: true,
  enabled(view, params) {
    if (mostEntryWei(view) === 0n) return 'the user has too little native coin';
    return enterable(view, params).length > 0 || 'no pool can be entered';
  },
  resolve(view, [pool = 0, amount = 0], params) {
    const { agent } = choose(enterable(view, params), pool);
    return {
      agentVault: agent.vault,
      pool: agent.pool,
      amountWei: String(chooseAmount(LEAST_ENTRY_WEI, mostEntryWei(view), amount)),
    };
  },
  run: (plan, { poolManager }) => poolManager.enter(plan.pool, BigInt(plan.amountWei)),
  expected(view, plan, entry) {
    const amountWei = BigInt(plan.amountWei);
    const { tokensWei } = enterPool(poolOf(view, plan.agentVault).position.totals, amountWei);
    const { poolTokenTimelockS } = view.market.settings;
    return {
      movements: [own('native', -amountWei, `put into the pool of ${plan.agentVault}`)],
      records: {},
      claims: [
        partyClaim('CPEntered tokenHolder', entry.user, entry.holder),
        claim('CPEntered amountNatWei', amountWei, entry.amountWei),
        claim('CPEntered receivedTokensWei', tokensWei, entry.tokensWei),
        claim('CPEntered timelockExpiresAt', entry.atS + poolTokenTimelockS, entry.lockedUntilS),
      ],
    };
  },
});

function enterable(view: View, params: Params): PoolChoice[] {
  return poolsOf(view, params).filter(({ agent, position }) => agent.available && canBeEntered(position.totals));
}
