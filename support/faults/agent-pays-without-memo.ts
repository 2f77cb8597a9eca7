/** Agents leave out the reference: such a payment counts for nothing, and the redeemer takes collateral on top of it. */
import type { Fault } from './fault.ts';

export const agentPaysWithoutMemo: Fault = {
  name: 'agent-pays-without-memo',
  story: 'agents pay redemptions without the payment reference',
  plan: { agents: { withoutMemo: true } },
  ending: 'DEFAULTED_UNCONFIRMED',
  payments: { unpaid: true, withoutReference: true },
};
