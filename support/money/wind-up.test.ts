/** Winding up: in which order, how long, and that one user's trouble is nobody else's. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Actors } from '../actors/actors.ts';
import { RunHistory, accountsOf } from '../sequence/history.ts';
import { openBook } from '../sequence/runner.ts';
import type { WindingUp } from '../sequence/suite.ts';
import { idleBundle } from '../sequence/testing/toy-suite.ts';
import { ToyNetwork, type ToyUser, ending, position } from './testing/toy-network.ts';
import { patienceOf, windUp } from './wind-up.ts';

let network: ToyNetwork;
let history: RunHistory;
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'wind-up-'));
  network = new ToyNetwork();
  history = new RunHistory(join(folder, 'history.jsonl'));
  history.begin();
  return () => rmSync(folder, { recursive: true });
});

/** The protocol says no. */
class Refused extends Error {
  readonly verdict = 'wrong';
  readonly kind = 'reverted with TooLate';
}

const START_S = new ToyNetwork().nowS;
const PATIENCE = { patienceS: 600, lookAgainS: 60 };
const never = idleBundle('never', { enabled: () => 'never' });

function acts(ends: WindingUp<Actors>['ends'], leaves: WindingUp<Actors>['leaves'] = []): WindingUp<Actors> {
  return { ends, leaves, spends: never, waits: never, looks: never, patienceS: 600 };
}

/** A user whom the run funded, with these records open. */
function withOpen(name: string, ...records: readonly string[]): ToyUser {
  const user = network.user(name, { native: 1000n });
  for (const record of records) user.records[record] = { status: 'ACTIVE' };
  const state = user.state(records);
  history.add({ type: 'funded', user: name, state });
  history.add({ type: 'closed', user: name, movements: [], book: openBook(state) });
  return user;
}

const windUpAll = (plan: WindingUp<Actors>, ...users: readonly ToyUser[]) =>
  windUp(
    plan,
    network.world,
    users.map(({ session }) => session),
    history,
    PATIENCE,
  );
const ALL_WELL = { wrong: [], open: [], unknown: [], inDoubt: new Set() };

test('records are ended before pools are left, each act as often as it can be done, and all is written down', async () => {
  const user = withOpen('user-1', 'minting 1', 'minting 2', 'minting 3');
  const plan = acts(
    [ending(network, 'execute', ['minting 1', 'minting 2'], { gain: 5n })],
    [ending(network, 'leave', ['minting 3'])],
  );
  expect(await windUpAll(plan, user)).toEqual(ALL_WELL);
  expect(network.acts).toEqual(['user-1: execute minting 1', 'user-1: execute minting 2', 'user-1: leave minting 3']);
  expect(network.nowS, 'nobody waits when all is ended').toBe(START_S);
  const account = accountsOf(history.read()).get('user-1');
  expect(account?.book.state.balances['fAsset']).toBe(10n);
  expect(account?.movements.reduce((sum, { amount }) => sum + amount, 0n)).toBe(10n);
});

test('a user whom nobody funded is left alone', async () => {
  const stranger = network.user('user-9', {});
  stranger.unreadable = new Error('never looked at');
  expect(await windUpAll(acts([]), stranger)).toEqual(ALL_WELL);
});

