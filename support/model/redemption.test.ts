/** The walk over the redemption queue: order, dust, limits, remainders, fees. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Ticket, walkQueue } from './redemption.ts';

const LOT_UBA = 10_000_000n;
const TERMS = { lotSizeUba: LOT_UBA, maxRedeemedTickets: 20n, redemptionFeeBips: 50n };
const NO_DUST = new Map<string, bigint>();

const ticket = (id: bigint, agentVault: string, lots: bigint): Ticket => ({ id, agentVault, valueUba: lots * LOT_UBA });
const redeemLots = (lots: bigint, queue: readonly Ticket[], dust = NO_DUST, terms = TERMS) =>
  walkQueue(lots * LOT_UBA, queue, dust, LOT_UBA, terms);

describe('walkQueue', () => {
  test('takes from the head and leaves the rest', () => {
    expect(redeemLots(3n, [ticket(1n, 'a', 2n), ticket(2n, 'b', 5n)])).toMatchObject({
      requests: [
        { agentVault: 'a', valueUba: 20_000_000n, feeUba: 100_000n, paymentUba: 19_900_000n },
        { agentVault: 'b', valueUba: 10_000_000n, feeUba: 50_000n, paymentUba: 9_950_000n },
      ],
      burnedUba: 30_000_000n,
      remainingUba: 0n,
      tickets: 2,
      dustUba: 0n,
      dustLeftUba: 0n,
    });
  });

  test('one request for each agent, at the place of its first ticket', () => {
    const queue = [ticket(1n, 'b', 1n), ticket(2n, 'a', 1n), ticket(3n, 'b', 1n)];
    const { requests } = redeemLots(3n, queue);
    expect(requests.map(({ agentVault, valueUba }) => [agentVault, valueUba])).toEqual([
      ['b', 20_000_000n],
      ['a', 10_000_000n],
    ]);
  });

  test('a short queue redeems what there is', () => {
    expect(redeemLots(5n, [ticket(1n, 'a', 2n)])).toMatchObject({ burnedUba: 20_000_000n, remainingUba: 30_000_000n });
    expect(redeemLots(5n, [])).toMatchObject({ requests: [], burnedUba: 0n, remainingUba: 50_000_000n, tickets: 0 });
  });

  test('no more tickets than the protocol allows at once', () => {
    const queue = Array.from({ length: 4 }, (_, index) => ticket(BigInt(index), `agent ${index}`, 1n));
    const { requests, burnedUba } = redeemLots(4n, queue, NO_DUST, { ...TERMS, maxRedeemedTickets: 3n });
    expect(requests).toHaveLength(3);
    expect(burnedUba).toBe(30_000_000n);
  });

  test("an agent's dust goes with its first ticket when both together make a lot", () => {
    const queue: Ticket[] = [{ id: 1n, agentVault: 'a', valueUba: 9_999_999n }];
    expect(redeemLots(1n, queue, new Map([['a', 1n]])).burnedUba).toBe(10_000_000n);
    expect(redeemLots(1n, queue, new Map([['b', 1n]])).burnedUba).toBe(0n);
  });

  test('a ticket below a lot is passed over, what it holds counts with the next of that agent', () => {
    const queue: Ticket[] = [
      { id: 1n, agentVault: 'a', valueUba: 6_000_000n },
      ticket(2n, 'b', 1n),
      { id: 3n, agentVault: 'a', valueUba: 4_000_000n },
    ];
    expect(redeemLots(2n, queue).requests.map(({ agentVault }) => agentVault)).toEqual(['b', 'a']);
  });

  test('recorded: any amount, in steps of one AMG, first from the ticket of an agent with dust', () => {
    const first = walkQueue(7_654_321n, [ticket(3n, 'c', 2n)], new Map([['c', 320_000n]]), 1n, TERMS);
    expect(first.requests).toEqual([
      { agentVault: 'c', valueUba: 7_654_321n, feeUba: 38_271n, paymentUba: 7_616_050n },
    ]);
    const second = walkQueue(6_000_000n, [ticket(3n, 'c', 1n)], new Map([['c', 2_665_679n]]), 1n, TERMS);
    expect(second.requests).toMatchObject([{ valueUba: 6_000_000n, feeUba: 30_000n }]);
  });

  test('an amount that is no multiple of the step is lowered to one', () => {
    expect(walkQueue(1_999n, [ticket(1n, 'a', 1n)], NO_DUST, 1_000n, TERMS)).toMatchObject({
      burnedUba: 1_000n,
      remainingUba: 999n,
    });
  });

  test('never burns more than asked for or than tickets and dust hold, and pays value − fee', () => {
    const agent: fc.Arbitrary<string> = fc.constantFrom('a', 'b', 'c');
    const tickets = fc.array(fc.tuple(agent, fc.bigInt({ min: 1n, max: 60_000_000n })), { maxLength: 30 });
    const dust = fc.array(fc.tuple(agent, fc.bigInt({ min: 0n, max: LOT_UBA - 1n })), { maxLength: 3 });
    fc.assert(
      fc.property(tickets, dust, fc.bigInt({ min: 0n, max: 40n }), (drawn, dusty, lots) => {
        const queue = drawn.map(([agentVault, valueUba], index) => ({ id: BigInt(index), agentVault, valueUba }));
        const dustOfAgent = new Map<string, bigint>(dusty);
        const { requests, burnedUba, remainingUba } = redeemLots(lots, queue, dustOfAgent);
        expect(burnedUba + remainingUba).toBe(lots * LOT_UBA);
        for (const request of requests) {
          const held = queue.filter(({ agentVault }) => agentVault === request.agentVault);
          const most = held.reduce((sum, { valueUba }) => sum + valueUba, dustOfAgent.get(request.agentVault) ?? 0n);
          expect(request.valueUba > 0n && request.valueUba <= most && request.valueUba % LOT_UBA === 0n).toBe(true);
          expect(request.paymentUba + request.feeUba).toBe(request.valueUba);
        }
      }),
    );
  });
});
