/** Nothing cannot be redeemed (v1.3; before, the call did nothing and was not refused). */
import { mintRandomAgent } from '../mint-random-agent.ts';
import { canRedeem } from '../redeeming.ts';
import { defineRefusal, first } from './refusal.ts';

export const redeemZeroLots = defineRefusal({
  name: 'redeem-zero-lots',
  story: 'redeems no lot at all',
  error: 'RedeemZeroLots',
  needs: ['redeemAmount'],
  arrange: [first(mintRandomAgent)],
  plan(view) {
    const enabled = canRedeem(view);
    return enabled === true ? {} : enabled;
  },
  attempt: (_plan, { redeemer }) => redeemer.redeem(0n),
});
