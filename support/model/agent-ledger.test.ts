/** An agent's ledger account against what the protocol has booked, by hand. */
import { describe, expect, it } from 'vitest';
import { type AgentPayment, bookedBalanceUba } from './agent-ledger.ts';

const NOTHING = { hashes: new Set<string>(), minted: new Map() };
const incoming: AgentPayment = { hash: '0x1', reference: 'm7', isIncoming: true, deliveredDrops: 50n, feeDrops: 12n };
const outgoing: AgentPayment = { hash: '0x2', reference: 'r4', isIncoming: false, deliveredDrops: 30n, feeDrops: 12n };
const failed: AgentPayment = { ...outgoing, hash: '0x3', deliveredDrops: 0n };

describe('the underlying balance an agent must have', () => {
  it('is what the account holds, but for the difference at the start', () => {
    expect(bookedBalanceUba({ balanceDrops: 1_000n, payments: [] }, NOTHING, -900n)).toBe(100n);
  });

  it('leaves out what came in and was not proven', () => {
    expect(bookedBalanceUba({ balanceDrops: 1_050n, payments: [incoming] }, NOTHING, -900n)).toBe(100n);
  });

  it('has what came in for an executed minting, once', () => {
    const booked = { ...NOTHING, minted: new Map([['m7', { dueDrops: 50n, provenHash: undefined }]]) };
    const again = { ...incoming, hash: '0x4' };
    const small = { ...incoming, hash: '0x5', deliveredDrops: 49n };
    expect(bookedBalanceUba({ balanceDrops: 1_050n, payments: [incoming] }, booked, -900n)).toBe(150n);
    expect(bookedBalanceUba({ balanceDrops: 1_149n, payments: [small, incoming, again] }, booked, -900n)).toBe(150n);
  });

  it('has the payment that was proven, not a larger one of somebody else with the same reference', () => {
    const strange = { ...incoming, hash: '0x4', deliveredDrops: 57n };
    const ledger = { balanceDrops: 1_107n, payments: [strange, incoming] };
    const minted = (provenHash: string) => ({ ...NOTHING, minted: new Map([['m7', { dueDrops: 50n, provenHash }]]) });
    expect(bookedBalanceUba(ledger, minted(incoming.hash), -900n)).toBe(150n);
    expect(bookedBalanceUba(ledger, minted(strange.hash), -900n)).toBe(157n);
  });

  it('has what went out and was not proven, with the fee, also of a failed payment', () => {
    expect(bookedBalanceUba({ balanceDrops: 958n, payments: [outgoing] }, NOTHING, -900n)).toBe(100n);
    expect(bookedBalanceUba({ balanceDrops: 988n, payments: [failed] }, NOTHING, -900n)).toBe(100n);
  });

  it('is less what went out when that was proven', () => {
    const booked = { ...NOTHING, hashes: new Set(['0x2']) };
    expect(bookedBalanceUba({ balanceDrops: 958n, payments: [outgoing] }, booked, -900n)).toBe(58n);
  });
});
