/** Leaves a random pool with a random part of what the user may take out of it now. */
import type { Actors } from '../support/actors/actors.ts';
import type { PoolExit } from '../support/actors/pool-manager.ts';
import { exitPool } from '../support/model/pool.ts';
import { type Params, type View, choose, chooseAmount, defineBundle } from '../support/sequence/bundle.ts';
import { claim, own, partyClaim } from './movements.ts';
import { exitRange, poolOf, poolsOf } from './pooling.ts';

interface ExitPlan extends Record<string, string> {
  readonly agentVault: string;
  readonly pool: string;
  readonly tokensWei: string;
}

export const poolExit = defineBundle<Actors, ExitPlan, PoolExit>({
  name: 'pool-exit',
  story: 'exits a random collateral pool with a random part of the tokens that may be exited',
  choices: ['pool', 'tokens'],
  params: ['pool'],
  arrange: ['pool-enter', 'wait-for-timelock'],
  enabled: (view, params) => exitable(view, params).length > 0 || 'the user has no pool tokens that may be exited now',
  resolve(view, [pool = 0, tokens = 0], params) {
    const { agent, low, high } = choose(exitable(view, params), pool);
    return { agentVault: agent.vault, pool: agent.pool, tokensWei: String(chooseAmount(low, high, tokens)) };
  },
  refusedWith(met, plan) {
    const high = exitRange(met, poolOf(met, plan.agentVault))?.high ?? 0n;
    return BigInt(plan.tokensWei) > high ? 'CollateralRatioFallsBelowExitCR' : undefined;
  },
  run: (plan, { poolManager }) => poolManager.exit(plan.pool, BigInt(plan.tokensWei)),
  expected(view, plan, exit) {
    const tokensWei = BigInt(plan.tokensWei);
    const { collateralWei } = exitPool(poolOf(view, plan.agentVault).position.totals, tokensWei);
    return {
      movements: [own('native', collateralWei, `taken out of the pool of ${plan.agentVault}`)],
      records: {},
      claims: [
        partyClaim('CPExited tokenHolder', exit.user, exit.holder),
        claim('CPExited burnedTokensWei', tokensWei, exit.tokensWei),
        claim('CPExited receivedNatWei', collateralWei, exit.collateralWei),
      ],
    };
  },
});

function exitable(view: View, params: Params) {
  return poolsOf(view, params).flatMap((choice) => {
    const range = exitRange(view, choice);
    return range === undefined ? [] : [{ ...choice, ...range }];
  });
}
