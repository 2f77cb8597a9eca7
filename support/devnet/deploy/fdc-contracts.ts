/**
 * Puts the FDC stand-in contracts and the contract registry on a devnet chain.
 *
 * Needs a node with anvil_setCode, because the registry has to stand at Flare's official address. Finalises no round:
 * that is the round engine.
 */
import { Interface } from 'ethers';
import type { EvmAccount } from '../../clients/flare/account.ts';
import type { JsonRpc } from '../../clients/flare/json-rpc.ts';
import { type CompiledContracts, compileContracts } from '../contracts/compile.ts';
import { bytes32Text } from '../fdc/encoding.ts';
import { ATTESTATION_TYPES } from '../fdc/attestation-types.ts';
import type { FdcDeployment } from './deployment.ts';

/** FlareContractRegistry has this address on every Flare network. */
export const FLARE_CONTRACT_REGISTRY = '0xaD67FE66660Fb8dFE9d6b1b4240d8650e30F6019';

/** What Coston2 charges for any XRP attestation. */
const REQUEST_FEE_WEI = 1000n;

export interface DeployedFdcContracts extends FdcDeployment {
  readonly addressUpdater: string;
}

export interface FdcContractsOptions {
  readonly rpc: JsonRpc;
  /** Pays, and becomes the owner of Relay, the fees, the registry and the address updater. */
  readonly deployer: EvmAccount;
  /** Unix second at which voting round 0 starts. */
  readonly firstVotingRoundStartS: number;
  /** Length of a voting round, 1 to 255 seconds (Relay keeps it in a uint8). */
  readonly votingEpochS: number;
  /** FDC source as text, testXRP unless said otherwise. */
  readonly sourceId?: string;
  /** Already compiled contracts, for example with a planted fault. */
  readonly compiled?: CompiledContracts;
}

/** Deploys the contracts, sets the fees and enters the names; throws TransactionReverted or a compile error. */
export async function deployFdcContracts(options: FdcContractsOptions): Promise<DeployedFdcContracts> {
  const { rpc, deployer, firstVotingRoundStartS, votingEpochS } = options;
  const compiled = options.compiled ?? (await compileContracts());
  const deploy = async (name: string, ...parameters: unknown[]): Promise<string> =>
    await deployContract(deployer, compiled, name, parameters);

  const relay = await deploy('Relay', deployer.address, firstVotingRoundStartS, votingEpochS);
  const fdcRequestFeeConfigurations = await deploy('FdcRequestFeeConfigurations', deployer.address);
  const deployment = {
    registry: FLARE_CONTRACT_REGISTRY,
    relay,
    fdcRequestFeeConfigurations,
    fdcHub: await deploy('FdcHub', fdcRequestFeeConfigurations),
    fdcVerification: await deploy('FdcVerification', relay),
    flareSystemsManager: await deploy('FlareSystemsManager', firstVotingRoundStartS, votingEpochS),
    addressUpdater: await deploy('AddressUpdater', deployer.address),
  };
  await placeRegistry(rpc, await deploy('FlareContractRegistry', deployer.address));
  await setFees(deployer, fdcRequestFeeConfigurations, options.sourceId ?? 'testXRP');
  await setRegistryEntries(deployer, deployment, {
    Relay: relay,
    FdcHub: deployment.fdcHub,
    FdcRequestFeeConfigurations: fdcRequestFeeConfigurations,
    FdcVerification: deployment.fdcVerification,
    FlareSystemsManager: deployment.flareSystemsManager,
    AddressUpdater: deployment.addressUpdater,
  });
  return deployment;
}

const nameTable = new Interface(['function setAddresses(string[] names, address[] addresses)']);

/** Adds or replaces names in the registry and the address updater. `owner` deployed the FDC contracts. */
export async function setRegistryEntries(
  owner: EvmAccount,
  deployment: Pick<DeployedFdcContracts, 'registry' | 'addressUpdater'>,
  addresses: Readonly<Record<string, string>>,
): Promise<void> {
  const data = nameTable.encodeFunctionData('setAddresses', [Object.keys(addresses), Object.values(addresses)]);
  await owner.send({ to: deployment.registry, data });
  await owner.send({ to: deployment.addressUpdater, data });
}

async function deployContract(
  deployer: EvmAccount,
  compiled: CompiledContracts,
  name: string,
  parameters: readonly unknown[],
): Promise<string> {
  const { abi, bytecode } = compiled.artifact(name);
  const encoded = Interface.from(JSON.stringify(abi)).encodeDeploy(parameters);
  const { contractAddress } = await deployer.send({ data: bytecode + encoded.slice(2) });
  if (contractAddress === undefined) throw new Error(`the node gave no address for the new ${name}`);
  return contractAddress;
}

/** The owner is an immutable, part of the code, so the copy at the official address has the same owner. */
async function placeRegistry(rpc: JsonRpc, deployedAt: string): Promise<void> {
  const code = await rpc.call<string>('eth_getCode', [deployedAt, 'latest']);
  await rpc.call('anvil_setCode', [FLARE_CONTRACT_REGISTRY, code]);
}

async function setFees(deployer: EvmAccount, fees: string, sourceId: string): Promise<void> {
  const setter = new Interface(['function setTypeAndSourceFee(bytes32 attestationType, bytes32 source, uint256 fee)']);
  for (const type of ATTESTATION_TYPES) {
    const parameters = [bytes32Text(type), bytes32Text(sourceId), REQUEST_FEE_WEI];
    await deployer.send({ to: fees, data: setter.encodeFunctionData('setTypeAndSourceFee', parameters) });
  }
}
