/** Nobody withdraws the fees of others. */
import { claimableFeesUba } from '../../support/model/pool.ts';
import { mintRandomAgent } from '../mint-random-agent.ts';
import { poolEnter } from '../pool-enter.ts';
import { defineRefusal, first } from './refusal.ts';
import { somePool } from './pools.ts';

export const poolWithdrawTooMuch = defineRefusal({
  name: 'pool-withdraw-too-much',
  story: 'withdraws one base unit more than the fees that a pool owes',
  error: 'FreeFAssetBalanceTooSmall',
  arrange: [first(poolEnter), first(mintRandomAgent)],
  plan: (view) =>
    somePool(view, ({ position: { totals, holding } }) => {
      const beyondUba = claimableFeesUba(totals, holding) + 1n;
      // The pool itself must have that much, or it could not pay it out in any case.
      return beyondUba > 1n && beyondUba <= totals.feesUba ? beyondUba : undefined;
    }),
  attempt: ({ pool, amount }, { poolManager }) => poolManager.withdrawFees(pool, BigInt(amount)),
});