describe('what others have to do', () => {
  test('what becomes free while somebody waits is done in a second pass', async () => {
    const user = withOpen('user-1', 'redemption 1');
    const plan = acts([ending(network, 'default', ['redemption 1'], { fromS: START_S + 150 })]);
    expect(await windUpAll(plan, user)).toEqual(ALL_WELL);
    expect(network.acts).toEqual(['user-1: default redemption 1']);
    expect(network.nowS, 'looked again each minute, and no longer than needed').toBe(START_S + 180);
  });

  test('what others end is waited for, and leaves nothing open', async () => {
    const user = withOpen('user-1', 'redemption 1');
    network.at(START_S + 100, () => {
      user.records['redemption 1'] = { status: 'REJECTED' };
      user.others = { statuses: [{ record: 'redemption 1', status: 'REJECTED' }] };
    });
    expect(await windUpAll(acts([]), user)).toEqual(ALL_WELL);
    expect([network.acts, network.nowS]).toEqual([[], START_S + 120]);
  });

  test('tokens are waited for until they are free', async () => {
    const user = withOpen('user-1');
    const locks = { '0xaa': [{ tokensWei: 1n, endS: BigInt(START_S + 90) }] };
    user.pools = { '0xaa': position(0n) };
    const book = { ...openBook(user.state([])), timelocks: locks };
    history.add({ type: 'closed', user: 'user-1', movements: [], book });
    expect(await windUpAll(acts([]), user)).toEqual(ALL_WELL);
    expect(network.nowS).toBe(START_S + 120);
  });

  test('patience ends: what is still open is told, and nothing is wrong with it', async () => {
    const user = withOpen('user-1', 'redemption 1');
    expect(await windUpAll(acts([]), user)).toEqual({ ...ALL_WELL, open: ['user-1: redemption 1'] });
    expect(network.nowS, 'the first look after the patience').toBe(START_S + 660);
  });
});

describe('what goes wrong', () => {
  test.each([
    ['wrong', new Refused('too late')],
    ['unknown', new Error('no answer')],
  ] as const)('an act that is %s ends the winding up of its user only, and is told as that', async (verdict, error) => {
    const users = ['user-1', 'user-2', 'user-3'].map((name) => withOpen(name, 'minting 1'));
    users[1]?.failing.set('execute', error);
    expect(await windUpAll(acts([ending(network, 'execute', ['minting 1'])]), ...users)).toEqual({
      ...ALL_WELL,
      open: ['user-2: minting 1'],
      [verdict]: [`user-2, execute: ${error.message}`],
      inDoubt: new Set(['user-2']),
    });
    expect(network.acts).toEqual(['user-1: execute minting 1', 'user-3: execute minting 1']);
  });

  test('what was ended before an act failed is not told as open', async () => {
    const user = withOpen('user-1', 'minting 1', 'redemption 2');
    user.failing.set('default', new Error('no answer'));
    const plan = acts([ending(network, 'execute', ['minting 1']), ending(network, 'default', ['redemption 2'])]);
    expect(await windUpAll(plan, user)).toMatchObject({ open: ['user-1: redemption 2'] });
  });

  test('an account that does not close is wrong, to the last unit, and the user is wound up all the same', async () => {
    const user = withOpen('user-1');
    user.add('native', 1n);
    expect(await windUpAll(acts([]), user)).toEqual({ ...ALL_WELL, wrong: ['user-1: native is 1001, expected 1000'] });
  });

  test('an account that cannot be read is unknown, and its user in doubt; the others are wound up', async () => {
    const [first, second] = [withOpen('user-1', 'minting 1'), withOpen('user-2', 'minting 1')];
    first.unreadable = new Error('ledger: no answer');
    expect(await windUpAll(acts([ending(network, 'execute', ['minting 1'])]), first, second)).toEqual({
      ...ALL_WELL,
      open: ['user-1: minting 1'],
      unknown: ['user-1: ledger: no answer'],
      inDoubt: new Set(['user-1']),
    });
    expect(network.acts).toEqual(['user-2: execute minting 1']);
  });

  test('when time itself stops, whoever waits is in doubt and whoever was done is not', async () => {
    const [waiting, done] = [withOpen('user-1', 'redemption 1'), withOpen('user-2')];
    network.stopped = new Error('the clock stands');
    expect(await windUpAll(acts([]), waiting, done)).toEqual({
      ...ALL_WELL,
      unknown: ['user-1: the clock stands'],
      inDoubt: new Set(['user-1']),
    });
  });
});

test('where time passes by itself a look costs nothing: every few ledgers, else once a minute', () => {
  const { record } = network.world;
  const inRealTime = {
    ...network.world,
    record: { ...record, capabilities: { ...record.capabilities, canWarpTime: false } },
  };
  expect(patienceOf(network.world, 5)).toEqual({ patienceS: 5, lookAgainS: 60 });
  expect(patienceOf(inRealTime, 5)).toEqual({ patienceS: 5, lookAgainS: 12 });
});
