/**
 * stage: where steps are played, judged and written down. Where the network can be put back, every play begins where
 * funding ended. Imports money and the rooms below.
 * Never here: which steps are played. A failing step leaves a counterexample file before its error goes any further.
 */
import { join } from 'node:path';
import type { Actors } from '../actors/actors.ts';
import { FaultSwitch } from '../actors/fault-switch.ts';
import { ProtocolWatch } from '../readers/protocol-watch.ts';
import { plantedFaults } from '../planted/index.ts';
import { findFault, oddPaymentsOf } from '../faults/index.ts';
import type { UserState } from '../model/state.ts';
import type { Statement, StatementLine } from '../model/statement.ts';
import type { Bundle, Need } from '../sequence/bundle.ts';
import type { FaultWindow } from '../sequence/counterexample.ts';
import { type Book, type Decide, closeBook, closeReached, impossible, openBook, runStep } from '../sequence/runner.ts';
import { Floor } from '../sequence/turns.ts';
import { type ExecutedStep, StepFailed, type StepResult } from '../sequence/step.ts';
import { type Suite, findBundle } from '../sequence/suite.ts';
import type { Settings } from '../settings/settings.ts';
import { BegunSteps } from './culprit.ts';
import type { StageOptions } from './options.ts';
import { type PlayFailed, type Played, failedPlay } from './failed-play.ts';
import type { RunContext } from '../users/context.ts';
import { movementsOf } from '../money/fund.ts';
import { recoverIntoHistory } from '../money/books-in-doubt.ts';
import { settlePending } from '../money/recover.ts';
import { findingFirst, findingOf, reasonOf, troublesOf } from '../units/troubles.ts';
import { RunHistory, accountsOf } from '../sequence/history.ts';
import { type UserSession, openSession } from '../users/session.ts';
import { windUpAll } from '../money/wind-up-acts.ts';
import { UserLogs } from '../report/user-log.ts';
import { addressesOf } from '../keys/credentials.ts';
import { counterpartOf, everyone } from '../keys/names.ts';
import { openJournal } from '../users/journals.ts';
import { type KeySource, keySourceOf } from '../keys/key-source.ts';
import type { Waiter } from '../units/waiter.ts';
import type { DonePlay, Part, PartStep, Play } from '../sequence/play.ts';
import { type World, reachWorld } from '../network/world.ts';

interface Watching {
  readonly onBegin: (step: ExecutedStep, session: UserSession) => Promise<void>;
  readonly acts: BegunSteps;
  /** Names of bundles that must be possible. */
  readonly required: readonly string[];
}

export class Stage {
  readonly suite: Suite<Actors>;
  /** Without their partners. */
  readonly users: readonly string[];
  readonly #options: StageOptions;
  readonly #world: World;
  readonly #sessions: ReadonlyMap<string, UserSession>;
  readonly #history: RunHistory;
  readonly #logs: UserLogs;
  readonly #faults: FaultSwitch | undefined;
  readonly #watch: ProtocolWatch | undefined;
  /** A user is in one play at a time. */
  readonly #engagements: ReadonlyMap<string, Floor>;
  readonly #underWay = new Set<Promise<unknown>>();
  /** Users in the midst of a step, whose account is compared at its end. */
  readonly #inStep = new Set<string>();
  /** Users whose last step failed and whose book is not recovered yet. */
  readonly #inDoubt = new Set<string>();
  readonly #funded: ReadonlyMap<string, UserState>;
  #books: Map<string, Book>;
  #closed = false;
  /** As the history has it. */
  #faultsOn: readonly string[] = [];

  static async open(options: StageOptions): Promise<Stage> {
    return new Stage(options, await reachWorld(options.context.record, options.apiKeys, options.traffic));
  }

