/** Withdraws a random part of the fees that a random pool owes the user. */
import type { Actors } from '../support/actors/actors.ts';
import type { FeesWithdrawn } from '../support/actors/pool-manager.ts';
import { claimableFeesUba } from '../support/model/pool.ts';
import { type Params, type View, choose, chooseAmount, defineBundle } from '../support/sequence/bundle.ts';
import { claim, own, partyClaim } from './movements.ts';
import { type PoolChoice, poolsOf } from './pooling.ts';

interface WithdrawPlan extends Record<string, string> {
  readonly agentVault: string;
  readonly pool: string;
  readonly feesUba: string;
}

export const poolWithdrawFees = defineBundle<Actors, WithdrawPlan, FeesWithdrawn>({
  name: 'pool-withdraw-fees',
  story: 'withdraws a random part of the fees earned in a random collateral pool',
  choices: ['pool', 'fees'],
  params: ['pool'],
  arrange: ['pool-enter', 'mint-random-agent'],
  enabled: (view, params) => withFees(view, params).length > 0 || 'no pool owes the user fees',
  resolve(view, [pool = 0, fees = 0], params) {
    const { agent, position } = choose(withFees(view, params), pool);
    return {
      agentVault: agent.vault,
      pool: agent.pool,
      feesUba: String(chooseAmount(1n, owed({ agent, position }), fees)),
    };
  },
  run: (plan, { poolManager }) => poolManager.withdrawFees(plan.pool, BigInt(plan.feesUba)),
  expected: (_view, plan, withdrawn) => ({
    movements: [own('fAsset', BigInt(plan.feesUba), `fees from the pool of ${plan.agentVault}`)],
    records: {},
    claims: [
      partyClaim('CPFeesWithdrawn tokenHolder', withdrawn.user, withdrawn.holder),
      claim('CPFeesWithdrawn withdrawnFeesUBA', plan.feesUba, withdrawn.feesUba),
    ],
  }),
});

/** By our own arithmetic, not the pool's view. */
const owed = ({ position }: PoolChoice): bigint => claimableFeesUba(position.totals, position.holding);

const withFees = (view: View, params: Params): PoolChoice[] =>
  poolsOf(view, params).filter((choice) => owed(choice) > 0n);
