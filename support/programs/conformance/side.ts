/**
 * One of the two protocols that are compared: an embedded devnet of its own with funded users, on which a sequence is
 * played from the same origin each time and everything that was seen is kept.
 *
 * Nothing is compared here, and nothing is written.
 */
import type { Actors } from '../../actors/actors.ts';
import { FaultSwitch } from '../../actors/fault-switch.ts';
import { give } from '../../money/transfer.ts';
import type { DevnetControl } from '../../clients/devnet-control.ts';
import type { ProtocolFeatures } from '../../clients/flare/contracts.ts';
import { Closers } from '../../devnet/closers.ts';
import type { SourcePatch } from '../../devnet/contracts/compile.ts';
import { type Devnet, startDevnet } from '../../devnet/devnet.ts';
import { openBook } from '../../sequence/runner.ts';
import type { ExecutedStep } from '../../sequence/step.ts';
import { devnetAllowance } from '../../money/fund.ts';
import type { Offer } from '../../sequence/draw.ts';
import { type UserSession, openSession } from '../../users/session.ts';
import { addressesOf } from '../../keys/credentials.ts';
import { FUNDER_NAME, counterpartOf, userNames } from '../../keys/names.ts';
import { wellKnownKeys } from '../../keys/key-source.ts';
import { type World, reachWorld } from '../../network/world.ts';
import type { Play } from './compare.ts';
import type { SeenStep } from './figures.ts';
import type { Sequence } from './sequences.ts';
import { Witness } from './witness.ts';

export interface SideOptions {
  readonly users: number;
  readonly agents: number;
  /** Of the real contracts; absent for the stand-in. */
  readonly artifacts?: string;
  /** Changes of the stand-in's sources. */
  readonly patches?: readonly SourcePatch[];
}

/** Thrown into the lanes when a step has failed: the play is over. */
class PlayOver extends Error {}

export class Side {
  readonly protocol: Devnet['protocol'];
  readonly #closers: Closers;
  readonly #world: World;
  readonly #control: DevnetControl;
  readonly #faults: FaultSwitch;
  readonly #sessions: ReadonlyMap<string, UserSession>;
  #originSnapshot: number | undefined;

  /** Starts a devnet and funds its users. Throws with everything stopped again. */
  static async open(options: SideOptions): Promise<Side> {
    const closers = new Closers();
    try {
      const { artifacts, patches = [], agents } = options;
      const devnet = await startDevnet({
        clock: 'virtual',
        agents,
        patches,
        ...(artifacts === undefined ? {} : { artifactsDir: artifacts }),
      });
      closers.add(() => devnet.stop());
      const world = await reachWorld(devnet.record);
      closers.add(() => world.close());
      const side = new Side(devnet.protocol, world, closers, userNames(options.users));
      await side.#fund();
      return side;
    } catch (error) {
      await closers.close();
      throw error;
    }
  }

  private constructor(protocol: Devnet['protocol'], world: World, closers: Closers, users: readonly string[]) {
    if (world.control === undefined) throw new Error('the devnet has no control server');
    this.protocol = protocol;
    this.#world = world;
    this.#closers = closers;
    this.#control = world.control;
    this.#faults = new FaultSwitch(world.control, {});
    const options = { tolerances: {}, faults: this.#faults };
    this.#sessions = new Map(
      users.map((user) => {
        const partner = addressesOf(wellKnownKeys(counterpartOf(user))).evmAddress;
        return [user, openSession(world, wellKnownKeys(user), { ...options, partner })];
      }),
    );
  }

  get features(): ProtocolFeatures {
    return this.#world.contracts.features;
  }

  nowS(): Promise<number> {
    return this.#control.nowS();
  }

  /** From here on every play begins at this time; a time in the past is the present. */
  async setOrigin(atS: number): Promise<void> {
    await this.#control.advanceTo(atS);
    this.#originSnapshot = await this.#control.snapshot();
  }

  /** Plays the sequence from the origin, drawing from `offers`. A step that fails ends it, and is the last one seen. */
  async play(sequence: Sequence, offers: readonly Offer<Actors>[]): Promise<Play> {
    await this.#putBack();
    const seen: SeenStep[] = [];
    const begun: ExecutedStep[] = [];
    const lanes = [];
    for (const { user, steps } of sequence.lanes) {
      const session = this.#session(user);
      const witness = new Witness(session, openBook(await session.userState([])));
      lanes.push({
        name: user,
        run: async (waiter: Parameters<UserSession['enterLane']>[0]) => {
          for (const drawn of steps) {
            session.enterLane(waiter);
            const step = await witness.step(drawn, offers, (begins) => begun.push(begins));
            seen.push(step);
            if (step.failure !== undefined) throw new PlayOver(step.failure.id);
            await waiter.sleepS(0);
          }
        },
      });
    }
    try {
      await this.#world.run(lanes, sequence.schedule);
    } catch (error) {
      if (!(error instanceof PlayOver)) throw error;
    }
    return { seen, begun, roles: await this.#roles() };
  }

  /** Stops everything; more than once is fine. */
  stop(): Promise<void> {
    return this.#closers.close();
  }

  async #putBack(): Promise<void> {
    if (this.#originSnapshot === undefined) throw new Error('a play needs an origin');
    await this.#control.restore(this.#originSnapshot);
    await this.#faults.reset();
    for (const session of this.#sessions.values()) session.forget();
  }

  async #fund(): Promise<void> {
    const funder = openSession(this.#world, wellKnownKeys(FUNDER_NAME), { tolerances: {} });
    const run = async (waiter: Parameters<UserSession['enterLane']>[0]) => {
      funder.enterLane(waiter);
      for (const { user, who } of this.#sessions.values()) await give(funder.hands, who, devnetAllowance(user));
    };
    await this.#world.run([{ name: funder.user, run }], []);
  }

  async #roles(): Promise<ReadonlyMap<string, string>> {
    const { contracts, informer } = this.#world;
    const { assetManager, fAsset, wNat, priceReader, fdcHub, fdcVerification, relay } = contracts;
    const named = Object.entries({ assetManager, fAsset, wNat, priceReader, fdcHub, fdcVerification, relay });
    const pools = await informer.pools();
    return new Map([
      ...named.map(([role, address]): [string, string] => [address, role]),
      ...contracts.collateralTypes
        .filter(({ isPool }) => !isPool)
        .map(({ token, tokenSymbol }): [string, string] => [token, tokenSymbol]),
      ...pools.flatMap(({ vault, pool, poolToken }, index): [string, string][] => [
        [vault, `agent-${index + 1}`],
        [pool, `agent-${index + 1}-pool`],
        [poolToken, `agent-${index + 1}-pool-token`],
      ]),
      ...[...this.#sessions.values()].map(({ user, who }): [string, string] => [who.evmAddress, user]),
    ]);
  }

  #session(user: string): UserSession {
    const session = this.#sessions.get(user);
    if (session === undefined) throw new Error(`there is no user ${user} on this devnet`);
    return session;
  }
}