  private constructor(options: StageOptions, world: World) {
    const { context, settings } = options;
    const keysOf = keySourceOf(context.record, settings.usersFolder);
    this.#options = options;
    this.#world = world;
    this.suite = options.suite;
    this.users = context.users;
    this.#faults = faultSwitch(world, settings);
    this.#watch = protocolWatch(world, context, keysOf);
    const sessionOptions = {
      tolerances: settings.tolerances,
      ...(this.#faults === undefined ? {} : { faults: this.#faults }),
      ...(this.#watch === undefined ? {} : { watch: this.#watch }),
      oddPayments: oddPaymentsOf(settings.faults),
    };
    const addressOf = (user: string): string => addressesOf(keysOf(user)).evmAddress;
    this.#sessions = new Map(
      everyone(context.users).map((user) => [
        user,
        openSession(world, keysOf(user), {
          ...sessionOptions,
          ...journalOption(context, user),
          partner: addressOf(counterpartOf(user)),
          executors: [user, counterpartOf(user), ...context.users.filter((other) => other !== user)].map(addressOf),
        }),
      ]),
    );
    this.#engagements = new Map(context.users.map((user) => [user, new Floor()]));
    this.#history = new RunHistory(context.historyPath);
    this.#logs = new UserLogs(join(options.reportsFolder, 'logs'));
    const accounts = accountsOf(this.#history.read());
    this.#funded = new Map([...accounts].map(([user, { funded }]) => [user, funded]));
    this.#books = new Map([...accounts].map(([user, { book }]) => [user, book]));
  }

  /** Waits until every user has finished their step, since half a step cannot be accounted for. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#underWay);
    await this.#world.close();
  }

  /** Why this network cannot serve a bundle or a story at all, or undefined when it can. */
  lacksFor({ name, needs }: Pick<Bundle<Actors>, 'name' | 'needs'>): string | undefined {
    const has: Record<Need, boolean> = {
      canInjectFaults: this.#faults !== undefined,
      redeemAmount: this.#world.contracts.features.redeemAmount,
      directMinting: this.#world.contracts.features.directMinting,
      madeUpMoney: this.#world.record.capabilities.canSnapshot,
      ownDevnet: this.#world.control !== undefined,
      canSimulate: this.#world.canSimulate,
    };
    const lacking = needs.filter((need) => !has[need]);
    return lacking.length === 0 ? undefined : `${name} needs ${lacking.join(', ')}, which this network lacks`;
  }

  /** True where faults can be injected while users act. */
  get canInjectFaults(): boolean {
    return this.#faults !== undefined;
  }

  /** EVM address of a user or partner. */
  addressOf(user: string): string {
    return this.#session(user).who.evmAddress;
  }

  /** Puts the network back to where funding ended, where that is possible. */
  async begin(title: string): Promise<void> {
    await this.#whileOpen(() => this.#putBack(title));
  }

  async #putBack(title: string): Promise<void> {
    for (const user of this.#sessions.keys()) this.#logs.note(user, `\n=== ${title}`);
    const { originSnapshot } = this.#options.context;
    if (this.#world.control === undefined || originSnapshot === undefined) return;
    await this.#world.control.restore(originSnapshot);
    await this.#faults?.reset();
    this.#noteFaults([]);
    for (const session of this.#sessions.values()) session.forget();
    await this.#watch?.begin();
    this.#history.add({ type: 'put back', title });
    this.#books = new Map([...this.#funded].map(([user, state]) => [user, openBook(state)]));
    this.#inDoubt.clear();
  }

  /**
   * Plays a story of one user and a partner from where stories begin: where funding ended or, where the network cannot be
   * put back, with everything wound up. Otherwise like `play`.
   */
  async playStory(
    title: string,
    user: string,
    decisions: readonly PartStep<Actors>[],
    required: readonly string[] = [],
  ): Promise<readonly ExecutedStep[]> {
    await this.begin(title);
    return this.#engaging([user], async () => {
      const windingUp = everyone([user]).map((by) => ({
        by,
        decide: windUpAll(this.suite.windingUp),
        untilDone: true,
      }));
      if (!this.canBePutBack)
        await this.#perform({
          title: `${title}, winding up before`,
          parts: [{ user, decisions: windingUp }],
          schedule: [],
        });
      return (await this.#perform({ title, parts: [{ user, decisions }], schedule: [], required })).steps;
    });
  }

  /**
   * Plays the parts, users taking turns by the schedule, with the faults on; then heals the faults and winds up. Throws
   * PlayFailed at the first step that is not right.
   */
  async play(play: Play<Actors>): Promise<DonePlay> {
    const users = [...play.parts, ...(play.windingUp ?? [])].map(({ user }) => user);
    return this.#engaging([...new Set(users)], () => this.#perform(play));
  }

  /** Always in the same order, so that two plays never wait for each other. */
  async #engaging<T>(users: readonly string[], act: () => Promise<T>): Promise<T> {
    const releases: (() => void)[] = [];
    try {
      for (const user of users.toSorted()) releases.push((await this.#engagements.get(user)?.take()) ?? (() => {}));
      return await act();
    } finally {
      for (const release of releases) release();
    }
  }

  /** True where every play begins where funding ended. */
  get canBePutBack(): boolean {
    return this.#world.control !== undefined && this.#options.context.originSnapshot !== undefined;
  }

  async #perform({
    title,
    parts,
    schedule,
    faults = [],
    windingUp = [],
    required = [],
  }: Play<Actors>): Promise<DonePlay> {
    const begun: ExecutedStep[] = [];
    const acts = new BegunSteps();
    let settledFrom: number | undefined;
    try {
      await this.#heal();
      await this.#runParts(parts, schedule, { begun, acts, required }, faults);
      if (windingUp.length > 0) {
        settledFrom = begun.length;
        await this.#heal();
        await this.#runParts(windingUp, [], { begun, acts, required: [] }, []);
      }
    } catch (error) {
      const finding = findingOf(error);
      if (!(finding instanceof StepFailed)) throw error;
      throw this.#failed(finding, { foundBy: title, begun, schedule, faults, settledFrom }, troublesOf(error));
    }
    return { steps: begun, settledFrom };
  }

