/** Tokens cannot be exited before their timelock ends. */
import { maximum } from '../../support/units/amounts.ts';
import { poolEnter } from '../pool-enter.ts';
import { exitRange } from '../pooling.ts';
import { defineRefusal, first } from './refusal.ts';
import { freeTokensWei, somePool } from './pools.ts';

export const poolExitTimelocked = defineRefusal({
  name: 'pool-exit-timelocked',
  story: 'exits a pool right after entering it, with the least amount that is still locked',
  error: 'InsufficientNonTimelockedBalance',
  arrange: [first(poolEnter)],
  plan: (view) =>
    somePool(view, (choice) => {
      const possible = exitRange({ ...view, timelocks: {} }, choice);
      if (possible === undefined) return undefined;
      const tokensWei = maximum(freeTokensWei(view, choice) + 1n, possible.low);
      return tokensWei <= possible.high ? tokensWei : undefined;
    }),
  attempt: ({ pool, amount }, { poolManager }) => poolManager.exit(pool, BigInt(amount)),
});
