/** A sweep: nothing is recovered before everything signed is settled, what goes wrong is told, and doing it again is harmless. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { JournalFile } from '../clients/journal-file.ts';
import { RunHistory, accountsOf } from '../sequence/history.ts';
import { idleBundle } from '../sequence/testing/toy-suite.ts';
import { sweep } from './sweep.ts';
import { sweepHalfFunded } from './sweep-earlier.ts';
import { GAS, LEDGER_FEE, RESERVE, ToyNetwork, type ToyUser, position } from './testing/toy-network.ts';

const NETWORK = { chainId: 31_337, genesisHash: '0x0', ledgerNetworkId: 1 };
const never = idleBundle('never', { enabled: () => 'never' });
const PLAN = { ends: [], leaves: [], spends: never, waits: never, looks: never, patienceS: 60 };

let folder: string;
let network: ToyNetwork;
let history: RunHistory;
let funder: ToyUser;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sweep-'));
  network = new ToyNetwork();
  history = new RunHistory(join(folder, 'swept.jsonl'));
  funder = withJournal('funder', {}, '0xf0');
  network.fates.set('0xf0', true);
  return () => rmSync(folder, { recursive: true });
});

/** A user whose journal holds transactions of these hashes, in order, of which it knows no fate. */
function withJournal(name: string, balances: Readonly<Record<string, bigint>>, ...hashes: readonly string[]): ToyUser {
  const journal = new JournalFile(join(folder, `${name}.journal.jsonl`), NETWORK, () => {});
  hashes.forEach((hash, sequence) => {
    const chain = hash.startsWith('0x') ? 'evm' : 'ledger';
    journal.signed({ chain, hash, raw: '0x', account: name, sequence, ...(chain === 'ledger' && { lastLedger: 120 }) });
  });
  return network.user(name, balances, journal);
}

const unsettled = ({ session }: ToyUser) => session.journal?.transactions().map(({ hash, fate }) => `${hash} ${fate}`);
const sweepAll = (...users: readonly ToyUser[]) =>
  sweep(
    PLAN,
    network.world,
    funder.session,
    users.map(({ session }) => session),
    history,
    60,
  );
const RICH = { native: 500n, xrp: 3_000_000n, fAsset: 30n };

/** Notes when a journal is told a fate and when the user is read, among what users do. */
function watched(user: ToyUser): ToyUser {
  const { session } = user;
  const final = session.journal?.final.bind(session.journal);
  if (session.journal !== undefined)
    session.journal.final = (hash, fate) => {
      network.acts.push(`${session.user}: ${hash} is ${fate}`);
      final?.(hash, fate);
    };
  const state = user.state.bind(user);
  user.state = (tracked) => {
    network.acts.push(`${session.user} is read`);
    return state(tracked);
  };
  return user;
}

describe('the order', () => {
  test('the funder is settled first, then each user: what was signed, in order, then deposits, then the book', async () => {
    const user = watched(withJournal('user-1', RICH, '0x01', 'L2', '0x03'));
    user.isBlocked = true;
    watched(funder);
    for (const hash of ['0x01', 'L2']) network.fates.set(hash, true);
    network.fates.set('0x03', false);
    const { users, problems } = await sweepAll(user);
    expect(problems).toEqual([]);
    expect(users).toMatchObject([{ user: 'user-1', resumed: 3 }]);
    expect(network.acts.slice(0, 6)).toEqual([
      'funder: 0xf0 is done',
      'user-1: 0x01 is done',
      'user-1: L2 is done',
      'user-1: 0x03 is failed',
      'user-1: flag 9 off',
      'user-1 is read',
    ]);
  });

  test('everything comes home, what stays is told, and all journals are closed', async () => {
    const user = withJournal('user-1', RICH);
    const { users, problems } = await sweepAll(user);
    expect(problems).toEqual([]);
    expect(users).toEqual([
      expect.objectContaining({
        returned: { fAsset: 30n, xrp: 3_000_000n - RESERVE, native: 500n - 2n * GAS },
        leftovers: [`${RESERVE - LEDGER_FEE} of xrp: reserve of the ledger account`],
      }),
    ]);
    expect(funder.balances).toMatchObject({ fAsset: 30n, xrp: 3_000_000n - RESERVE, native: 500n - 2n * GAS });
    expect([unsettled(user), unsettled(funder)]).toEqual([[], []]);
  });

  test('doing it again moves nothing and finds nothing wrong', async () => {
    const user = withJournal('user-1', RICH, '0x01');
    network.fates.set('0x01', true);
    await sweepAll(user);
    const [acts, balances] = [network.acts.length, { ...user.balances }];
    const { users, problems } = await sweepAll(user);
    expect(problems).toEqual([]);
    expect(users).toMatchObject([{ resumed: 0, returned: { native: 0n } }]);
    expect([network.acts.length, user.balances]).toEqual([acts, balances]);
  });
});

