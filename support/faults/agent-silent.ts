/** Agents do not pay: the redeemer waits out the payment window and takes collateral. */
import type { Fault } from './fault.ts';

export const agentSilent: Fault = {
  name: 'agent-silent',
  story: 'agents pay no redemption',
  plan: { agents: { silent: true } },
  payments: { unpaid: true },
  ending: 'DEFAULTED_UNCONFIRMED',
};
