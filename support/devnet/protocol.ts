/**
 * Puts the FDC contracts and a protocol on the chain, the stand-in or the real one, and their names in the registry.
 */
import type { EvmAccount } from '../clients/flare/account.ts';
import type { JsonRpc } from '../clients/flare/json-rpc.ts';
import type { CompiledContracts } from './contracts/compile.ts';
import type { ArtifactSet } from './deploy/artifacts.ts';
import type { DeployContext, FeedPrices, ProtocolDeployment } from './deploy/deployment.ts';
import { type DeployedFdcContracts, deployFdcContracts, setRegistryEntries } from './deploy/fdc-contracts.ts';
import { FIRST_VOTING_ROUND_START_S, type Timings } from './timings.ts';

/** With no round numbers in them, so that a rounding rule that is missed shows. */
export const PRICES: FeedPrices = {
  testXRP: { value: 213_457n, decimals: 5 },
  C2FLR: { value: 16_723n, decimals: 6 },
  testUSDT: { value: 99_981n, decimals: 5 },
};

export interface ProtocolOptions {
  readonly rpc: JsonRpc;
  /** Governs the protocol. */
  readonly deployer: EvmAccount;
  /** Owns the FDC contracts and the registry. */
  readonly relayer: EvmAccount;
  readonly timings: Timings;
  readonly sourceId: string;
  readonly compiled: CompiledContracts;
  /** Of the real protocol; absent for the stand-in. */
  readonly artifacts?: ArtifactSet;
}

export interface DeployedProtocol {
  readonly context: DeployContext;
  readonly fdc: DeployedFdcContracts;
  readonly protocol: ProtocolDeployment;
}

export async function deployProtocol(options: ProtocolOptions): Promise<DeployedProtocol> {
  const { rpc, deployer, relayer, timings, sourceId, compiled, artifacts } = options;
  const fdc = await deployFdcContracts({
    rpc,
    deployer: relayer,
    firstVotingRoundStartS: FIRST_VOTING_ROUND_START_S,
    votingEpochS: timings.votingEpochS,
    sourceId,
    compiled,
  });
  const context: DeployContext = { rpc, deployer, fdc, sourceId, prices: PRICES, timings: timings.protocol };
  const protocol = await (artifacts === undefined ? standIn(context, compiled) : real(context, artifacts));
  await setRegistryEntries(relayer, fdc, protocol.registryNames);
  return { context, fdc, protocol };
}

/** Each protocol's code is loaded only where it is used. */
async function standIn(context: DeployContext, compiled: CompiledContracts): Promise<ProtocolDeployment> {
  const { deployStandIn } = await import('./deploy/stand-in.ts');
  return deployStandIn(context, { compiled });
}

async function real(context: DeployContext, artifacts: ArtifactSet): Promise<ProtocolDeployment> {
  const { deployRealProtocol } = await import('./deploy/real-protocol.ts');
  return deployRealProtocol(context, artifacts);
}
