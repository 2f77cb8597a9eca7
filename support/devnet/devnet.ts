/**
 * The whole devnet as one thing: chain, ledger, FDC, protocol and agents on one clock, started and stopped together.
 *
 * This file only puts the parts together, in the order in which they need one another. Everything listens on the local
 * machine only, and with a virtual clock the same actions give the same transactions each time.
 */
import { EvmAccount } from '../clients/flare/account.ts';
import type { NetworkRecord } from '../clients/network-record.ts';
import { type Employed, employAgents } from './agents/employment.ts';
import type { AgentFaults } from './agents/faults.ts';
import { AgentService } from './agents/service.ts';
import { startAnvil } from './chain/anvil.ts';
import { CHAIN_ID, CHAIN_TERMS, HISTORY_BLOCKS, setBalances } from './chain/chain-terms.ts';
import type { Restorable } from './clock.ts';
import { Closers } from './closers.ts';
import { type SourcePatch, compileContracts } from './contracts/compile.ts';
import { type ControlTarget, startControlServer } from './control-server.ts';
import { readArtifacts } from './deploy/artifacts.ts';
import { type DevnetTime, realTime, virtualTime } from './devnet-time.ts';
import { type FaultPlan, type LiveFaults, applyFaultPlan } from './fault-plan.ts';
import { startFdcService } from './fdc-service.ts';
import { Ledger } from './ledger/ledger.ts';
import { startLedgerServer } from './ledger/server.ts';
import { type DeployedProtocol, deployProtocol } from './protocol.ts';
import { Snapshots } from './snapshots.ts';
import { CONFIRMATIONS, type ClockKind, LEDGER_PAST_S, type Timings, VIRTUAL_START_S, timingsOf } from './timings.ts';
import { FUNDER, FUNDER_DROPS, FUNDER_NATIVE_WEI, wellKnownActor } from './well-known.ts';

export interface DevnetOptions {
  readonly clock: ClockKind;
  /** Artifacts of the real contracts; absent for the embedded stand-in. */
  readonly artifactsDir?: string;
  /** 3 unless said otherwise. */
  readonly agents?: number;
  /** First of five ports in a row: chain, ledger, verifier, data availability, control. Absent: free ones. */
  readonly portBase?: number;
  /** Planted faults in the stand-in's sources. */
  readonly patches?: readonly SourcePatch[];
  /** Planted faults in the services, from the start; can be set later by the control server. */
  readonly faults?: FaultPlan;
  /** Told when a service fails on its own, which only happens in real time. Default: an uncaught error. */
  readonly onFailure?: (error: Error) => void;
}

export interface Devnet {
  readonly record: NetworkRecord;
  readonly protocol: { readonly kind: 'stand-in' | 'real'; readonly version: 'v1.2' | 'v1.3' };
  /** Id of a snapshot of everything. Throws on a real-time devnet, like the next two. */
  snapshot(): Promise<number>;
  /** Any number of times for one id; snapshots taken after it are gone. */
  restore(id: number): Promise<void>;
  /** Moves time forward with everything that is due on the way; returns the new time. */
  advanceTo(atS: number): Promise<number>;
  setFaults(plan: FaultPlan): void;
  /** Leaves no process, port or temporary file; more than once is fine. */
  stop(): Promise<void>;
}

const SOURCE_ID = 'testXRP';
const ASSET_MANAGER_NAME = 'AssetManagerFTestXRP';
/** An index of some size, as a ledger with a past has. */
const FIRST_LEDGER_INDEX = 1_000;
const DEPLOYER_WEI = 1_000_000n * 10n ** 18n;
const DEFAULT_AGENTS = 3;

/** Starts everything; when a part fails, whatever was started is stopped and the error thrown. */
export async function startDevnet(options: DevnetOptions): Promise<Devnet> {
  const closers = new Closers();
  try {
    return await assemble(options, closers);
  } catch (error) {
    await closers.close();
    throw error;
  }
}

