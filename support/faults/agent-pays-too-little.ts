/** Agents pay less than is due: when they prove it, the protocol pays the redeemer collateral without being asked. */
import type { Fault } from './fault.ts';

/** Unlike any fee or rounding, so that no other fault passes for this one. */
const SHORT_BY_DROPS = 1_234_567n;

export const agentPaysTooLittle: Fault = {
  name: 'agent-pays-too-little',
  story: 'agents pay redemptions short',
  plan: { agents: { payLessDrops: String(SHORT_BY_DROPS) } },
  ending: 'DEFAULTED_FAILED',
  payments: { shortByDrops: SHORT_BY_DROPS, endInDefault: true },
};
