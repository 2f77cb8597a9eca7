/** The smallest redemption is a setting (v1.3). */
import { mintRandomAgent } from '../mint-random-agent.ts';
import { canRedeem } from '../redeeming.ts';
import { defineRefusal, first } from './refusal.ts';

export const redeemAmountBelowMinimum = defineRefusal({
  name: 'redeem-amount-below-minimum',
  story: 'redeems one base unit less than the minimum',
  error: 'RedemptionTooSmall',
  needs: ['redeemAmount'],
  arrange: [first(mintRandomAgent)],
  plan(view) {
    const enabled = canRedeem(view);
    if (enabled !== true) return enabled;
    const minimumUba = view.market.settings.minimumRedeemAmountUba ?? 0n;
    return minimumUba < 2n ? 'there is no minimum' : { amountUba: String(minimumUba - 1n) };
  },
  attempt: ({ amountUba }, { redeemer }) => redeemer.redeemAmount(BigInt(amountUba)),
});
