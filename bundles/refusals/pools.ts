/** What the refusals of pool acts share: the first pool in which there is something to be refused. */
import { timelockedTokensWei } from '../../support/model/pool.ts';
import type { View } from '../../support/sequence/bundle.ts';
import { type PoolChoice, poolsOf } from '../pooling.ts';

export interface PoolAct extends Record<string, string> {
  readonly agentVault: string;
  readonly pool: string;
  readonly poolToken: string;
  readonly amount: string;
}

/** The first pool for which there is an amount. */
export function somePool(view: View, amountOf: (choice: PoolChoice) => bigint | undefined): PoolAct | string {
  for (const choice of poolsOf(view, {})) {
    const amount = amountOf(choice);
    const { vault, pool, poolToken } = choice.agent;
    if (amount !== undefined) return { agentVault: vault, pool, poolToken, amount: String(amount) };
  }
  return 'in no pool there is anything to refuse';
}

/** Tokens of the user that are not timelocked. */
export function freeTokensWei(view: View, { agent, position }: PoolChoice): bigint {
  const locks = view.timelocks[agent.vault] ?? [];
  const lockedWei = timelockedTokensWei(position.holding, locks, BigInt(view.market.point.timeS));
  return position.holding.tokensWei - lockedWei;
}
