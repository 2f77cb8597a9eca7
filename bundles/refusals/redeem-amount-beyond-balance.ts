/** Not one unit more than held can be redeemed, even if the queue has it: the pool's part of the minting fee (v1.3). */
import { mintRandomAgent } from '../mint-random-agent.ts';
import { predictedAmount } from '../redeeming.ts';
import { defineRefusal, first } from './refusal.ts';

export const redeemAmountBeyondBalance = defineRefusal({
  name: 'redeem-amount-beyond-balance',
  story: 'redeems one base unit more than held',
  error: 'FAssetBalanceTooLow',
  needs: ['redeemAmount'],
  arrange: [first(mintRandomAgent)],
  plan({ market, user }) {
    const amountUba = (user.balances['fAsset'] ?? 0n) + 1n;
    if (amountUba < (market.settings.minimumRedeemAmountUba ?? 0n)) return 'that is less than the minimum';
    const isInQueue = predictedAmount(market, amountUba).burnedUba === amountUba;
    return isInQueue ? { amountUba: String(amountUba) } : 'the queue has no more than the user holds';
  },
  attempt: ({ amountUba }, { redeemer }) => redeemer.redeemAmount(BigInt(amountUba)),
});
