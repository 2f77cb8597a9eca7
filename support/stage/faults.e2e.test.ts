/**
 * Every fault on a devnet, with the verdict it must lead to: all steps right, every redemption ended as the fault says, and
 * a sign that something did go wrong. The healthy devnet is played the same way, for comparison.
 */
import * as fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { suite } from '../../fixtures/suite.ts';
import { Closers } from '../devnet/closers.ts';
import { DELAY_BLOCKS } from '../clients/flare/troubled-rpc.ts';
import { readRedemptionStatus } from '../readers/record-reads.ts';
import { readAll } from '../clients/flare/reads.ts';
import type { RedemptionEnding } from '../faults/fault.ts';
import { faultNames, faults } from '../faults/index.ts';
import type { FaultWindow } from '../sequence/counterexample.ts';
import { CHOICE_MAX } from '../sequence/bundle.ts';
import { parseSettings } from '../settings/parse.ts';
import { type OpenRun, openRun } from '../run/open-run.ts';
import { windingUpOf } from './drawn.ts';
import { drawnFaults, namedSteps } from '../sequence/draw.ts';
import { replay } from './replay.ts';
import { Rehearsal } from './rehearsal.ts';
import { PlayFailed } from './failed-play.ts';
import type { Actors } from '../actors/actors.ts';
import type { Part, Play } from '../sequence/play.ts';
import { Stage } from './stage.ts';
import { addressesOf } from '../keys/credentials.ts';
import { wellKnownKeys } from '../keys/key-source.ts';
import { maximum } from '../units/amounts.ts';
import { type World, reachWorld } from '../network/world.ts';

const USER = 'user-1';
/** Longer than a payment window and a proof of what happened in it. */
const AFTERWARDS_S = 3_600;
const settingsWith = (FAULTS: string) => parseSettings({ USERS: '1', FAULTS }, {}, () => 7);

let folder: string;
let run: OpenRun;
let world: World;
const opened = new Closers();
afterAll(() => opened.close());

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fassets-qa-faults-test-'));
  opened.add(async () => rmSync(folder, { recursive: true }));
  run = await openRun(suite, settingsWith('none'), join(folder, 'history.jsonl'));
  opened.add(() => run.stop());
  world = await reachWorld(run.context.record);
  opened.add(() => world.close());
});

/** Puts the network back; what the test itself has read of it is gone with that. */
async function begin(stage: Stage, title: string): Promise<void> {
  await stage.begin(title);
  world.forget();
}

async function withStage<T>(FAULTS: string, act: (stage: Stage) => Promise<T>): Promise<T> {
  const stage = await Stage.open({
    suite,
    settings: settingsWith(FAULTS),
    context: run.context,
    reportsFolder: folder,
  });
  try {
    return await act(stage);
  } finally {
    await stage.close();
  }
}

interface Seen {
  readonly endings: readonly string[];
  /** Seconds that minting and redeeming took. */
  readonly tookS: number;
  /** Per thousand seconds. */
  readonly ledgers: number;
  readonly blocks: number;
  /** P(WNat) after that. */
  readonly price: bigint;
  /** Successful payments to the user. */
  readonly payments: number;
  /** What the agents paid as fees for them. */
  readonly feesDrops: bigint;
  /** The highest that a transaction paid for a unit of gas. */
  readonly gasPriceWei: bigint;
}

const always = (fault: string): FaultWindow => ({ fault, fromStep: 0, toStep: 100 });
const part = (...names: string[]) => playing(namedSteps(suite, names, 0));
const playing = (decisions: Part<Actors>['decisions']): Play<Actors> => ({
  title: 'a test',
  parts: [{ user: USER, decisions }],
  schedule: [],
});

