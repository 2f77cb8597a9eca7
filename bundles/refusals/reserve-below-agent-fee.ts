/** A minter is never charged more than the fee that was agreed to. */
import { defineReservationRefusal } from './reserving.ts';

export const reserveBelowAgentFee = defineReservationRefusal({
  name: 'reserve-below-agent-fee',
  story: 'reserves with a maximum fee of one BIPS less than the agent takes',
  error: 'AgentsFeeTooHigh',
  spoil: ({ mostFeeBips }) =>
    mostFeeBips === '0' ? 'the agent takes no fee' : { mostFeeBips: String(BigInt(mostFeeBips) - 1n) },
});
