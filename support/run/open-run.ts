/**
 * run: a run as the main process sees it: opens or reaches the network and funds the users; later winds up, collects, stops.
 * Imports stage, preflight and the rooms below.
 * Never here: playing steps; test processes do that.
 */
import { dirname } from 'node:path';
import type { Actors } from '../actors/actors.ts';
import type { Suite } from '../sequence/suite.ts';
import type { Allowance } from '../money/transfer.ts';
import { ProtocolWatch } from '../readers/protocol-watch.ts';
import { plantedFaults } from '../planted/index.ts';
import type { NetworkRecord } from '../clients/network-record.ts';
import { Closers } from '../devnet/closers.ts';
import { startDevnet } from '../devnet/devnet.ts';
import { checkState } from '../model/invariants.ts';
import type { Mismatch } from '../model/statement.ts';
import { type ApiKeys, PUBLIC_API_KEYS } from '../network/api-keys.ts';
import type { Settings } from '../settings/settings.ts';
import type { RunContext } from '../users/context.ts';
import { planText, requireLeast } from '../money/plan.ts';
import { planRun } from '../money/prices.ts';
import { type Collection, collect, devnetAllowance, fundUsers } from '../money/fund.ts';
import { oddPaymentsOf } from '../faults/index.ts';
import { startJanitor } from '../money/janitor.ts';
import { findNetwork } from '../settings/networks.ts';
import { type Preflight, preflight, requireRight } from '../preflight/preflight.ts';
import { beginningBook, recoverInDoubt, unfinishedUsers } from '../money/books-in-doubt.ts';
import { sweepEarlier, sweepHalfFunded } from '../money/sweep-earlier.ts';
import { RunHistory } from '../sequence/history.ts';
import { type UserSession, openSession } from '../users/session.ts';
import { type WoundUp, windUp } from '../money/wind-up.ts';
import { FUNDER_NAME, everyone, userNames } from '../keys/names.ts';
import { type Journals, isAnythingJournalled, journalsOf, openJournal } from '../users/journals.ts';
import { keyFolder } from '../keys/key-files.ts';
import { lockKey, lockKeys } from '../keys/key-lock.ts';
import { type KeySource, keySourceOf } from '../keys/key-source.ts';
import { type World, reachWorld } from '../network/world.ts';
import { Troubles, findingFirst, reasonOf } from '../units/troubles.ts';

export interface Closing {
  readonly woundUp: WoundUp;
  /** Undefined when nothing could be collected; `troubles` says why. */
  readonly collection?: Collection;
  /** Invariants violated at the end, on networks that could not be watched after every step. */
  readonly violations: readonly Mismatch[];
  /** What went wrong with services while the run was closed, one line each. */
  readonly troubles: readonly string[];
}

export interface OpenRun {
  readonly startedAt: Date;
  readonly context: RunContext;
  readonly history: RunHistory;
  /** Winds up, collects and accounts, as far as the network allows; the rest is noted in `troubles`. */
  close(): Promise<Closing>;
  /** Stops everything this run started; may be called at any time. */
  stop(): Promise<void>;
}

/** Throws when the network cannot be reached or the users cannot be funded; everything is stopped again. */
export async function openRun(
  suite: Suite<Actors>,
  settings: Settings,
  historyPath: string,
  apiKeys: ApiKeys = PUBLIC_API_KEYS,
): Promise<OpenRun> {
  const closers = new Closers();
  try {
    return await assemble(suite, settings, historyPath, apiKeys, closers);
  } catch (error) {
    throw findingFirst(
      error,
      await closers.close().then(
        () => [],
        (trouble: unknown) => [trouble],
      ),
    );
  }
}