/** Mints and redeems with the faults on, lets time pass, and does what is then left to do, each step judged. */
async function playThrough(stage: Stage, names: readonly string[]): Promise<Seen> {
  const windows = names.map(always);
  await begin(stage, names.join());
  const { control } = world;
  if (control === undefined) throw new Error('the devnet has no control server');
  const startS = await control.nowS();
  const { block, ledger } = await world.informer.point();
  const mints = ['mint-random-agent', 'mint-random-agent', 'mint-random-agent'];
  await stage.play({ ...part(...mints, 'redeem', 'redeem'), faults: windows });
  const endS = await control.nowS();
  const { nativePrice: price } = await world.informer.market();
  await control.advanceTo(endS + AFTERWARDS_S);
  await stage.play({ ...part('redeem-default', 'redeem-default', 'mint-random-agent'), faults: windows });
  const head = await world.informer.point();
  const all = await world.ledger.payments(ledgerAddress(), ledger + 1, head.ledger);
  const received = all.filter(({ succeeded, destination }) => succeeded && destination === ledgerAddress());
  return {
    endings: await endingsBetween(block + 1, head.block),
    tookS: endS - startS,
    blocks: head.block - block,
    price,
    ledgers: ((head.ledger - ledger) * 1000) / ((await control.nowS()) - startS),
    payments: received.length,
    gasPriceWei: await highestGasPrice(block + 1, head.block),
    feesDrops: received.reduce((sum, { feeDrops }) => sum + feeDrops, 0n),
  };
}

async function endingsBetween(fromBlock: number, toBlock: number): Promise<string[]> {
  const events = await world.logs.between(fromBlock, toBlock);
  const ids = events
    .filter(({ event }) => event.name === 'RedemptionRequested')
    .map(({ event }) => BigInt(event.args['requestId']));
  const { assetManager } = world.contracts;
  const reads = Object.fromEntries(ids.map((id) => [String(id), readRedemptionStatus(assetManager, id)]));
  return Object.values(await readAll(world.rpc, toBlock, reads));
}

async function highestGasPrice(fromBlock: number, toBlock: number): Promise<bigint> {
  const calls = Array.from({ length: toBlock - fromBlock + 1 }, (_, at) => ({
    method: 'eth_getBlockReceipts',
    params: [`0x${(fromBlock + at).toString(16)}`],
  }));
  const receipts = await world.rpc.batch<{ effectiveGasPrice: string }[][]>(calls);
  return receipts.flat().reduce((highest, { effectiveGasPrice }) => maximum(highest, BigInt(effectiveGasPrice)), 0n);
}

const ledgerAddress = (): string => addressesOf(wellKnownKeys(USER)).ledgerAddress;

