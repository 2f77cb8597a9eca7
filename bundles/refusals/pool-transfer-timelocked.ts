/** Timelocked pool tokens cannot be transferred. */
import { debtFreeTokensWei } from '../../support/model/pool.ts';
import { poolEnter } from '../pool-enter.ts';
import { defineRefusal, first } from './refusal.ts';
import { freeTokensWei, somePool } from './pools.ts';

export const poolTransferTimelocked = defineRefusal({
  name: 'pool-transfer-timelocked',
  story: 'transfers one unit of pool tokens more than is free of timelocks, though it is free of debt',
  error: 'InsufficientNonTimelockedBalance',
  params: ['to'],
  arrange: [first(poolEnter)],
  about: (_view, partnerAddress) => ({ to: partnerAddress }),
  plan(view, { to }) {
    if (to === undefined) return 'nobody is named to transfer to';
    const act = somePool(view, (choice) => {
      const { totals, holding } = choice.position;
      const tokensWei = freeTokensWei(view, choice) + 1n;
      return tokensWei <= debtFreeTokensWei(totals, holding) ? tokensWei : undefined;
    });
    return typeof act === 'string' ? act : { ...act, to };
  },
  attempt: ({ poolToken, amount, to }, { poolManager }) => poolManager.transferTokens(poolToken, to, BigInt(amount)),
});
