/** Only agents can be minted with: the pool of an agent is a contract of the protocol, but no agent. */
import { defineReservationRefusal } from './reserving.ts';

export const reserveUnknownVault = defineReservationRefusal({
  name: 'reserve-unknown-vault',
  story: 'reserves with an address that is no agent vault',
  error: 'InvalidAgentVaultAddress',
  spoil: (_order, { pool }) => ({ agentVault: pool }),
});
