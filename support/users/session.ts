/**
 * users: what a process must know to take part. This file: one user, ready to act: keys, actors, costs, reads for the runner.
 * Imports settings, network and the rooms below.
 * Never here: money of several users, or who plays what.
 */
import type { Actors, Look } from '../actors/actors.ts';
import { CostBook } from '../actors/costs.ts';
import type { FaultSwitch } from '../actors/fault-switch.ts';
import { DirectMinter } from '../actors/direct-minter.ts';
import { TagOwner } from '../actors/tag-owner.ts';
import { Hands } from '../actors/hands.ts';
import type { Who } from '../readers/informer.ts';
import type { JournalFile } from '../clients/journal-file.ts';
import { Minter } from '../actors/minter.ts';
import { PoolManager } from '../actors/pool-manager.ts';
import type { ProtocolWatch } from '../readers/protocol-watch.ts';
import { Redeemer } from '../actors/redeemer.ts';
import { Attestor } from '../clients/fdc/attest.ts';
import { DataAvailabilityClient } from '../clients/fdc/data-availability-client.ts';
import { VerifierClient } from '../clients/fdc/verifier-client.ts';
import { EvmAccount } from '../clients/flare/account.ts';
import { verdictOf } from '../clients/verdict.ts';
import { Prober } from '../probes/prober.ts';
import { JsonRpcError } from '../clients/flare/json-rpc.ts';
import { LedgerAccount } from '../clients/xrpl/ledger-account.ts';
import { type OddPayments, explainBackground } from '../model/background.ts';
import { checkInvariants } from '../model/invariants.ts';
import type { Point, RecordId } from '../model/state.ts';
import type { Tolerances } from '../model/statement.ts';
import type { View } from '../sequence/bundle.ts';
import type { Book, Session } from '../sequence/runner.ts';
import type { Waiter } from '../units/waiter.ts';
import type { UserKeys } from '../keys/credentials.ts';
import { MetLook } from './met-look.ts';
import type { World } from '../network/world.ts';
import { EntrustedReader } from '../readers/entrusted.ts';

/** Waits like the lane that the user runs in at the moment. */
class LaneWaiter implements Waiter {
  #current: Waiter | undefined;

  use(waiter: Waiter): void {
    this.#current = waiter;
  }

  async nowS(): Promise<number> {
    return this.#lane().nowS();
  }

  async sleepS(seconds: number): Promise<void> {
    return this.#lane().sleepS(seconds);
  }

  #lane(): Waiter {
    if (this.#current === undefined) throw new Error('the user acts outside of a lane');
    return this.#current;
  }
}

export interface UserSession extends Session<Actors> {
  readonly who: Who;
  readonly evm: EvmAccount;
  readonly hands: Hands;
  /** What was signed with the user's keys, where that is written down. */
  readonly journal: JournalFile | undefined;
  /** From here on the user waits as `waiter` does. */
  enterLane(waiter: Waiter): void;
  /** Call after the network was put back: forgets what came later. */
  forget(): void;
}

export interface SessionOptions {
  readonly tolerances: Tolerances;
  readonly faults?: FaultSwitch;
  readonly oddPayments?: OddPayments;
  /** EVM address of whoever the user hands money on to. */
  readonly partner?: string;
  /** EVM addresses of who may be named as executor; without them nobody is. */
  readonly executors?: readonly string[];
  /** Shared by all users, where the whole protocol can be watched. */
  readonly watch?: ProtocolWatch;
  /** Where the network outlives the run. */
  readonly journal?: JournalFile;
}