describe('the verdict on a run with a fault', () => {
  let healthy: Seen;

  beforeAll(async () => {
    healthy = await withStage('none', (stage) => playThrough(stage, []));
  });

  test('without one everything is paid once', () => {
    expect(healthy).toMatchObject({ endings: ['SUCCESSFUL', 'SUCCESSFUL'], payments: 2 });
  });

  test.for(faults)('$name: right, and redemptions end $ending', async ({ name, ending }) => {
    const seen = await withStage(name, (stage) => playThrough(stage, [name]));
    expect(seen.endings).toEqual([ending, ending]);
    expect(signOf(name, ending, seen)).toBe(true);
  });

  /** Nothing but the fault can have made the difference. */
  function signOf(name: string, ending: RedemptionEnding, seen: Seen): boolean {
    if (ending !== 'SUCCESSFUL') return true;
    if (name === 'prices-jump' || name === 'price-published-late') return seen.price !== healthy.price;
    // Two transactions for each minting and one for each redemption at least.
    if (name === 'transaction-delayed') return seen.blocks >= healthy.blocks + 10 * DELAY_BLOCKS;
    // Nothing shows of what was sent again: it is in no second block, and nobody is paid twice.
    if (name === 'transaction-dropped') return seen.blocks === healthy.blocks && seen.payments === healthy.payments;
    // Shown below, where two agents pay at once.
    if (name === 'chain-fee-jumps') return seen.gasPriceWei > 20n * healthy.gasPriceWei;
    if (name === 'ledger-busy') return seen.feesDrops > 50n * healthy.feesDrops;
    if (name === 'ledger-swaps-payments') return seen.payments === healthy.payments;
    if (name === 'agent-pays-twice') return seen.payments === 4;
    if (name === 'strangers') return seen.payments > healthy.payments + 10 && seen.blocks > healthy.blocks + 10;
    return name === 'ledger-stalls' ? seen.ledgers < healthy.ledgers * 0.9 : seen.tookS > healthy.tookS;
  }

  test('payments of two agents come in the other order: right', async () => {
    const payers = async (names: readonly string[]) =>
      withStage(names.join() || 'none', async (stage) => {
        await begin(stage, 'two agents');
        const { ledger } = await world.informer.point();
        const last = namedSteps(suite, ['mint-random-agent', 'redeem'], CHOICE_MAX);
        const decisions = [...namedSteps(suite, ['mint-random-agent'], 0), ...last];
        await stage.play({ ...playing(decisions), faults: names.map(always) });
        const head = await world.informer.point();
        const payments = await world.ledger.payments(ledgerAddress(), ledger + 1, head.ledger);
        return payments.filter(({ destination }) => destination === ledgerAddress()).map(({ source }) => source);
      });
    const [usual, swapped] = [await payers([]), await payers(['ledger-swaps-payments'])];
    expect(usual).toHaveLength(2);
    expect(swapped).toEqual(usual.toReversed());
  });

  test.for([
    ['agent-silent', 'DEFAULTED_UNCONFIRMED'],
    ['agent-late', 'DEFAULTED_FAILED'],
    ['agent-pays-too-little', 'DEFAULTED_FAILED'],
    ['agent-pays-twice', 'BLOCKED'],
    ['agent-pays-without-memo', 'DEFAULTED_UNCONFIRMED'],
    ['agent-payment-fails', 'DEFAULTED_FAILED'],
  ] as const)('%s to a redeemer who refuses deposits: right, and ends %s', async ([name, ending]) => {
    await withStage(name, async (stage) => {
      await begin(stage, `${name}, blocked`);
      const { block } = await world.informer.point();
      const windingUp = [{ user: USER, decisions: windingUpOf(suite, USER) }];
      const play = part('mint-random-agent', 'redeem-block-underlying');
      await stage.play({ ...play, faults: [always(name)], windingUp });
      expect(await endingsBetween(block + 1, (await world.informer.point()).block)).toEqual([ending]);
    });
  });

  test('bad rounds and late proofs together: an agent asks again in a good round', async () => {
    await withStage('all', async (stage) => {
      await begin(stage, 'bad rounds');
      const names = ['mint-lowest-fee-agent', 'mint-random-agent-block-underlying', 'redeem-block-underlying'];
      const faultsOn = ['fdc-round-skipped', 'data-availability-late'].map(always);
      const { steps } = await stage.play({ ...part(...names), faults: faultsOn });
      expect(steps.map(({ bundle }) => bundle)).toEqual(names);
    });
  });

  test('all at once: right', async () => {
    const seen = await withStage('all', (stage) => playThrough(stage, faultNames));
    expect(seen.endings).not.toContain('ACTIVE');
  });
});

describe('a failure under faults', () => {
  /** Nothing was said of odd payments, so the short one is a finding. */
  const found = () =>
    withStage('none', async (stage) => {
      await begin(stage, 'to fail');
      const windows = [always('ledger-stalls'), { fault: 'agent-pays-too-little', fromStep: 2, toStep: 3 }];
      const error = await stage
        .play({ ...part('mint-random-agent', 'mint-random-agent', 'redeem'), faults: windows })
        .catch((thrown: unknown) => thrown);
      if (!(error instanceof PlayFailed)) throw new Error('the short payment was not found', { cause: error });
      return error.report.counterexample;
    });

  test('is written down with them, and repeats with them only', async () => {
    const counterexample = await found();
    expect(counterexample.failure.id).toBe('redeem: balance of xrp');
    expect(counterexample.faults?.map(({ fault }) => fault)).toEqual(['ledger-stalls', 'agent-pays-too-little']);
    await withStage('none', async (stage) => {
      await expect(replay(stage, counterexample, 'a file')).rejects.toThrow(/^reproduced/);
      const { faults: _, ...without } = counterexample;
      expect(await replay(stage, without, 'a file')).toBe(0);
    });
  });

  test('is shrunk to those that matter, which move with the steps', async () => {
    const rehearsal = await Rehearsal.open(suite, settingsWith('none'), run.context);
    try {
      const { smallest } = await rehearsal.shrink({
        counterexample: await found(),
        budget: { plays: 60, timeMs: Number.POSITIVE_INFINITY },
        onBetter: () => {},
      });
      expect(smallest?.counterexample.steps.map(({ bundle }) => bundle)).toEqual(['mint-random-agent', 'redeem']);
      expect(smallest?.counterexample.faults).toEqual([{ fault: 'agent-pays-too-little', fromStep: 1, toStep: 2 }]);
    } finally {
      await rehearsal.close();
    }
  });

  test('a planted fault is no excuse for one of another amount', async () => {
    const counterexample = await found();
    const { control } = world;
    await withStage('agent-pays-too-little', async (stage) => {
      await begin(stage, 'a planted fault');
      await control?.setFaults({ agents: { payLessDrops: '1' } });
      const { faults: _, steps } = counterexample;
      const played = stage.play(part(...steps.map(({ bundle }) => bundle)));
      await expect(played).rejects.toThrow(/redeem: xrp is/);
      await control?.setFaults({});
    });
  });
});

