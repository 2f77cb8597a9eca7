/** The queue after mintings and requests, by hand. */
import { describe, expect, it } from 'vitest';
import { type TicketQueue, queueMinted, queueRedeemed } from './ticket-queue.ts';

const LOT = 10n;
const ticket = (agentVault: string, valueUba: bigint) => ({ agentVault, valueUba });
const queue: TicketQueue = {
  tickets: [ticket('a', 20n), ticket('b', 10n), ticket('a', 30n)],
  dustUba: new Map([['a', 4n]]),
};

describe('a minting', () => {
  it("grows the queue's last ticket when that is the agent's own", () => {
    const { tickets, dustUba } = queueMinted(queue, 'a', 13n, LOT);
    expect(tickets).toEqual([ticket('a', 20n), ticket('b', 10n), ticket('a', 40n)]);
    expect(dustUba.get('a')).toBe(7n);
  });

  it("makes a new ticket behind another agent's", () => {
    expect(queueMinted(queue, 'b', 10n, LOT).tickets).toEqual([...queue.tickets, ticket('b', 10n)]);
  });

  it('makes a lot of dust a ticket', () => {
    const { tickets, dustUba } = queueMinted(queue, 'a', 6n, LOT);
    expect(tickets.at(-1)).toEqual(ticket('a', 40n));
    expect(dustUba.get('a')).toBe(0n);
  });

  it('of less than a lot is dust alone', () => {
    const { tickets, dustUba } = queueMinted(queue, 'b', 9n, LOT);
    expect(tickets).toEqual(queue.tickets);
    expect(dustUba.get('b')).toBe(9n);
  });
});

describe('a redemption', () => {
  it("of lots takes the agent's oldest tickets and leaves its dust", () => {
    const { tickets, dustUba } = queueRedeemed(queue, 'a', 30n, LOT);
    expect(tickets).toEqual([ticket('b', 10n), ticket('a', 20n)]);
    expect(dustUba.get('a')).toBe(4n);
  });

  it('of an amount takes the dust along', () => {
    const { tickets, dustUba } = queueRedeemed(queue, 'a', 24n, LOT);
    expect(tickets).toEqual([ticket('b', 10n), ticket('a', 30n)]);
    expect(dustUba.get('a')).toBe(0n);
  });

  it('leaves less than a lot as dust', () => {
    const { tickets, dustUba } = queueRedeemed(queue, 'b', 7n, LOT);
    expect(tickets).toEqual([ticket('a', 20n), ticket('a', 30n)]);
    expect(dustUba.get('b')).toBe(3n);
  });
});