async function assemble(
  suite: Suite<Actors>,
  settings: Settings,
  historyPath: string,
  apiKeys: ApiKeys,
  closers: Closers,
): Promise<OpenRun> {
  const startedAt = new Date();
  const { windingUp } = suite;
  const { record, isEmbedded, protocol, death } = await reachNetwork(settings, closers);
  if (!isEmbedded) requireRight(record, await preflightOf(suite, record, settings, apiKeys));
  const world = await reachWorld(record, apiKeys);
  closers.add(() => world.close());
  // Nobody goes on asking a network that is gone.
  death.addEventListener('abort', () => void Promise.allSettled([world.close()]));
  const history = new RunHistory(historyPath);
  history.begin();
  const options = {
    tolerances: settings.tolerances,
    oddPayments: oddPaymentsOf(settings.faults),
  };
  const names = userNames(settings.users, settings.shard);
  const keysOf = keySourceOf(record, settings.usersFolder);
  const journals = await journalsOf(world, settings.usersFolder);
  const actor = (name: string): UserSession =>
    openSession(world, keysOf(name), { ...options, ...(journals && { journal: openJournal(journals, name) }) });
  if (journals !== undefined) {
    // Another shard's sweep may hold them for a while.
    const waitMs = settings.shard === undefined ? 0 : FUNDER_PATIENCE_MS;
    const locks = await lockKeys(journals.folder, everyone(names), 'a run of the suite', { waitMs });
    closers.add(async () => locks.release());
  }
  const users = everyone(names).map(actor);
  const janitor =
    journals !== undefined && settings.janitor ? startJanitor(suite.programs, dirname(historyPath)) : undefined;
  const funding = await withFunder(journals, actor, async (funder) => {
    if (journals !== undefined) await sweepEarlier({ windingUp, world, journals, funder, users, actor, history });
    const allowanceOf = isEmbedded ? devnetAllowance : await plannedAllowance(suite, world, settings, keysOf);
    const bookOf = (user: UserSession) => beginningBook(world, user);
    return fundUsers(world, funder, users, allowanceOf, history, bookOf).catch(async (error: unknown) => {
      const stays = journals === undefined ? [] : await sweepHalfFunded(windingUp, world, funder, users, history);
      // The janitor sweeps what could not be swept here.
      if (stays.length === 0) janitor?.dismiss();
      throw findingFirst(error, stays);
    });
  });
  const originSnapshot = record.capabilities.canSnapshot ? await world.control?.snapshot() : undefined;
  const closeLiving = async (): Promise<Closing> => {
    const troubles = new Troubles();
    // Faults are healed first; then everything must come to an end.
    if (record.capabilities.canInjectFaults)
      await troubles.attempt('healing the network', async () =>
        world.control?.setFaults(plantedFaults.get(settings.plantedFault ?? '')?.services ?? {}),
      );
    const { woundUp, hasLeft } = await windUpRun(windingUp, world, users, history);
    const collection = await troubles.attempt('collecting', () =>
      withFunder(journals, actor, async (funder) => {
        const collected = await collect(world, funder, users, funding, history, hasLeft);
        const isAllWell = troubles.lines.length + woundUp.unknown.length === 0;
        await closeJournals(funder, users, hasLeft, collected.troubles, isAllWell);
        return collected;
      }),
    );
    const violations = await troubles.attempt('the look at the whole protocol', () => violationsAtTheEnd(world));
    const lines = [...troubles.lines, ...(collection?.troubles.lines ?? [])];
    const closing = { woundUp, ...(collection && { collection }), violations: violations ?? [], troubles: lines };
    // The janitor tries again what this run could not do.
    if (!isTroubled(closing)) janitor?.dismiss();
    return closing;
  };
  return {
    startedAt,
    context: {
      record,
      protocol,
      users: names,
      seed: settings.seed,
      ...(originSnapshot === undefined ? {} : { originSnapshot }),
      historyPath,
      ...(journals === undefined ? {} : { journals }),
    },
    history,
    close: async () => {
      const closing = death.aborted ? NOTHING_CLOSED : await closeLiving();
      // What cannot be reached may have died, and stopping it tells: news of a death may come later than what it causes.
      if (isTroubled(closing)) await Promise.allSettled([closers.close()]);
      return death.aborted ? closedAfterDeath(closing, death.reason) : closing;
    },
    stop: () => closers.close(),
  };
}

/** What each user gets by the current plan. Throws FundingRefused when the funder has too little. */
async function plannedAllowance(
  suite: Suite<Actors>,
  world: World,
  settings: Settings,
  keysOf: KeySource,
): Promise<(user: string) => Allowance> {
  const plan = await planRun(suite, world, settings, keysOf, await world.informer.market());
  requireLeast(plan);
  process.stdout.write(`${planText(plan)}\n`);
  const gets = new Map(plan.users.map((planned) => [planned.user, planned.gets]));
  return (user) => gets.get(user) ?? { nativeWei: 0n, drops: 0n };
}

/** How long a shard waits for the funder's lock. */
const FUNDER_PATIENCE_MS = 30 * 60_000;

/** The funder acts for one process at a time, so that shards on one network can share it. */
async function withFunder<T>(
  journals: Journals | undefined,
  actor: (name: string) => UserSession,
  act: (funder: UserSession) => Promise<T>,
): Promise<T> {
  if (journals === undefined) return act(actor(FUNDER_NAME));
  const what = 'funding or collecting of a run';
  const lock = await lockKey(journals.folder, FUNDER_NAME, what, { waitMs: FUNDER_PATIENCE_MS });
  try {
    return await act(actor(FUNDER_NAME));
  } finally {
    lock.release();
  }
}

