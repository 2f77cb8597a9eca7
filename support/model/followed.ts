/**
 * What somebody knows who only follows the protocol's events, as wallets and indexers do: the redemption queue, the agents'
 * dust, the holders' fee debts. It must be what the protocol's views tell, and what was computed from amounts.
 */
import type { Ticket } from './redemption.ts';
import { type QueuedValue, type TicketQueue, valuesText } from './ticket-queue.ts';

export interface Followed {
  /** From the head. */
  readonly tickets: readonly Ticket[];
  /** By vault. */
  readonly dustUba: ReadonlyMap<string, bigint>;
  /** By the pool's vault and the holder's address, as `debtKey` makes it. */
  readonly feeDebtsUba: ReadonlyMap<string, ToldDebt>;
}

export interface ToldDebt {
  readonly debtUba: bigint;
  /** Hash of the transaction that told it; undefined for what stood when the play began. */
  readonly toldBy: string | undefined;
}

/** An event as it is told; addresses are lower-case. */
export type FollowedEvent =
  | { readonly name: 'RedemptionTicketCreated' | 'RedemptionTicketUpdated'; readonly ticket: Ticket }
  | { readonly name: 'RedemptionTicketDeleted'; readonly ticket: Pick<Ticket, 'id' | 'agentVault'> }
  | { readonly name: 'DustChanged'; readonly vault: string; readonly dustUba: bigint }
  | {
      readonly name: 'CPFeeDebtChanged';
      readonly vault: string;
      readonly holder: string;
      readonly debtUba: bigint;
    };

export const debtKey = (vault: string, holder: string): string => `${vault} ${holder}`;

/** After one more event. One about a ticket that is not there changes nothing, or shows as a ticket too many. */
export function follow(followed: Followed, event: FollowedEvent, transaction: string): Followed {
  const { tickets } = followed;
  switch (event.name) {
    case 'RedemptionTicketCreated':
      return { ...followed, tickets: [...tickets, event.ticket] };
    case 'RedemptionTicketUpdated':
      return {
        ...followed,
        tickets: tickets.some((ticket) => isSame(ticket, event.ticket))
          ? tickets.map((ticket) => (isSame(ticket, event.ticket) ? event.ticket : ticket))
          : [...tickets, event.ticket],
      };
    case 'RedemptionTicketDeleted':
      return { ...followed, tickets: tickets.filter((ticket) => !isSame(ticket, event.ticket)) };
    case 'DustChanged':
      return { ...followed, dustUba: new Map([...followed.dustUba, [event.vault, event.dustUba]]) };
    case 'CPFeeDebtChanged': {
      const told: ToldDebt = { debtUba: event.debtUba, toldBy: transaction };
      return {
        ...followed,
        feeDebtsUba: new Map([...followed.feeDebtsUba, [debtKey(event.vault, event.holder), told]]),
      };
    }
  }
}

type Told = { readonly tickets: readonly QueuedValue[]; readonly dustUba: ReadonlyMap<string, bigint> };

/** How the tickets and the dust that were told differ from those that must be; undefined when they don't. */
export function toldOtherwise(followed: Told, queue: TicketQueue): { expected: string; actual: string } | undefined {
  const [expected, actual] = [queueText(queue), queueText(followed)];
  return expected === actual ? undefined : { expected, actual };
}

const isSame = (one: Pick<Ticket, 'id' | 'agentVault'>, other: Pick<Ticket, 'id' | 'agentVault'>): boolean =>
  one.id === other.id && one.agentVault === other.agentVault;

function queueText({ tickets, dustUba }: Told): string {
  const dust = [...dustUba]
    .filter(([, amountUba]) => amountUba !== 0n)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `tickets ${valuesText(tickets)}; dust ${dust.map(([vault, amountUba]) => `${vault}: ${amountUba}`).join(', ')}`;
}