  /** Each step is added to `begun` as it begins. */
  async #runParts(
    parts: readonly Part<Actors>[],
    schedule: readonly number[],
    { begun, acts, required }: Omit<Watching, 'onBegin'> & { readonly begun: ExecutedStep[] },
    faults: readonly FaultWindow[],
  ): Promise<void> {
    let isOver = false;
    const lanes = parts.map(({ user, decisions }) => ({
      name: user,
      run: async (waiter: Waiter) => {
        // Only steps that really began may count in the schedule, or a replay would have other turns.
        const onBegin = async (begins: ExecutedStep, session: UserSession) => {
          acts.add(begins, session);
          await this.#turnOn(faults, begun.push(begins) - 1);
        };
        for (const step of decisions) {
          const { by, decide, untilDone = false } = typeof step === 'function' ? { by: user, decide: step } : step;
          const session = this.#session(by);
          for (let isDone = true; isDone; isDone &&= untilDone) {
            if (this.#closed || isOver) return;
            session.enterLane(waiter);
            isDone = await this.#playStep(session, decide, user, waiter, { onBegin, acts, required }).catch(
              (error: unknown) => {
                isOver = true;
                throw error;
              },
            );
            if (isDone) await waiter.sleepS(0);
          }
        }
      },
    }));
    await this.#whileOpen(() => this.#world.run(lanes, schedule));
  }

  /** A cancelled test ends while its step goes on; `close` waits for that, and nothing else may begin. */
  async #whileOpen<T>(act: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new Error('the run is over');
    const acting = act();
    this.#underWay.add(acting);
    try {
      return await acting;
    } finally {
      this.#underWay.delete(acting);
    }
  }

  /**
   * Before winding up and before each play: where the network is not put back, an earlier play may have left faults on.
   */
  async #heal(): Promise<void> {
    await this.#faults?.only([]);
    this.#noteFaults([]);
  }

  #noteFaults(on: readonly string[]): void {
    if (on.join() === this.#faultsOn.join()) return;
    this.#faultsOn = on;
    this.#history.add({ type: 'faults', on });
  }

  /** Faults change when a step begins, which a replay repeats exactly. */
  async #turnOn(faults: readonly FaultWindow[], step: number): Promise<void> {
    const on = faults.filter(({ fromStep, toStep }) => fromStep <= step && step < toStep);
    if (faults.length === 0) return;
    await this.#faults?.only(on.map(({ fault }) => findFault(fault)));
    this.#noteFaults(on.map(({ fault }) => fault));
  }

  async #playStep(
    session: UserSession,
    decide: Decide<Actors>,
    lane: string,
    waiter: Waiter,
    { onBegin, acts, required }: Watching,
  ): Promise<boolean> {
    const { user } = session;
    await this.#recoverBook(session, waiter);
    const book = this.#book(user);
    this.#inStep.add(user);
    try {
      const outcome = await runStep(session, book, decide, lane, (step) => onBegin(step, session));
      if ('notEnabled' in outcome) {
        const { notEnabled: reason, bundles, wanted } = outcome;
        if (wanted !== undefined && required.includes(wanted.bundle)) {
          const step = { ...wanted, user, plan: {}, ...(lane === user ? {} : { lane }) };
          await onBegin(step, session);
          const { book: closed, statement } = await closeBook(session, book);
          throw impossible(step, outcome, statement, closed.state.point.timeS);
        }
        this.#history.add({ type: 'not enabled', user, reason, bundles });
        return false;
      }
      this.#close(user, outcome.book, outcome.result.statement);
      await this.#compareReached(outcome.result);
      this.#record(outcome.result);
      return true;
    } catch (met) {
      const error = met instanceof StepFailed ? acts.blame(met) : met;
      if (error instanceof StepFailed) {
        this.#record(error.result);
        this.#inDoubt.add(user);
        throw findingFirst(error, await this.#troublesOfRecovering(session, waiter));
      }
      throw error;
    } finally {
      this.#inStep.delete(user);
    }
  }

  /** Whoever is in the midst of a step sees at its end what the other one's step brought. */
  async #compareReached(result: StepResult): Promise<void> {
    const { user, bundle } = result.step;
    const partner = counterpartOf(user);
    if (findBundle(this.suite, bundle)?.reachesPartner !== true || this.#inStep.has(partner)) return;
    const { book, statement } = await closeReached(this.#session(partner), this.#book(partner), result);
    this.#close(partner, book, statement);
    this.#logs.step({ ...result, step: { ...result.step, user: partner }, statement, transactions: [] });
  }

  #close(user: string, book: Book, statement: Statement | undefined): void {
    this.#books.set(user, book);
    this.#history.add({ type: 'closed', user, movements: movementsOf(statement?.lines ?? []), book });
  }

  /** Nobody knows what a failed step left half done. Where it cannot be undone, the user's book is recovered from the chains. */
  async #recoverBook(session: UserSession, waiter: Waiter): Promise<void> {
    if (this.canBePutBack || !this.#inDoubt.has(session.user)) return;
    await settlePending(this.#world, session, waiter);
    this.#books.set(session.user, await recoverIntoHistory(this.#world, session, this.#history));
    this.#inDoubt.delete(session.user);
  }

  /** What went wrong when a user's book cannot be recovered now; the user's next step tries again first. */
  async #troublesOfRecovering(session: UserSession, waiter: Waiter): Promise<readonly Error[]> {
    try {
      await this.#recoverBook(session, waiter);
      return [];
    } catch (error) {
      const why = `${session.user} could not go on from what the chains say: ${reasonOf(error)}`;
      return [new Error(why, { cause: error })];
    }
  }

  #record(result: StepFailed['result']): void {
    const { step, failure, transactions, tookMs, startedAtS, statement, refusedWith } = result;
    this.#logs.step(result);
    this.#history.add({
      type: 'step',
      user: step.user,
      bundle: step.bundle,
      plan: step.plan,
      verdict: failure?.verdict ?? 'right',
      failure: failure?.id,
      transactions,
      tookMs,
      startedAtS,
      reached: failure === undefined ? (statement?.reached ?? []) : [],
      ...(refusedWith === undefined ? {} : { refusedWith }),
      ...(failure === undefined ? {} : { sentence: failure.sentence, lines: movedLines(failure.statement) }),
    });
    const totals = this.#watch?.totals;
    const timeS = this.#books.get(step.user)?.state.point.timeS;
    if (totals !== undefined && timeS !== undefined) this.#history.add({ type: 'protocol', timeS, totals });
  }

  #failed(error: StepFailed, played: Played, troubles: readonly unknown[]): PlayFailed {
    // Where time passes by itself, the schedule was not used.
    const schedule = this.#world.record.capabilities.canWarpTime ? played.schedule : [];
    return failedPlay(this.#options, error, { ...played, schedule }, troubles);
  }

  #session(user: string): UserSession {
    const session = this.#sessions.get(user);
    if (session === undefined) throw new Error(`there is no user ${user} in this run`);
    return session;
  }

  #book(user: string): Book {
    const book = this.#books.get(user);
    if (book === undefined) throw new Error(`${user} was never funded`);
    return book;
  }
}