/** Where plays are put back, all invariants were already checked after every step. */
async function violationsAtTheEnd(world: World): Promise<Mismatch[]> {
  if (world.record.capabilities.canSnapshot) return [];
  return checkState(await new ProtocolWatch(world, []).state());
}

const NOTHING_WOUND_UP: WoundUp = { wrong: [], open: [], unknown: [], inDoubt: new Set() };
const NOTHING_CLOSED: Closing = { woundUp: NOTHING_WOUND_UP, violations: [], troubles: [] };

const isTroubled = ({ woundUp, troubles }: Closing): boolean => troubles.length + woundUp.unknown.length > 0;

/** A stopped network answers nothing, and what was on it is gone; what was found before stays found. */
const closedAfterDeath = ({ woundUp, violations }: Closing, reason: unknown): Closing => ({
  woundUp: { ...NOTHING_WOUND_UP, wrong: woundUp.wrong },
  violations,
  troubles: [`the network stopped: ${reasonOf(reason)}`],
});

/**
 * Closes the journals of all users who have nothing left. The funder's stays open while anything is wrong: the next sweep
 * then looks at everybody.
 */
async function closeJournals(
  funder: UserSession,
  users: readonly UserSession[],
  hasLeft: (user: string) => boolean,
  troubles: Troubles,
  isAllWell: boolean,
): Promise<void> {
  for (const session of users)
    if (!hasLeft(session.user) && !troubles.have(session.user))
      await troubles.attempt(session.user, async () => session.journal?.close());
  if (isAllWell && troubles.lines.length === 0)
    await troubles.attempt(funder.user, async () => funder.journal?.close());
}

async function windUpRun(
  windingUp: Suite<Actors>['windingUp'],
  world: World,
  users: readonly UserSession[],
  history: RunHistory,
) {
  // The network may have been put back since the users were funded.
  for (const session of users) session.forget();
  const troubles = new Troubles();
  await recoverInDoubt(world, users, history, troubles);
  // A wrong book would make winding up fail.
  const known = users.filter(({ user }) => !troubles.have(user));
  const ended = await windUp(windingUp, world, known, history);
  const woundUp = { ...ended, unknown: [...troubles.lines, ...ended.unknown] };
  const unfinished = unfinishedUsers(users, history);
  const hasLeft = (user: string): boolean => unfinished.has(user) || troubles.have(user) || ended.inDoubt.has(user);
  return { woundUp, hasLeft };
}

/** The funder may lack just the money that earlier runs left; it is swept before funding is planned. */
async function preflightOf(
  suite: Suite<Actors>,
  record: NetworkRecord,
  settings: Settings,
  apiKeys: ApiKeys,
): Promise<Preflight> {
  const looked = await preflight(suite, record, settings, apiKeys);
  if (!isAnythingJournalled(keyFolder(settings.usersFolder, record.name))) return looked;
  return { ...looked, findings: looked.findings.filter(({ about }) => about !== 'funder') };
}

interface ReachedNetwork {
  readonly record: NetworkRecord;
  readonly isEmbedded: boolean;
  readonly protocol: { readonly kind: string; readonly version: string };
  /** Aborted when the network stops on its own, with the reason; nothing can be collected then. */
  readonly death: AbortSignal;
}

async function reachNetwork(settings: Settings, closers: Closers): Promise<ReachedNetwork> {
  const network = findNetwork(settings.network, settings.overrides);
  const death = new AbortController();
  if (network.kind === 'record')
    return {
      record: network.record,
      isEmbedded: false,
      protocol: { kind: 'live', version: 'as deployed' },
      death: death.signal,
    };
  const fault = settings.plantedFault === undefined ? undefined : plantedFaults.get(settings.plantedFault);
  const devnet = await startDevnet({
    clock: 'virtual',
    agents: settings.agents,
    onFailure: (error) => death.abort(error),
    ...(settings.artifacts === undefined ? {} : { artifactsDir: settings.artifacts }),
    ...(fault?.patches === undefined ? {} : { patches: fault.patches }),
    ...(fault?.services === undefined ? {} : { faults: fault.services }),
  });
  closers.add(() => devnet.stop());
  return { record: devnet.record, isEmbedded: true, protocol: devnet.protocol, death: death.signal };
}
