/** An exit with zero tokens is refused. */
import { poolEnter } from '../pool-enter.ts';
import { waitForTimelock } from '../wait-for-timelock.ts';
import { defineRefusal, first } from './refusal.ts';
import { somePool } from './pools.ts';

export const poolExitZero = defineRefusal({
  name: 'pool-exit-zero',
  story: 'exits a pool with no tokens at all',
  error: 'TokenShareIsZero',
  arrange: [first(poolEnter), first(waitForTimelock)],
  plan: (view) => somePool(view, ({ position }) => (position.holding.tokensWei > 0n ? 0n : undefined)),
  attempt: ({ pool, amount }, { poolManager }) => poolManager.exit(pool, BigInt(amount)),
});
