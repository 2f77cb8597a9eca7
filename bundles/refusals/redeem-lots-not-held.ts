/** A user without FAssets cannot redeem, even if the queue has tickets of others. */
import { mintRandomAgent } from '../mint-random-agent.ts';
import { predictedLots } from '../redeeming.ts';
import { defineRefusal, first } from './refusal.ts';

export const redeemLotsNotHeld = defineRefusal({
  name: 'redeem-lots-not-held',
  story: 'redeems one lot more than held, of lots that somebody else minted',
  error: 'FAssetBalanceTooLow',
  by: 'partner',
  arrange: [first(mintRandomAgent)],
  plan({ market, user }) {
    const { lotSizeUba } = market.settings;
    const lots = (user.balances['fAsset'] ?? 0n) / lotSizeUba + 1n;
    const isInQueue = predictedLots(market, lots).burnedUba === lots * lotSizeUba;
    return isInQueue ? { lots: String(lots) } : 'the queue has no more than the user holds';
  },
  attempt: ({ lots }, { redeemer }) => redeemer.redeem(BigInt(lots)),
});
