/** Agents pay too late: the redeemer has the payment, and collateral as well once the agent proves it or by a claim. */
import type { Fault } from './fault.ts';

export const agentLate: Fault = {
  name: 'agent-late',
  story: 'agents pay redemptions when the payment window is over',
  plan: { agents: { late: true } },
  payments: { unpaid: true, endInDefault: true },
  ending: 'DEFAULTED_FAILED',
};
