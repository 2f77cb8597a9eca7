/** Agents' payments get nowhere: when they prove that, the protocol pays the redeemer collateral without being asked. */
import type { Fault } from './fault.ts';
import { wellKnownActor } from '../devnet/well-known.ts';

/** As many as AGENTS may ask for. */
const MOST_AGENTS = 20;
const agents = Array.from({ length: MOST_AGENTS }, (_, index) => wellKnownActor(`agent ${index + 1}`).ledgerAddress);

export const agentPaymentFails: Fault = {
  name: 'agent-payment-fails',
  story: 'payments of agents fail on the ledger by their own fault',
  plan: { ledger: { failPayments: { code: 'tecPATH_DRY', from: agents } } },
  payments: { endInDefault: true },
  ending: 'DEFAULTED_FAILED',
  rulesOut: ['redeem-block-underlying'],
};