async function assemble(options: DevnetOptions, closers: Closers): Promise<Devnet> {
  const timings = timingsOf(options.clock);
  const faults: LiveFaults = { ledger: {}, agents: {}, fdc: {} };
  applyFaultPlan(options.faults ?? {}, faults);
  const artifacts = options.artifactsDir === undefined ? undefined : readArtifacts(options.artifactsDir);
  const [chainUrl, compiled] = await together(
    startChain(options, closers),
    compileContracts({ patches: options.patches ?? [] }),
  );
  const time = startTime(options, chainUrl);
  closers.add(() => time.stop());
  const { clock, rpc } = time;

  const ledger = new Ledger({
    nowS: () => clock.nowS(),
    genesisCloseTimeS: clock.nowS() - LEDGER_PAST_S,
    firstIndex: FIRST_LEDGER_INDEX,
    faults: faults.ledger,
  });
  const closeS = timings.ledgerCloseS;
  const close = async () => void ledger.close();
  clock.every({ name: 'ledger close', intervalS: closeS, firstAtS: clock.nowS() + closeS, run: close });

  const account = (name: string) => new EvmAccount(rpc, wellKnownActor(name).evmPrivateKey, CHAIN_TERMS);
  const deployer = account('deployer');
  const relayer = account('relayer');
  const funder = new EvmAccount(rpc, FUNDER.evmPrivateKey, CHAIN_TERMS);
  await setBalances(
    rpc,
    new Map([
      [deployer.address, DEPLOYER_WEI],
      [relayer.address, DEPLOYER_WEI],
      [funder.address, FUNDER_NATIVE_WEI],
    ]),
  );
  ledger.fund(FUNDER.ledgerAddress, FUNDER_DROPS);

  const deployed = await deployProtocol({
    rpc,
    deployer,
    relayer,
    timings,
    sourceId: SOURCE_ID,
    compiled,
    ...(artifacts && { artifacts }),
  });
  const fdc = await startFdcService(
    {
      history: ledger.history,
      clock,
      rpc,
      deployment: deployed.fdc,
      relayer,
      timings,
      sourceId: SOURCE_ID,
      faults: faults.fdc,
      verifierPort: portOf(options, 2),
      dataAvailabilityPort: portOf(options, 3),
    },
    closers,
  );
  // A ledger must be old enough to be proven before the agents can start.
  await time.waitUntil(clock.nowS() + (CONFIRMATIONS + 1) * closeS);
  const employed = await employAgents({ count: options.agents ?? DEFAULT_AGENTS, time, ledger, fdc, deployed });
  const service = await startAgentService(time, timings, deployed, employed, faults.agents);

  const ledgerServer = await startLedgerServer(ledger, { port: portOf(options, 1) });
  closers.add(() => ledgerServer.stop());
  const restorables = time.restorables && [...time.restorables, ledger, fdc.rounds, service];
  const accounts = [deployer, relayer, ...employed.agents.map(({ owner }) => owner)];
  const controls = controlsOf(options, { time, restorables, accounts, faults, deployed, employed, service });
  const controlServer = await startControlServer(controls, portOf(options, 4));
  closers.add(() => controlServer.stop());
  return {
    record: recordOf(options, timings, deployed, {
      chainUrl,
      webSocketUrl: ledgerServer.webSocketUrl,
      faucetUrl: ledgerServer.faucetUrl,
      verifierUrl: fdc.verifierUrl,
      dataAvailabilityUrl: fdc.dataAvailabilityUrl,
      controlUrl: controlServer.url,
    }),
    protocol: { kind: deployed.protocol.kind, version: deployed.protocol.version },
    snapshot: () => controls.snapshot(),
    restore: (id) => controls.restore(id),
    advanceTo: (atS) => controls.advanceTo(atS),
    setFaults: (plan) => controls.setFaults(plan),
    stop: () => closers.close(),
  };
}

/** Both results; when one fails, only after the other has come to an end too. */
async function together<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second]);
  return Promise.all([first, second]);
}

async function startChain(options: DevnetOptions, closers: Closers): Promise<string> {
  const isVirtual = options.clock === 'virtual';
  const anvil = await startAnvil({
    port: portOf(options, 0),
    chainId: CHAIN_ID,
    historyBlocks: HISTORY_BLOCKS,
    ...(isVirtual ? { startS: VIRTUAL_START_S } : { emptyBlockS: 1 }),
    ...(options.onFailure && { onDeath: options.onFailure }),
  });
  closers.add(() => anvil.stop());
  return anvil.url;
}

