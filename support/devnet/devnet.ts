/**
 * devnet: the embedded network. This file starts chain, ledger, FDC, protocol and agents on one clock and stops them.
 * Imports units, files and clients. Listens on the local machine only; a virtual clock makes runs repeatable.
 * Never here: formulas of the model, or one mistake would cancel the other.
 */
import anvilPackage from '@foundry-rs/anvil/package.json' with { type: 'json' };
import { randomBytes } from 'node:crypto';
import { evmAddressOf } from '../clients/flare/evm-key.ts';
import { JsonRpc } from '../clients/flare/json-rpc.ts';
import type { NetworkRecord } from '../clients/network-record.ts';
import { HANG_MS } from '../units/hang.ts';
import { toJson } from '../units/json.ts';
import { employAgents } from './agents/employment.ts';
import type { NodeLimits } from '../clients/flare/node-limits.ts';
import { startAnvil } from './chain/anvil.ts';
import { CHAIN_ID, HISTORY_BLOCKS, setBalances } from './chain/chain-terms.ts';
import { type Rehearsal, RehearsalDiffers, rehearsal, unrehearsed } from './chain/rehearsed-chain.ts';
import { startLimitedNode } from './chain/limited-node.ts';
import { Closers } from './closers.ts';
import { type CompiledContracts, type SourcePatch, compileContracts } from './contracts/compile.ts';
import { startControlServer } from './control-server.ts';
import { type ArtifactSet, readArtifacts } from './deploy/artifacts.ts';
import { devnetControls } from './devnet-controls.ts';
import { SOURCE_ID, devnetRecord } from './devnet-record.ts';
import { type DevnetTime, realTime, virtualTime } from './devnet-time.ts';
import { type FaultPlan, type LiveFaults, applyFaultPlan } from './fault-plan.ts';
import { startFdcService } from './fdc-service.ts';
import type { Visitors } from './http/visitors.ts';
import { Ledger } from './ledger/ledger.ts';
import type { LedgerFaults } from './ledger/faults.ts';
import { startLedgerServer } from './ledger/server.ts';
import { letPricesJump } from './price-jumps.ts';
import { CORE_VAULT } from './deploy/coston2-settings.ts';
import { PRICES, deployProtocol } from './protocol.ts';
import { CONFIRMATIONS, type ClockKind, LEDGER_PAST_S, VIRTUAL_START_S, timingsOf } from './timings.ts';
import { settleStranger } from './strangers/settlement.ts';
import { throwUncaught } from './uncaught.ts';
import { FUNDER_DROPS, FUNDER_NATIVE_WEI, funder, wellKnownActor } from './well-known.ts';

