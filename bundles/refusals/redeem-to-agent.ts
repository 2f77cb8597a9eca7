/** An agent cannot be made to pay itself. */
import { mintRandomAgent } from '../mint-random-agent.ts';
import { canRedeem, predictedLots } from '../redeeming.ts';
import { defineRefusal, first } from './refusal.ts';

export const redeemToAgent = defineRefusal({
  name: 'redeem-to-agent',
  story: 'redeems a lot to the ledger address of the agent that must pay it',
  error: 'CannotRedeemToAgentsAddress',
  arrange: [first(mintRandomAgent)],
  plan(view) {
    const enabled = canRedeem(view);
    if (enabled !== true) return enabled;
    const payer = predictedLots(view.market, 1n).requests[0]?.agentVault;
    const agent = view.market.agents.find(({ vault }) => vault === payer);
    return agent === undefined ? 'the agent that must pay is not known' : { paymentAddress: agent.underlyingAddress };
  },
  attempt: ({ paymentAddress }, { redeemer }) => redeemer.redeem(1n, { paymentAddress }),
});
