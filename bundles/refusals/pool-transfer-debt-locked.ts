/** Pool tokens that owe fees to the pool cannot be transferred. */
import { debtFreeTokensWei } from '../../support/model/pool.ts';
import { mintRandomAgent } from '../mint-random-agent.ts';
import { poolEnter } from '../pool-enter.ts';
import { waitForTimelock } from '../wait-for-timelock.ts';
import { defineRefusal, first } from './refusal.ts';
import { freeTokensWei, somePool } from './pools.ts';

export const poolTransferDebtLocked = defineRefusal({
  name: 'pool-transfer-debt-locked',
  story: 'transfers one unit of pool tokens more than is free of fee debt, though none is timelocked',
  error: 'InsufficientTransferableBalance',
  params: ['to'],
  arrange: [first(mintRandomAgent), first(poolEnter), first(waitForTimelock)],
  about: (_view, partnerAddress) => ({ to: partnerAddress }),
  plan(view, { to }) {
    if (to === undefined) return 'nobody is named to transfer to';
    const act = somePool(view, (choice) => {
      const { totals, holding } = choice.position;
      const tokensWei = debtFreeTokensWei(totals, holding) + 1n;
      return tokensWei <= freeTokensWei(view, choice) ? tokensWei : undefined;
    });
    return typeof act === 'string' ? act : { ...act, to };
  },
  attempt: ({ poolToken, amount, to }, { poolManager }) => poolManager.transferTokens(poolToken, to, BigInt(amount)),
});
