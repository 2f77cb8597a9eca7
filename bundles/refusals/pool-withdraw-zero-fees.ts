/** A withdrawal of zero fees is refused. */
import { claimableFeesUba } from '../../support/model/pool.ts';
import { mintRandomAgent } from '../mint-random-agent.ts';
import { poolEnter } from '../pool-enter.ts';
import { defineRefusal, first } from './refusal.ts';
import { somePool } from './pools.ts';

export const poolWithdrawZeroFees = defineRefusal({
  name: 'pool-withdraw-zero-fees',
  story: 'withdraws none of the fees that a pool owes',
  error: 'WithdrawZeroFAsset',
  arrange: [first(poolEnter), first(mintRandomAgent)],
  plan: (view) =>
    somePool(view, ({ position }) => (claimableFeesUba(position.totals, position.holding) > 0n ? 0n : undefined)),
  attempt: ({ pool, amount }, { poolManager }) => poolManager.withdrawFees(pool, BigInt(amount)),
});
