/**
 * What the redemption queue and the agents' dust must be after each minting and each request, computed from amounts only.
 *
 * Only users' mintings and redemptions; an agent's self-close or transfer to the core vault is not replayed.
 */
import type { Ticket } from './redemption.ts';

/** A ticket without its id, which the protocol chooses. */
export type QueuedValue = Pick<Ticket, 'agentVault' | 'valueUba'>;

export interface TicketQueue {
  /** From the head. */
  readonly tickets: readonly QueuedValue[];
  /** What an agent has minted beyond whole lots, by vault. */
  readonly dustUba: ReadonlyMap<string, bigint>;
}

/**
 * AgentBacking.createNewMinting: the amount and the agent's dust together; the whole lots of it go onto the last ticket of the
 * queue if that is the same agent's, else onto a new one.
 */
export function queueMinted(
  queue: TicketQueue,
  agentVault: string,
  amountUba: bigint,
  lotSizeUba: bigint,
): TicketQueue {
  const loose = (queue.dustUba.get(agentVault) ?? 0n) + amountUba;
  const restUba = loose % lotSizeUba;
  const valueUba = loose - restUba;
  const dustUba = new Map([...queue.dustUba, [agentVault, restUba]]);
  if (valueUba === 0n) return { ...queue, dustUba };
  const last = queue.tickets.at(-1);
  const tickets =
    last?.agentVault === agentVault
      ? [...queue.tickets.slice(0, -1), { agentVault, valueUba: last.valueUba + valueUba }]
      : [...queue.tickets, { agentVault, valueUba }];
  return { tickets, dustUba };
}

/**
 * Redemptions.removeFromTicket: what is taken from an agent comes from its oldest tickets and its dust together; what is left
 * is split again into whole lots and dust. Asked for in lots or not, that comes to the same.
 */
export function queueRedeemed(
  queue: TicketQueue,
  agentVault: string,
  amountUba: bigint,
  lotSizeUba: bigint,
): TicketQueue {
  const ownUba = queue.tickets.reduce(
    (sum, ticket) => sum + (ticket.agentVault === agentVault ? ticket.valueUba : 0n),
    0n,
  );
  const leftUba = ownUba + (queue.dustUba.get(agentVault) ?? 0n) - amountUba;
  const restUba = leftUba % lotSizeUba;
  let takenUba = ownUba - (leftUba - restUba);
  const tickets = queue.tickets.flatMap((ticket) => {
    if (ticket.agentVault !== agentVault || takenUba === 0n) return [ticket];
    const valueUba = ticket.valueUba - takenUba;
    takenUba = valueUba < 0n ? -valueUba : 0n;
    return valueUba > 0n ? [{ agentVault, valueUba }] : [];
  });
  return { tickets, dustUba: new Map([...queue.dustUba, [agentVault, restUba]]) };
}

/** For people, and to compare. */
export const valuesText = (tickets: readonly QueuedValue[]): string =>
  tickets.map(({ agentVault, valueUba }) => `${agentVault}: ${valueUba}`).join(', ');