export interface DevnetOptions {
  readonly clock: ClockKind;
  /** Artifacts of the real contracts; absent for the embedded stand-in. */
  readonly artifactsDir?: string;
  /** 3 unless said otherwise. */
  readonly agents?: number;
  /** First of five ports in a row: chain, ledger, verifier, data availability, control. Absent: free ones. */
  readonly portBase?: number;
  /** Strangers whom its servers answer too. */
  readonly visitors?: Visitors;
  /** Planted faults in the stand-in's sources. */
  readonly patches?: readonly SourcePatch[];
  /** Planted faults in the services, from the start; can be set later by the control server. */
  readonly faults?: FaultPlan;
  /**
   * Once all is up, the ledger closes when a client says `ledger_accept` and by nothing else but the faucet, and its
   * clients are administrators: as with a stand-alone server. Off unless asked for.
   */
  readonly ledgerAccept?: boolean;
  /** What an account of the ledger must keep: 1 XRP unless said otherwise. */
  readonly baseReserveDrops?: bigint;
  /** What the chain refuses its clients, as public nodes do; the devnet's own services are not limited. */
  readonly nodeLimits?: NodeLimits;
  /** Sets the chain up even if one that was set up the same way is kept. */
  readonly isNew?: boolean;
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

/** An index of some size, as a ledger with a past has. */
const FIRST_LEDGER_INDEX = 1_000;
const SERVICE_WEI = 1_000_000n * 10n ** 18n;
/** Its account stands, as on every network. */
const CORE_VAULT_DROPS = 20n * 10n ** 6n;
const DEFAULT_AGENTS = 3;

/** Starts everything; when a part fails, whatever was started is stopped and the error thrown. */
export async function startDevnet(options: DevnetOptions): Promise<Devnet> {
  try {
    return await startOnce(options, options.isNew !== true);
  } catch (error) {
    // Its code changed since the chain was kept.
    if (isDifference(error)) return startOnce(options, false);
    throw error;
  }
}

async function startOnce(options: DevnetOptions, mayUseKept: boolean): Promise<Devnet> {
  const closers = new Closers();
  try {
    return await assemble(options, mayUseKept, closers);
  } catch (error) {
    await closers.close();
    throw error;
  }
}

async function assemble(options: DevnetOptions, mayUseKept: boolean, closers: Closers): Promise<Devnet> {
  const timings = timingsOf(options.clock);
  const ports = portsFrom(options.portBase);
  const { visitors = {} } = options;
  const [prices, strangers] = [{}, {}];
  const faults: LiveFaults = { ledger: {}, agents: {}, fdc: {}, prices, strangers };
  applyFaultPlan(options.faults ?? {}, faults);
  const artifacts: { readonly artifacts?: ArtifactSet } =
    options.artifactsDir === undefined ? {} : { artifacts: readArtifacts(options.artifactsDir) };

  const chainUrl = await startChain(options, ports.chain, closers);
  const compiled = await compileContracts({ patches: options.patches ?? [] });
  // In real time no two starts ask the same.
  const rehearsed =
    options.clock === 'virtual' ? rehearsal(keyOf(options, compiled, artifacts.artifacts), mayUseKept) : unrehearsed;
  const time = startTime(options, chainUrl, rehearsed);
  closers.add(() => time.stop());
  const { clock, rpc } = time;
  const closing: Closing = { isOnClock: true };
  const ledger = startLedger(time, timings.ledgerCloseS, faults.ledger, closing, options);
  const { deployer, relayer } = await fundServices(time, ledger);

  const sourceId = SOURCE_ID;
  const deployed = await deployProtocol({ rpc, deployer, relayer, timings, sourceId, compiled, ...artifacts });
  letPricesJump({
    clock,
    protocol: deployed.protocol,
    usual: PRICES.testXRP,
    everyS: timings.votingEpochS,
    faults: prices,
  });
  const fdc = await startFdcService(
    {
      history: ledger.history,
      clock,
      rpc,
      deployment: deployed.fdc,
      relayer,
      timings,
      sourceId,
      faults: faults.fdc,
      visitors,
      verifierPort: ports.verifier,
      dataAvailabilityPort: ports.dataAvailability,
    },
    closers,
  );
  // A ledger must be old enough to be proven before the agents can start.
  await time.waitUntil(clock.nowS() + (CONFIRMATIONS + 1) * timings.ledgerCloseS);
  const agents = await employAgents({
    count: options.agents ?? DEFAULT_AGENTS,
    time,
    ledger,
    fdc,
    deployed,
    tickS: timings.agentTickS,
    faults: faults.agents,
  });

  const stranger = await settleStranger({
    time,
    ledger,
    fdc,
    deployed,
    agents,
    tickS: 3 * timings.ledgerCloseS,
    faults: strangers,
  });

  await endRehearsal(rehearsed, chainUrl);

  const { ledgerAccept = false } = options;
  closing.isOnClock = !ledgerAccept;
  const ledgerServer = await startLedgerServer(ledger, {
    port: ports.ledger,
    visitors,
    allowLedgerAccept: ledgerAccept,
    ...(ledgerAccept && { onFaucet: () => void ledger.close() }),
  });
  closers.add(() => ledgerServer.stop());
  const controls = devnetControls({
    clock: options.clock,
    time,
    services: [ledger, fdc.rounds, stranger.service],
    accounts: [deployer, relayer, stranger.evm],
    agents,
    deployed,
    faults,
  });
  const controlToken = randomBytes(32).toString('hex');
  const controlServer = await startControlServer(controls, { token: controlToken, port: ports.control, visitors });
  closers.add(() => controlServer.stop());
  return {
    record: devnetRecord(options.clock, deployed.fdc.registry, {
      chainUrl: await limitedChain(options, chainUrl, closers),
      ...(options.nodeLimits !== undefined && { nodeLimits: options.nodeLimits }),
      webSocketUrl: ledgerServer.webSocketUrl,
      faucetUrl: ledgerServer.faucetUrl,
      verifierUrl: fdc.verifierUrl,
      dataAvailabilityUrl: fdc.dataAvailabilityUrl,
      controlUrl: controlServer.url,
      controlToken,
    }),
    protocol: { kind: deployed.protocol.kind, version: deployed.protocol.version },
    snapshot: () => controls.snapshot(),
    restore: (id) => controls.restore(id),
    advanceTo: (atS) => controls.advanceTo(atS),
    setFaults: (plan) => controls.setFaults(plan),
    stop: () => closers.close(),
  };
}

/** Five ports in a row, or 0 for free ones. */
function portsFrom(base: number | undefined) {
  const port = (offset: number) => (base === undefined ? 0 : base + offset);
  return { chain: port(0), ledger: port(1), verifier: port(2), dataAvailability: port(3), control: port(4) };
}

async function startChain(options: DevnetOptions, port: number, closers: Closers): Promise<string> {
  const isVirtual = options.clock === 'virtual';
  const anvil = await startAnvil({
    port,
    chainId: CHAIN_ID,
    historyBlocks: HISTORY_BLOCKS,
    ...(options.visitors?.origin !== undefined && { allowOrigin: options.visitors.origin }),
    onDeath: options.onFailure ?? throwUncaught,
    ...(isVirtual ? { startS: VIRTUAL_START_S } : { emptyBlockS: 1 }),
  });
  closers.add(() => anvil.stop());
  return anvil.url;
}

/** Where its clients reach the chain. */
async function limitedChain({ nodeLimits }: DevnetOptions, chainUrl: string, closers: Closers): Promise<string> {
  if (nodeLimits === undefined) return chainUrl;
  const node = await startLimitedNode(chainUrl, nodeLimits);
  closers.add(() => node.stop());
  return node.url;
}

/** What a chain hangs on, besides what it is asked. */
function keyOf(options: DevnetOptions, compiled: CompiledContracts, artifacts: ArtifactSet | undefined): string {
  const { agents = DEFAULT_AGENTS, faults = {}, baseReserveDrops } = options;
  return toJson([anvilPackage.version, compiled.hash, artifacts?.folder, agents, faults, baseReserveDrops]);
}

async function endRehearsal(rehearsed: Rehearsal, chainUrl: string): Promise<void> {
  const chain = new JsonRpc(chainUrl, { timeoutMs: HANG_MS });
  try {
    await rehearsed.end(chain);
  } finally {
    chain.close();
  }
}

/** A service's error tells what it was about, and has ours as its cause. */
function isDifference(error: unknown): boolean {
  return error instanceof RehearsalDiffers || (error instanceof Error && isDifference(error.cause));
}

function startTime(options: DevnetOptions, chainUrl: string, rehearsed: Rehearsal): DevnetTime {
  return options.clock === 'virtual'
    ? virtualTime(chainUrl, VIRTUAL_START_S, rehearsed)
    : realTime(chainUrl, options.onFailure ?? throwUncaught);
}

/** Whether the clock closes ledgers. */
interface Closing {
  isOnClock: boolean;
}

/** A ledger that closes on the clock, as long as that is wanted. */
function startLedger(
  { clock }: DevnetTime,
  closeS: number,
  faults: LedgerFaults,
  closing: Closing,
  { baseReserveDrops }: Pick<DevnetOptions, 'baseReserveDrops'>,
): Ledger {
  const nowS = () => clock.nowS();
  const genesisCloseTimeS = nowS() - LEDGER_PAST_S;
  const ledger = new Ledger({
    nowS,
    genesisCloseTimeS,
    firstIndex: FIRST_LEDGER_INDEX,
    faults,
    ...(baseReserveDrops !== undefined && { baseReserveDrops }),
  });
  const run = async () => {
    if (closing.isOnClock && faults.isStalled?.(nowS()) !== true) ledger.close();
  };
  clock.every({ name: 'ledger close', intervalS: closeS, firstAtS: nowS() + closeS, run });
  return ledger;
}

/** Money for those who deploy and relay, and for the funder of the suite's users. */
async function fundServices(time: DevnetTime, ledger: Ledger) {
  const deployer = time.account(wellKnownActor('deployer').evmPrivateKey);
  const relayer = time.account(wellKnownActor('relayer').evmPrivateKey);
  const balances = new Map([
    [deployer.address, SERVICE_WEI],
    [relayer.address, SERVICE_WEI],
    [evmAddressOf(funder().evmPrivateKey), FUNDER_NATIVE_WEI],
  ]);
  await setBalances(time.rpc, balances);
  ledger.fund(funder().ledgerAddress, FUNDER_DROPS);
  ledger.fund(CORE_VAULT.underlyingAddress, CORE_VAULT_DROPS);
  return { deployer, relayer };
}
