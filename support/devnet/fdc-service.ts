/**
 * The devnet's data connector: verifier, rounds and data availability, with their servers, and the way to them in
 * process for the devnet's own services.
 */
import type { EvmAccount } from '../clients/flare/account.ts';
import type { JsonRpc } from '../clients/flare/json-rpc.ts';
import type { Clock } from './clock.ts';
import type { Closers } from './closers.ts';
import type { FdcDeployment } from './deploy/deployment.ts';
import { startDataAvailabilityServer } from './fdc/data-availability-server.ts';
import type { FdcFaults } from './fdc/faults.ts';
import { type InProcessFdc, inProcessFdc } from './fdc/in-process.ts';
import { FdcRounds } from './fdc/rounds.ts';
import { startVerifierServer } from './fdc/verifier-server.ts';
import type { Visitors } from './http/visitors.ts';
import type { LedgerHistory } from './ledger/history.ts';
import { CONFIRMATIONS, FIRST_VOTING_ROUND_START_S, type Timings } from './timings.ts';
import { DEVNET_VERIFIER_API_KEY } from './well-known.ts';

export interface FdcServiceOptions {
  readonly history: LedgerHistory;
  readonly clock: Clock;
  readonly rpc: JsonRpc;
  readonly deployment: FdcDeployment;
  /** Owner of Relay. */
  readonly relayer: EvmAccount;
  readonly timings: Timings;
  readonly sourceId: string;
  readonly faults: FdcFaults;
  readonly visitors?: Visitors;
  /** 0 for free ones. */
  readonly verifierPort: number;
  readonly dataAvailabilityPort: number;
}

export interface FdcService {
  readonly rounds: FdcRounds;
  readonly access: InProcessFdc;
  readonly verifierUrl: string;
  readonly dataAvailabilityUrl: string;
  /** Second at which the root of the round of `atS` is due. */
  finalizedAtS(atS: number): number;
}

export async function startFdcService(options: FdcServiceOptions, closers: Closers): Promise<FdcService> {
  const { history, clock, rpc, deployment, relayer, timings, sourceId, faults, visitors = {} } = options;
  const verifierServer = await startVerifierServer({
    history,
    sourceId,
    apiKey: DEVNET_VERIFIER_API_KEY,
    port: options.verifierPort,
    visitors,
    confirmations: CONFIRMATIONS,
    faults,
    nowS: () => clock.nowS(),
  });
  closers.add(() => verifierServer.stop());
  const { verifier } = verifierServer;
  const rounds = new FdcRounds({
    clock,
    rpc,
    deployment,
    relayer,
    verifier,
    firstVotingRoundStartS: FIRST_VOTING_ROUND_START_S,
    votingEpochS: timings.votingEpochS,
    finalizationDelayS: timings.finalizationDelayS,
    faults,
  });
  const { store, votingRounds } = rounds;
  const dataAvailabilityServer = await startDataAvailabilityServer({
    store,
    clock,
    votingRounds,
    port: options.dataAvailabilityPort,
    visitors,
    faults,
  });
  closers.add(() => dataAvailabilityServer.stop());

  return {
    rounds,
    access: inProcessFdc(verifier, rounds, clock),
    verifierUrl: verifierServer.url,
    dataAvailabilityUrl: dataAvailabilityServer.url,
    finalizedAtS: (atS) => votingRounds.endS(votingRounds.roundAt(atS)) + timings.finalizationDelayS,
  };
}
