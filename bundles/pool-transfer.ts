/** Transfers debt-free, unlocked pool tokens to another user. A step of stories: `to` and `pool` must be given. */
import { NOTHING_EXPECTED } from '../support/model/statement.ts';
import type { Actors } from '../support/actors/actors.ts';
import { transferableTokensWei } from '../support/model/pool.ts';
import { type Params, type View, defineBundle } from '../support/sequence/bundle.ts';
import { minimum } from '../support/units/amounts.ts';
import { type PoolChoice, poolsOf } from './pooling.ts';

interface TransferPlan extends Record<string, string> {
  readonly agentVault: string;
  readonly poolToken: string;
  readonly to: string;
  readonly tokensWei: string;
}

export const poolTransfer = defineBundle<Actors, TransferPlan, null>({
  name: 'pool-transfer',
  story: 'transfers debt-free pool tokens to another user, at most as many as asked for',
  choices: [],
  params: ['pool', 'to', 'tokens'],
  arrange: [],
  enabled(view, params) {
    if (params['to'] === undefined) return 'nobody is named to transfer to';
    return transferable(view, params).length > 0 || 'the user has no pool tokens that may be transferred';
  },
  resolve(view, _choices, params) {
    const [found] = transferable(view, params);
    if (found === undefined) throw new Error('there is nothing to transfer');
    const { agent, mostWei } = found;
    const wanted = params['tokens'];
    return {
      agentVault: agent.vault,
      poolToken: agent.poolToken,
      to: params['to'] ?? '',
      tokensWei: String(wanted === undefined ? mostWei : minimum(BigInt(wanted), mostWei)),
    };
  },
  async run(plan, { poolManager }) {
    await poolManager.transferTokens(plan.poolToken, plan.to, BigInt(plan.tokensWei));
    return null;
  },
  // Both holders' accounts are moved by the replay of the transfer event.
  expected: () => NOTHING_EXPECTED,
});

function transferable(view: View, params: Params): (PoolChoice & { mostWei: bigint })[] {
  return poolsOf(view, params)
    .map((choice) => ({ ...choice, mostWei: mostTransferable(view, choice) }))
    .filter(({ mostWei }) => mostWei > 0n);
}

function mostTransferable(view: View, { agent, position }: PoolChoice): bigint {
  const locks = view.timelocks[agent.vault] ?? [];
  return transferableTokensWei(position.totals, position.holding, locks, BigInt(view.market.point.timeS));
}
