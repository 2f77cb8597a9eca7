/**
 * Creates contracts of an artifact set and calls them by name, all from one account, one transaction at a time.
 *
 * Addresses follow from the account and its nonce, so the same calls in the same order give the same addresses.
 */
import { Interface, type InterfaceAbi, concat, getAddress } from 'ethers';
import type { EvmAccount, Receipt } from '../../clients/flare/account.ts';
import { type Artifact, ArtifactError, type ArtifactSet } from './artifacts.ts';

/** Above the largest transaction (an asset manager with its cuts, 5.8 M) and below a default block. */
const GAS_LIMIT = 15_000_000n;

/** A contract that was created here, with the artifact its calls are encoded by. */
export interface Deployed {
  readonly address: string;
  readonly artifact: Artifact;
}

/** A transaction of the deployment failed; the message says which one. */
export class DeploymentError extends Error {
  override name = 'DeploymentError';
}

export class ContractDeployer {
  readonly account: EvmAccount;
  readonly #artifacts: ArtifactSet;

  constructor(account: EvmAccount, artifacts: ArtifactSet) {
    this.account = account;
    this.#artifacts = artifacts;
  }

  /** Creates `contractName` with constructor arguments. */
  async deploy(contractName: string, args: readonly unknown[] = []): Promise<Deployed> {
    const artifact = this.#artifacts.get(contractName);
    if (artifact.bytecode === '0x') throw new ArtifactError(`contract ${contractName} has no code to deploy`);
    const constructorOnly = new Interface(artifact.abi.filter(({ type }) => type === 'constructor'));
    const data = concat([artifact.bytecode, constructorOnly.encodeDeploy(args)]);
    const { contractAddress } = await this.#send(`creating ${contractName}`, { data });
    if (contractAddress === undefined) throw new DeploymentError(`creating ${contractName} gave no address`);
    return { address: getAddress(contractAddress), artifact };
  }

  /** Creates `contractName` behind `<contractName>Proxy`, whose first constructor argument is the implementation. */
  async deployBehindProxy(contractName: string, args: readonly unknown[]): Promise<Deployed> {
    const { address: implementation, artifact } = await this.deploy(contractName);
    const proxy = await this.deploy(`${contractName}Proxy`, [implementation, ...args]);
    return { address: proxy.address, artifact };
  }

  /** Calls `method` as a transaction. Throws DeploymentError when it reverts. */
  call({ address, artifact }: Deployed, method: string, args: readonly unknown[]): Promise<Receipt> {
    return this.#send(`${artifact.contractName}.${method}`, { to: address, data: encodeCall(artifact, method, args) });
  }

  async #send(what: string, request: { to?: string; data: string }): Promise<Receipt> {
    try {
      return await this.account.send({ ...request, gasLimit: GAS_LIMIT });
    } catch (cause) {
      throw new DeploymentError(`${what} failed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    }
  }
}

/** Call data of `method`. Only that function is parsed: whole ABIs are large. */
export function encodeCall(artifact: Artifact, method: string, args: readonly unknown[]): string {
  const fragments: InterfaceAbi = artifact.abi.filter(({ type, name }) => type === 'function' && name === method);
  return new Interface(fragments).encodeFunctionData(method, args);
}
