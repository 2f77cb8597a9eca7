/** The smallest entry into a pool is one whole coin. */
import { LEAST_ENTRY_WEI, mostEntryWei } from '../pooling.ts';
import { defineRefusal } from './refusal.ts';
import { somePool } from './pools.ts';

export const poolEnterBelowMinimum = defineRefusal({
  name: 'pool-enter-below-minimum',
  story: 'enters a pool with one wei less than the least entry',
  error: 'AmountOfNatTooLow',
  plan: (view) =>
    mostEntryWei(view) === 0n ? 'the user has too little native coin' : somePool(view, () => LEAST_ENTRY_WEI - 1n),
  attempt: ({ pool, amount }, { poolManager }) => poolManager.enter(pool, BigInt(amount)),
});
