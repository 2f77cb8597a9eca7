/** A book recovered from the chains must equal the one that the runner kept. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { directMint } from '../../bundles/direct-mint.ts';
import { directMintStopBeforeExecution } from '../../bundles/direct-mint-stop-before-execution.ts';
import { mintRandomAgent } from '../../bundles/mint-random-agent.ts';
import { mintStopBeforeExecution } from '../../bundles/mint-stop-before-execution.ts';
import { poolEnter } from '../../bundles/pool-enter.ts';
import { redeemUnpaid } from '../../bundles/redeem-unpaid.ts';
import type { Actors } from '../actors/actors.ts';
import { FaultSwitch } from '../actors/fault-switch.ts';
import { give } from './transfer.ts';
import { DevnetControl } from '../clients/devnet-control.ts';
import { Closers } from '../devnet/closers.ts';
import { type Devnet, startDevnet } from '../devnet/devnet.ts';
import { mintableAgents } from '../model/market.ts';
import type { Bundle } from '../sequence/bundle.ts';
import { type Book, closeBook, decided, openBook, runStep } from '../sequence/runner.ts';
import { devnetAllowance } from './fund.ts';
import { unfinished } from './leftovers.ts';
import { recoverBook } from './recovered-book.ts';
import { type UserSession, openSession } from '../users/session.ts';
import { wellKnownKeys } from '../keys/key-source.ts';
import { type World, reachWorld } from '../network/world.ts';

let devnet: Devnet;
let world: World;
let control: DevnetControl;
let user: UserSession;

const opened = new Closers();
afterAll(() => opened.close());
beforeAll(async () => {
  devnet = await startDevnet({ clock: 'virtual', agents: 2 });
  opened.add(() => devnet.stop());
  world = await reachWorld(devnet.record);
  opened.add(() => world.close());
  control = new DevnetControl(devnet.record.controlUrl ?? '', devnet.record.controlToken ?? '');
  opened.add(async () => control.close());
  user = openSession(world, wellKnownKeys('user-1'), { tolerances: {}, faults: new FaultSwitch(control, {}) });
  const funder = openSession(world, wellKnownKeys('funder'), { tolerances: {} });
  await alone(funder, () => give(funder.hands, user.who, devnetAllowance('user-1')));
});

async function alone<T>(session: UserSession, act: () => Promise<T>): Promise<T> {
  const results: T[] = [];
  const run = async (waiter: Parameters<UserSession['enterLane']>[0]) => {
    session.enterLane(waiter);
    results.push(await act());
  };
  await world.run([{ name: session.user, run }], []);
  const [result] = results;
  if (result === undefined) throw new Error('nothing came of it');
  return result;
}

async function step(book: Book, bundle: Bundle<Actors>): Promise<Book> {
  const choices = bundle.choices.map(() => 5000);
  const outcome = await runStep(user, book, decided(bundle, choices), user.user, () => {});
  if ('notEnabled' in outcome) throw new Error(outcome.notEnabled);
  return outcome.book;
}

test('reservations, requests, timelocks and notes are the same as were kept', async () => {
  const [kept, told] = await alone(user, async () => {
    let book = openBook(await user.userState([]));
    for (const bundle of [
      mintRandomAgent,
      mintStopBeforeExecution,
      directMint,
      directMintStopBeforeExecution,
      redeemUnpaid,
      poolEnter,
    ])
      book = await step(book, bundle);
    ({ book } = await closeBook(user, book));
    return [book, await recoverBook(world, user, [...user.hands.costs.transactions()])];
  });
  expect(Object.keys(kept.state.records).length).toBeGreaterThan(1);
  expect(kept.timelocks).not.toEqual({});
  // The runner keeps an empty list for a pool that was left.
  const timelocks = Object.fromEntries(Object.entries(kept.timelocks).filter(([, locks]) => locks.length > 0));
  expect(told.book).toEqual({ ...kept, timelocks });
  expect(told.unpaid).toEqual([]);
});

test('a reservation that nobody paid, or paid too little, is not to be executed', async () => {
  const recovered = await alone(user, async () => {
    const [agent] = mintableAgents(await world.informer.market());
    if (agent === undefined) throw new Error('no agent has a free lot');
    const reserve = () => user.actors.minter.reserve(agent.vault, 1n, agent.feeBips, 100n * 10n ** 18n);
    const unpaid = await reserve();
    const underpaid = await reserve();
    await user.actors.minter.pay(underpaid, underpaid.valueUba);
    const known = new Set([`minting ${unpaid.id}`, `minting ${underpaid.id}`]);
    const { book, unpaid: found } = await recoverBook(world, user, [...user.hands.costs.transactions()]);
    return { known, found, tracked: Object.keys(book.state.records) };
  });
  expect(new Set(recovered.found)).toEqual(recovered.known);
  expect(recovered.tracked.filter((id) => recovered.known.has(id))).toEqual([]);
});

test('what stays is told with the reason and the time', async () => {
  const { book } = await recoverBook(world, user, [...user.hands.costs.transactions()]);
  const lines = unfinished(book);
  expect(lines).toContainEqual(expect.stringMatching(/^minting \d+ is paid and not executed$/));
  expect(lines).toContainEqual(expect.stringMatching(/^direct-minting 0x[0-9a-f]{64} is paid and not executed$/));
  expect(lines).toContainEqual(expect.stringMatching(/^redemption \d+ may be paid until 20\d\d-.*Z or ledger \d+$/));
  expect(lines).toContainEqual(expect.stringMatching(/^\d+ tokens of pool 0x[0-9a-f]+ .*: locked until 20\d\d-/));
});
