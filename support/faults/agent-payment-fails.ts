/** Agents' payments get nowhere: when they prove that, the protocol pays the redeemer collateral without being asked. */
import type { Fault } from './fault.ts';

export const agentPaymentFails: Fault = {
  name: 'agent-payment-fails',
  story: 'payments of agents fail on the ledger by their own fault',
  plan: { ledger: { failPayments: { code: 'tecPATH_DRY', from: 'agents' } } },
  payments: { endInDefault: true },
  ending: 'DEFAULTED_FAILED',
};