describe('what stays open', () => {
  test('keeps the native coin and the journal; the funder has nothing more to see to', async () => {
    const user = withJournal('user-1', RICH, '0x01');
    network.fates.set('0x01', true);
    user.pools = { '0xaa': position(5n) };
    const { users, problems } = await sweepAll(user);
    expect(problems).toEqual([]);
    expect(users[0]?.returned).toEqual({ fAsset: 30n, xrp: 3_000_000n - RESERVE });
    expect(users[0]?.leftovers).toContain(`${500n - GAS} of native: kept for the gas of what is open`);
    expect([unsettled(user), unsettled(funder)]).toEqual([['0x01 done'], []]);
  });
});

describe('what goes wrong', () => {
  test('who cannot be recovered keeps everything, and nobody else does; the next sweep looks at everybody', async () => {
    const [first, second] = [withJournal('user-1', RICH, '0x01'), withJournal('user-2', RICH)];
    first.unreadable = new Error('ledger: no answer');
    network.fates.set('0x01', true);
    const { users, problems } = await sweepAll(first, second);
    expect(problems).toEqual(['user-1: ledger: no answer']);
    expect(users.map(({ user }) => user)).toEqual(['user-2']);
    expect(first.balances).toMatchObject(RICH);
    expect([unsettled(first), unsettled(second), unsettled(funder)]).toEqual([['0x01 done'], [], ['0xf0 done']]);
  });

  test('who could not send all keeps the journal, and what they have', async () => {
    const user = withJournal('user-1', RICH, '0x01');
    network.fates.set('0x01', true);
    user.failing.set('30 fAsset', new Error('chain: no answer'));
    const { users, problems } = await sweepAll(user);
    expect(problems).toEqual(['user-1: chain: no answer']);
    expect(users).toMatchObject([{ left: { fAsset: 30n, native: 500n } }]);
    expect([unsettled(user), unsettled(funder)]).toEqual([['0x01 done'], ['0xf0 done']]);
  });

  test('one unit that nothing explains is told of the user, and of the funder', async () => {
    const user = withJournal('user-1', RICH);
    const paysAsTold = user.session.hands.pay.bind(user.session.hands);
    user.session.hands.pay = async (...order) => {
      user.add('wNat', 1n);
      funder.add('native', -1n);
      return paysAsTold(...order);
    };
    expect((await sweepAll(user)).problems).toEqual([
      'user-1: the statement of the sweep does not close',
      "the funder's native is off by -1 after user-1",
    ]);
  });
});

test('its history begins with what was recovered, not with what an earlier sweep left there', async () => {
  history.begin();
  history.add({ type: 'funded', user: 'user-9', state: withJournal('user-9', {}).state([]) });
  await sweepAll(withJournal('user-1', RICH));
  expect([...accountsOf(history.read()).keys()]).toEqual(['user-1']);
});

test('a funding that fails half way: what goes wrong with taking it back is told, whatever it is', async () => {
  const user = withJournal('user-1', RICH);
  const taking = (at: string) =>
    sweepHalfFunded(PLAN, network.world, funder.session, [user.session], new RunHistory(at));
  user.failing.set('30 fAsset', new Error('chain: no answer'));
  expect(await taking(history.path)).toEqual(['user-1: chain: no answer']);
  expect(await taking(join(folder, 'user-1.journal.jsonl', 'history.jsonl'))).toEqual([
    expect.stringMatching(/^what users had got already could not be swept: /),
  ]);
});
