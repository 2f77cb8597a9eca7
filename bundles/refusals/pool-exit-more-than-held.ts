/** Nobody can exit a pool with more tokens than they hold. */
import { poolEnter } from '../pool-enter.ts';
import { waitForTimelock } from '../wait-for-timelock.ts';
import { defineRefusal, first } from './refusal.ts';
import { somePool } from './pools.ts';

export const poolExitMoreThanHeld = defineRefusal({
  name: 'pool-exit-more-than-held',
  story: 'exits a pool with one token unit more than held',
  error: 'TokenBalanceTooLow',
  arrange: [first(poolEnter), first(waitForTimelock)],
  plan: (view) =>
    somePool(view, ({ position: { holding } }) => (holding.tokensWei > 0n ? holding.tokensWei + 1n : undefined)),
  attempt: ({ pool, amount }, { poolManager }) => poolManager.exit(pool, BigInt(amount)),
});