export function openSession(world: World, keys: UserKeys, options: SessionOptions): UserSession {
  const { record, apiKeys, rpc, contracts, informer } = world;
  const waiter = new LaneWaiter();
  const metLook = new MetLook(async (block, view) =>
    lookAt(world, who, await informer.pointAt(block), Object.keys(view.user.records)),
  );
  const costs = new CostBook((block) => metLook.booked(block));
  const chain = options.faults?.chainWithTrouble(rpc) ?? rpc;
  const evm = new EvmAccount(chain, keys.evmPrivateKey, world.chainTerms, options.journal);
  const ledger = new LedgerAccount(world.ledger, keys.ledgerSeed, record.ledger.closeS, options.journal);
  const { sourceId, finalizationDelayS, pollS } = record.fdc;
  const attestor = new Attestor({
    verifier: new VerifierClient({
      urls: record.fdc.verifierUrls,
      apiKey: apiKeys.verifier,
      sourceId,
      waiter,
    }),
    dataAvailability: new DataAvailabilityClient({
      urls: record.fdc.dataAvailabilityUrls,
      waiter,
      ...(apiKeys.dataAvailability !== undefined && { apiKey: apiKeys.dataAvailability }),
    }),
    rpc,
    addresses: contracts,
    account: evm,
    waiter,
    timings: { finalizationDelayS, ...(pollS !== undefined && { pollS }) },
    onTransaction: (receipt, feeWei) => {
      costs.gas(receipt, 'an attestation request');
      if (receipt.succeeded) costs.attestation(receipt, feeWei);
    },
  });
  const hands = new Hands({
    evm,
    ledger,
    contracts,
    waiter,
    costs,
    prove: async (type, body) => (await attestor.prove(type, body)).proof,
    ledgerCloseS: record.ledger.closeS,
  });
  const who: Who = { evmAddress: evm.address, ledgerAddress: ledger.address };
  const entrusted = new EntrustedReader(world, evm.address);
  return {
    user: keys.name,
    address: evm.address.toLowerCase(),
    who,
    evm,
    hands,
    journal: options.journal,
    actors: {
      hands,
      minter: new Minter(hands),
      directMinter: new DirectMinter(hands),
      tagOwner: new TagOwner(hands),
      redeemer: new Redeemer(hands, world.ledger),
      poolManager: new PoolManager(hands),
      prober: new Prober(rpc, contracts),
      look: async () => lookAt(world, who, await informer.point()),
      lookBefore: async (block, last) =>
        last.market.point.block >= block - 1 ? last : lookAt(world, who, await informer.pointAt(block - 1)),
      faults: options.faults,
      partner: options.partner,
    },
    tolerances: options.tolerances,
    ...(options.oddPayments === undefined ? {} : { oddPayments: options.oddPayments }),
    enterLane: (lane) => waiter.use(lane),
    forget: () => {
      entrusted.forget();
      world.forget();
      evm.forgetNonce();
      ledger.forget();
    },
    view: async (book) => {
      const { oddPayments, executors } = options;
      const seen = await readView(world, who, book);
      const others =
        executors === undefined
          ? {}
          : {
              executors: executors.map((address) => address.toLowerCase()),
              entrusted: await entrusted.at(book.state.point, seen.market.point),
            };
      const view = { ...seen, ...others, ...(oddPayments === undefined ? {} : { oddPayments }) };
      metLook.begin(view);
      return view;
    },
    viewMet: (view) => metLook.met(view),
    userState: async (tracked) => {
      const point = await informer.point();
      // One look: the invariants' figures, and what the next step begins with.
      if (options.watch !== undefined) await Promise.all([options.watch.expect(point), informer.expectMarket(point)]);
      return informer.userState(who, tracked, point);
    },
    happenings: (from, to) => world.happenings.between(who, from, to, costs.transactions()),
    gifts: (accounts, from, to) => world.gifts.between(who.evmAddress, accounts, from, to, costs.transactions()),
    foreignUses: async (from, to) => {
      const sent = await Promise.all([
        world.gifts.sentBy(who.evmAddress, from.block + 1, to.block),
        world.ledger.sentBy(who.ledgerAddress, from.ledger + 1, to.ledger),
      ]);
      const own = costs.transactions();
      return sent.flat().filter((hash) => !own.has(hash));
    },
    evidence: (ending, at) => world.evidence.of(ending, at),
    violations: async (at) => {
      if (options.watch === undefined) return [];
      try {
        return checkInvariants(await options.watch.look(at));
      } catch (error) {
        const revert = error instanceof JsonRpcError ? error.revert : undefined;
        if (revert === undefined) throw error;
        const { kind } = verdictOf(error);
        return [{ kind, subject: 'a view of the protocol', expected: 'an answer', actual: revert.text }];
      }
    },
    costMark: () => costs.mark(),
    costsSince: (mark) => costs.since(mark),
    classify: verdictOf,
  };
}

async function lookAt({ informer }: World, who: Who, point: Point, tracked: readonly RecordId[] = []): Promise<Look> {
  const [market, user] = await Promise.all([informer.market(point), informer.userState(who, tracked, point)]);
  return { market, user };
}

async function readView(world: World, who: Who, book: Book): Promise<View> {
  const { state, notes, timelocks } = book;
  const point = await world.informer.point();
  const [look, payments] = await Promise.all([
    lookAt(world, who, point, Object.keys(state.records)),
    world.happenings.payments(who, state.point, point),
  ]);
  const { paid } = explainBackground(state.records, book.paid, { payments, statuses: [], defaults: [] });
  return { ...look, notes, timelocks, paid };
}
