/** The non-payment of a paid redemption cannot be proven: the Flare Data Connector refuses the request. */
import { ATTESTATION_REFUSED } from '../../support/actors/refused.ts';
import { mintRandomAgent } from '../mint-random-agent.ts';
import { redeem } from '../redeem.ts';
import { claimDefault, redemptionOf } from './defaulting.ts';
import { defineRefusal, first } from './refusal.ts';

export const defaultPaid = defineRefusal({
  name: 'default-paid',
  story: 'claims the default of a redemption that the agent has paid',
  error: ATTESTATION_REFUSED,
  arrange: [first(mintRandomAgent), first(redeem)],
  plan(view) {
    const found = redemptionOf(view, 'ACTIVE', false);
    return typeof found === 'string' ? found : { ...found, ledger: String(view.market.point.ledger) };
  },
  // The window of the payment is still open: the question is asked for the part that is over, and the payment is in it.
  attempt: (plan, actors) => claimDefault(plan, actors, () => ({ lastBlock: BigInt(plan.ledger), lastTimestampS: 0n })),
});