/** Lines with a movement, or that are off. */
const movedLines = (statement: Statement | undefined): StatementLine[] =>
  (statement?.lines ?? []).filter(
    ({ opening, movements, expected, actual }) => movements.length > 0 || expected !== actual || opening !== actual,
  );

/** On a network that outlives the run, signed transactions are journalled. */
function journalOption({ journals }: RunContext, user: string) {
  return journals === undefined ? {} : { journal: openJournal(journals, user) };
}

/** The whole protocol can be watched only where every play begins with nothing open. */
function protocolWatch(
  { rpc, ledger, contracts, informer, logs, gifts, defaultTerms, record }: World,
  context: RunContext,
  keysOf: KeySource,
): ProtocolWatch | undefined {
  if (!record.capabilities.canSnapshot || context.originSnapshot === undefined) return undefined;
  const holders = everyone(context.users).map((user) => addressesOf(keysOf(user)).evmAddress);
  return new ProtocolWatch({ rpc, ledger, contracts, informer, logs, gifts, defaultTerms }, holders);
}

/** Faults are injected on top of those the run began with. */
function faultSwitch({ control, record }: World, { plantedFault }: Settings): FaultSwitch | undefined {
  if (control === undefined || !record.capabilities.canInjectFaults) return undefined;
  return new FaultSwitch(control, plantedFaults.get(plantedFault ?? '')?.services ?? {});
}
