/** Pays a random part of the fees that the user owes a random pool, so that more of the tokens can be handed on. */
import type { Actors } from '../support/actors/actors.ts';
import type { FeeDebtPaid } from '../support/actors/pool-manager.ts';
import { type Params, type View, choose, chooseAmount, defineBundle } from '../support/sequence/bundle.ts';
import { minimum } from '../support/units/amounts.ts';
import { claim, own, partyClaim } from './movements.ts';
import { type PoolChoice, poolsOf } from './pooling.ts';

interface PayPlan extends Record<string, string> {
  readonly agentVault: string;
  readonly pool: string;
  readonly feesUba: string;
}

export const poolPayFeeDebt = defineBundle<Actors, PayPlan, FeeDebtPaid>({
  name: 'pool-pay-fee-debt',
  story: 'pays a random part of the fee debt in a random collateral pool',
  choices: ['pool', 'fees'],
  params: ['pool'],
  arrange: ['mint-random-agent', 'pool-enter'],
  enabled: (view, params) =>
    withDebt(view, params).length > 0 || 'the user owes no pool fees, or has no FAssets to pay them',
  resolve(view, [pool = 0, fees = 0], params) {
    const { agent, position } = choose(withDebt(view, params), pool);
    return {
      agentVault: agent.vault,
      pool: agent.pool,
      feesUba: String(chooseAmount(1n, payableUba(view, { agent, position }), fees)),
    };
  },
  run: (plan, { poolManager }) => poolManager.payFeeDebt(plan.pool, BigInt(plan.feesUba)),
  expected: (_view, plan, paid) => ({
    movements: [own('fAsset', -BigInt(plan.feesUba), `fee debt paid to the pool of ${plan.agentVault}`)],
    records: {},
    claims: [
      partyClaim('CPFeeDebtPaid tokenHolder', paid.user, paid.holder),
      claim('CPFeeDebtPaid paidFeesUBA', plan.feesUba, paid.feesUba),
    ],
  }),
});

const payableUba = ({ user }: View, { position }: PoolChoice): bigint =>
  minimum(position.holding.feeDebtUba, user.balances['fAsset'] ?? 0n);

const withDebt = (view: View, params: Params): PoolChoice[] =>
  poolsOf(view, params).filter((choice) => payableUba(view, choice) > 0n);
