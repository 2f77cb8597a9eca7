/** A redemption that ended with its payment cannot be defaulted any more, whatever is proven. */
import { mintRandomAgent } from '../mint-random-agent.ts';
import { redeem } from '../redeem.ts';
import { claimDefault, redemptionOf } from './defaulting.ts';
import { defineRefusal, first } from './refusal.ts';
import { idOf } from '../../support/model/records.ts';

export const defaultConfirmed = defineRefusal({
  name: 'default-confirmed',
  story: 'claims the default of a redemption whose payment has been confirmed',
  error: 'InvalidRequestId',
  arrange: [first(mintRandomAgent), first(redeem)],
  plan(view) {
    const found = redemptionOf(view, 'ACTIVE', false);
    return typeof found === 'string' ? found : { ...found, ledger: String(view.market.point.ledger) };
  },
  async attempt(plan, actors) {
    const request = await actors.redeemer.readRequest(idOf(plan.redemption));
    await actors.redeemer.awaitEnds([request]);
    // One drop more than owed was never paid, so that much can be proven.
    return claimDefault(plan, actors, ({ paymentUba }) => ({
      paymentUba: paymentUba + 1n,
      lastBlock: BigInt(plan.ledger),
      lastTimestampS: 0n,
    }));
  },
});
