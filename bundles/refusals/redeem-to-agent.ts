/** An agent must not be made to pay itself. */
import { mintRandomAgent } from '../mint-random-agent.ts';
import { canRedeem } from '../redeeming.ts';
import { defineRefusal, first } from './refusal.ts';

export const redeemToAgent = defineRefusal({
  name: 'redeem-to-agent',
  story: 'redeems a lot to the ledger address of the agent that must pay it',
  error: 'CannotRedeemToAgentsAddress',
  arrange: [first(mintRandomAgent)],
  plan(view) {
    const enabled = canRedeem(view);
    if (enabled !== true) return enabled;
    const payer = view.market.queue[0]?.agentVault;
    const agent = view.market.agents.find(({ vault }) => vault === payer);
    return agent === undefined
      ? 'the first agent of the queue is not known'
      : { paymentAddress: agent.underlyingAddress };
  },
  attempt: ({ paymentAddress }, { redeemer }) => redeemer.redeem(1n, { paymentAddress }),
});
