/** What users get and give back, to the last unit, fees included; and what the funder has of it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { RunHistory, accountsOf } from '../sequence/history.ts';
import { openBook } from '../sequence/runner.ts';
import { collect, fundUsers } from './fund.ts';
import { GAS, LEDGER_FEE, RESERVE, ToyNetwork, type ToyUser, VAULT_TOKEN } from './testing/toy-network.ts';

let network: ToyNetwork;
let history: RunHistory;
let funder: ToyUser;
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'fund-'));
  network = new ToyNetwork();
  history = new RunHistory(join(folder, 'history.jsonl'));
  history.begin();
  funder = network.user('funder', { native: 100_000n, xrp: 90_000_000n });
  return () => rmSync(folder, { recursive: true });
});

const sessionsOf = (users: readonly ToyUser[]) => users.map(({ session }) => session);
const fund = (...users: readonly ToyUser[]) =>
  fundUsers(network.world, funder.session, sessionsOf(users), () => ({ nativeWei: 500n, drops: 3_000_000n }), history);
const collectFrom = (users: readonly ToyUser[], funding: Awaited<ReturnType<typeof fund>>, keepsNative = false) =>
  collect(network.world, funder.session, sessionsOf(users), funding, history, () => keepsNative);

describe('funding', () => {
  test('one after the other gets just what was allowed, and opens their account with it', async () => {
    const users = [network.user('user-1', { xrp: 4n }), network.user('user-2', {})];
    const { before, funded } = await fund(...users);
    expect(network.acts).toEqual([
      'funder: 500 native to user-1',
      'funder: 3000000 xrp to user-1',
      'funder: 500 native to user-2',
      'funder: 3000000 xrp to user-2',
    ]);
    expect(before.get('user-1')?.balances['xrp'], 'read before anything was given').toBe(4n);
    expect(funded.get('user-1')).toEqual({ native: 500n, xrp: 3_000_000n });
    const { book, movements } = accountsOf(history.read()).get('user-1') ?? {};
    expect(book?.state.balances).toMatchObject({ native: 500n, xrp: 3_000_004n });
    expect(movements).toEqual([]);
  });

  test('what is nothing is not sent', async () => {
    const user = network.user('user-1', {});
    const none = () => ({ nativeWei: 0n, drops: 0n });
    await fundUsers(network.world, funder.session, [user.session], none, history);
    expect(network.acts).toEqual([]);
  });

  test('who begins with something open begins with that book', async () => {
    const user = network.user('user-1', {});
    user.records['minting 7'] = { status: 'ACTIVE' };
    const bookOf = async () => ({
      ...openBook(user.state(['minting 7'])),
      notes: { 'minting 7': { paymentHash: 'AB' } },
    });
    const allowance = () => ({ nativeWei: 1n, drops: 1n });
    await fundUsers(network.world, funder.session, [user.session], allowance, history, bookOf);
    expect(accountsOf(history.read()).get('user-1')?.book).toMatchObject({
      notes: { 'minting 7': { paymentHash: 'AB' } },
    });
  });

  test('a transfer that fails ends it, and nobody else is given anything', async () => {
    const users = [network.user('user-1', {}), network.user('user-2', {})];
    funder.failing.set('3000000 xrp to user-1', new Error('ledger: no answer'));
    await expect(fund(...users)).rejects.toThrow('ledger: no answer');
    expect(network.acts).toEqual(['funder: 500 native to user-1']);
  });
});

describe('collecting', () => {
  test('everything comes home: tokens, XRP down to the reserve, native coin last, since it pays for the rest', async () => {
    const user = network.user('user-1', { fAsset: 30n, [`vault token ${VAULT_TOKEN}`]: 4n, wNat: 5n });
    const funding = await fund(user);
    network.acts.length = 0;
    const { statement, money, funderDifferences, troubles } = await collectFrom([user], funding);
    const native = 500n - 4n * GAS;
    expect(network.acts).toEqual([
      'user-1: 30 fAsset to funder',
      'user-1: 5 wNat to funder',
      `user-1: 4 vault token ${VAULT_TOKEN} to funder`,
      `user-1: ${3_000_000n - RESERVE} xrp to funder`,
      `user-1: ${native} native to funder`,
    ]);
    expect(money[0]?.returned).toMatchObject({ fAsset: 30n, wNat: 5n, xrp: 3_000_000n - RESERVE, native });
    expect(user.balances, 'the fee is taken out of the reserve').toMatchObject({
      native: 0n,
      xrp: RESERVE - LEDGER_FEE,
    });
    expect([statement.closes, funderDifferences, troubles.lines]).toEqual([true, {}, []]);
    const fees = Object.fromEntries(statement.lines.map((line) => [line.account, line.fees]));
    expect(fees).toMatchObject({ native: -4n * GAS, xrp: -LEDGER_FEE, fAsset: 0n });
  });

  test('one drop that nothing explains keeps the statement from closing', async () => {
    const user = network.user('user-1', {});
    const funding = await fund(user);
    user.add('xrp', -1n);
    const { statement } = await collectFrom([user], funding);
    expect(statement.closes).toBe(false);
    expect(statement.lines.find(({ account }) => account === 'xrp')?.difference).toBe(-1n);
  });

  test('who has no more than the reserve, or the gas, sends nothing', async () => {
    const user = network.user('user-1', { xrp: RESERVE, native: GAS });
    const { money } = await collectFrom([user], { before: new Map(), funded: new Map() });
    expect(network.acts).toEqual([]);
    expect(money[0]).toMatchObject({ returned: { native: 0n }, left: { xrp: RESERVE, native: GAS } });
  });

  test('who still has something to do keeps the native coin, and it is accounted for', async () => {
    const user = network.user('user-1', { fAsset: 30n });
    const { statement, money } = await collectFrom([user], await fund(user), true);
    expect(money[0]?.returned).toEqual({ fAsset: 30n, xrp: 3_000_000n - RESERVE });
    expect(money[0]?.left['native']).toBe(500n - GAS);
    expect(statement.closes).toBe(true);
  });

  test.each([
    ['more', 1n],
    ['less', -1n],
  ])("one unit %s than what was sent is the funder's difference", async (_, amount) => {
    const user = network.user('user-1', {});
    const funding = await fund(user);
    const paysAsTold = user.session.hands.pay.bind(user.session.hands);
    user.session.hands.pay = async (...order) => {
      funder.add('xrp', amount);
      return paysAsTold(...order);
    };
    expect((await collectFrom([user], funding)).funderDifferences).toEqual({ xrp: amount });
  });
});

describe('one user in trouble', () => {
  test('what cannot be sent stays with the gas to send it later, the rest goes home, and so does everybody else', async () => {
    const users = [network.user('user-1', { fAsset: 30n, wNat: 5n }), network.user('user-2', { fAsset: 8n })];
    const funding = await fund(...users);
    users[0]?.failing.set('30 fAsset', new Error('chain: no answer'));
    const { statement, money, troubles, funderDifferences } = await collectFrom(users, funding);
    expect(troubles.lines).toEqual(['user-1: chain: no answer']);
    expect(money[0]?.returned).toEqual({ wNat: 5n, xrp: 3_000_000n - RESERVE });
    expect(money[0]?.left).toMatchObject({ fAsset: 30n, native: 500n - GAS });
    expect(money[1]?.returned).toMatchObject({ fAsset: 8n, native: 500n - 2n * GAS });
    expect([statement.closes, funderDifferences]).toEqual([true, {}]);
  });

  test('who cannot be read is told, shows as unexplained, and keeps nobody else', async () => {
    const users = [network.user('user-1', {}), network.user('user-2', {})];
    const funding = await fund(...users);
    const [first] = users;
    if (first !== undefined) first.unreadable = new Error('ledger: no answer');
    const { statement, money, troubles } = await collectFrom(users, funding);
    expect(troubles.lines).toEqual(['user-1: ledger: no answer', 'user-1: ledger: no answer']);
    expect(money.map(({ returned }) => returned['xrp'])).toEqual([undefined, 3_000_000n - RESERVE]);
    expect(statement.closes).toBe(false);
  });

  test('a funder who cannot be read is told, and nothing is made up of the difference', async () => {
    const user = network.user('user-1', {});
    const funding = await fund(user);
    funder.unreadable = new Error('ledger: no answer');
    const { money, funderDifferences, troubles } = await collectFrom([user], funding);
    expect(money[0]?.returned['xrp']).toBe(3_000_000n - RESERVE);
    expect([funderDifferences, troubles.have('funder')]).toEqual([{}, true]);
  });
});
