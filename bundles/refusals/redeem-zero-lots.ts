/** A redemption of zero lots is refused (v1.3; in earlier releases the call did nothing). */
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
