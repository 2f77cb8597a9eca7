/** Agents pay twice: the second payment is a gift, the redemption ends as ever. */
import type { Fault } from './fault.ts';

export const agentPaysTwice: Fault = {
  name: 'agent-pays-twice',
  story: 'agents pay every redemption twice',
  plan: { agents: { payTwice: true } },
  ending: 'SUCCESSFUL',
  payments: { twice: true },
};
