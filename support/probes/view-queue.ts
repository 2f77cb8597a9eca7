/** The redemption queue, whole and by agent, page by page. */
import type { Ticket } from '../model/redemption.ts';

/** Tickets as the views tell them. */
export const ticketsShown = (tickets: readonly Ticket[]): unknown[] =>
  tickets.map(({ id, agentVault, valueUba }) => ({ redemptionTicketId: id, agentVault, ticketValueUBA: valueUba }));