function startTime(options: DevnetOptions, chainUrl: string): DevnetTime {
  return options.clock === 'virtual'
    ? virtualTime(chainUrl, VIRTUAL_START_S)
    : realTime(chainUrl, options.onFailure ?? throwUncaught);
}

const portOf = ({ portBase }: DevnetOptions, offset: number): number =>
  portBase === undefined ? 0 : portBase + offset;

async function startAgentService(
  { rpc, activity, clock }: DevnetTime,
  { agentTickS }: Timings,
  { protocol }: DeployedProtocol,
  { agents, attestor, access }: Employed,
  faults: AgentFaults,
): Promise<AgentService> {
  const service = new AgentService({
    rpc,
    activity,
    agents,
    assetManager: protocol.assetManager,
    ledger: access,
    attestor,
    faults,
    confirmations: CONFIRMATIONS,
    fromBlock: Number(await rpc.call<string>('eth_blockNumber')),
    nowS: () => clock.nowS(),
  });
  const run = () => service.tick();
  clock.every({ name: 'agents', intervalS: agentTickS, firstAtS: clock.nowS() + agentTickS, run });
  return service;
}

interface Parts {
  readonly time: DevnetTime;
  readonly restorables: readonly Restorable[] | undefined;
  readonly accounts: readonly EvmAccount[];
  readonly faults: LiveFaults;
  readonly deployed: DeployedProtocol;
  readonly employed: Employed;
  readonly service: AgentService;
}

function controlsOf(options: DevnetOptions, parts: Parts): ControlTarget {
  const { time, restorables, accounts, faults, deployed, employed, service } = parts;
  const snapshots = restorables && new Snapshots(time.rpc, restorables, accounts);
  const needSnapshots = async () => {
    if (snapshots === undefined) throw new Error('a devnet in real time cannot be put back, nor its time be moved');
    return snapshots;
  };
  return {
    now: () => time.clock.nowS(),
    advanceTo: async (atS) => {
      await needSnapshots();
      await time.waitUntil(atS);
      return time.clock.nowS();
    },
    snapshot: async () => (await needSnapshots()).take(),
    restore: async (id) => (await needSnapshots()).restore(id),
    setFaults: (plan) => applyFaultPlan(plan, faults),
    describe: () => ({
      clock: options.clock,
      protocol: { kind: deployed.protocol.kind, version: deployed.protocol.version },
      agents: employed.onboarded,
      problems: service.problems(),
    }),
  };
}

interface Endpoints {
  readonly chainUrl: string;
  readonly webSocketUrl: string;
  readonly faucetUrl: string;
  readonly verifierUrl: string;
  readonly dataAvailabilityUrl: string;
  readonly controlUrl: string;
}

function recordOf(
  { clock }: DevnetOptions,
  timings: Timings,
  { fdc, protocol }: DeployedProtocol,
  endpoints: Endpoints,
): NetworkRecord {
  const isVirtual = clock === 'virtual';
  return {
    name: 'devnet',
    chain: {
      rpcUrls: [endpoints.chainUrl],
      chainId: CHAIN_ID,
      maxFeePerGasWei: String(CHAIN_TERMS.maxFeePerGasWei),
      maxPriorityFeePerGasWei: String(CHAIN_TERMS.maxPriorityFeePerGasWei),
      receiptPollMs: CHAIN_TERMS.receiptPollMs,
      receiptTimeoutMs: CHAIN_TERMS.receiptTimeoutMs,
    },
    ledger: { webSocketUrls: [endpoints.webSocketUrl], networkId: 1, closeS: timings.ledgerCloseS },
    fdc: {
      sourceId: SOURCE_ID,
      verifierUrls: [endpoints.verifierUrl],
      dataAvailabilityUrls: [endpoints.dataAvailabilityUrl],
      confirmations: CONFIRMATIONS,
      finalizationDelayS: timings.finalizationDelayS,
    },
    contracts: {
      registry: fdc.registry,
      assetManagerName: ASSET_MANAGER_NAME,
      assetManager: protocol.assetManager,
    },
    capabilities: { canWarpTime: isVirtual, canSnapshot: isVirtual, canInjectFaults: true, hasFaucet: true },
    controlUrl: endpoints.controlUrl,
    faucetUrl: endpoints.faucetUrl,
  };
}

function throwUncaught(error: Error): void {
  queueMicrotask(() => {
    throw error;
  });
}