describe('what a play leaves open', () => {
  const windingUp = [{ user: USER, decisions: windingUpOf(suite, USER) }];
  const leaving = (...names: string[]): Play<Actors> => ({ ...part(...names), windingUp });
  const begin = async (stage: Stage) => stage.begin('to be wound up');

  test('is wound up when the faults are healed, by whoever has the next move', async () => {
    await withStage('all', async (stage) => {
      await begin(stage);
      const { steps, settledFrom } = await stage.play({
        ...leaving('mint-random-agent', 'redeem', 'mint-stop-before-execution', 'mint-stop-before-payment'),
        faults: [always('agent-silent'), always('data-availability-late')],
      });
      const inTheEnd = steps.slice(settledFrom).map(({ bundle }) => bundle);
      expect(settledFrom).toBe(4);
      expect(inTheEnd.toSorted()).toEqual(['mint-execute-pending', 'redeem-default', 'stand-by', 'wait-for-others']);
    });
  });

  test('is a finding when nobody ever ends it, which repeats and shrinks', async () => {
    const { control } = world;
    const counterexample = await withStage('none', async (stage) => {
      await begin(stage);
      await control?.setFaults({ agents: { leaveUnpaidMintings: true } });
      const played = stage.play(leaving('mint-random-agent', 'mint-stop-before-payment', 'redeem'));
      const error = await played.catch((thrown: unknown) => thrown);
      if (!(error instanceof PlayFailed)) throw new Error('nobody missed the end of the minting', { cause: error });
      return error.report.counterexample;
    });
    expect(counterexample).toMatchObject({ settledFrom: 3, failedStep: 3, failure: { verdict: 'wrong' } });
    expect(counterexample.failure.sentence).toMatch(/left open by others is minting \d+, expected nothing$/);
    const planted = parseSettings({ USERS: '1', PLANTED_FAULT: 'agent-leaves-unpaid-mintings' }, {}, () => 7);
    const stage = await Stage.open({
      suite,
      settings: planted,
      context: run.context,
      reportsFolder: folder,
    });
    await expect(replay(stage, counterexample, 'a file')).rejects.toThrow(/^reproduced/);
    await stage.close();
    const rehearsal = await Rehearsal.open(suite, planted, run.context);
    const { smallest } = await rehearsal.shrink({
      counterexample,
      budget: { plays: 60, timeMs: Number.POSITIVE_INFINITY },
      onBetter: () => {},
    });
    await rehearsal.close();
    expect(smallest?.counterexample).toMatchObject({ settledFrom: 1, failedStep: 1 });
    expect(smallest?.counterexample.steps.map(({ bundle }) => bundle)).toEqual([
      'mint-stop-before-payment',
      'wait-for-others',
    ]);
  });
});

test('plays are drawn with faults and without, each window inside the play', () => {
  const drawn = fc.sample(drawnFaults(['agent-silent', 'ledger-stalls'], 20), { numRuns: 100, seed: 1 });
  expect(new Set(drawn.map((windows) => windows.length))).toEqual(new Set([0, 1, 2]));
  expect(drawn.flat().every(({ fromStep, toStep }) => fromStep < 20 && fromStep < toStep)).toBe(true);
});
