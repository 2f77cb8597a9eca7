/**
 * A chain with the stand-in and three agents on it, for tests of the contracts: the situation in which the real contracts
 * were observed, and where FASSETS_ARTIFACTS is set those contracts themselves. Proofs are made up here and put into the relay one a voting round; no ledger and no FDC server runs.
 */
import IAssetManagerAbi from '@flarenetwork/flare-periphery-contract-artifacts/coston2/artifacts/contracts/IAssetManager.sol/IAssetManager.json' with { type: 'json' };
import { AbiCoder, Interface, type ParamType, Result, concat, keccak256, toBeHex, toUtf8Bytes } from 'ethers';
import { z } from 'zod';
import { EvmAccount, type EventLog, TransactionReverted } from '../../../clients/flare/account.ts';
import { JsonRpc, JsonRpcError } from '../../../clients/flare/json-rpc.ts';
import { HANG_MS } from '../../../units/hang.ts';
import { startAnvil } from '../../chain/anvil.ts';
import { type AgentPlan, type OnboardedAgent, onboardAgents } from '../../deploy/agents.ts';
import type { DeployContext, FeedPrices, ProtocolDeployment } from '../../deploy/deployment.ts';
import { type DeployedFdcContracts, deployFdcContracts } from '../../deploy/fdc-contracts.ts';
import { readArtifacts } from '../../deploy/artifacts.ts';
import { deployRealProtocol } from '../../deploy/real-protocol.ts';
import { deployStandIn } from '../../deploy/stand-in.ts';
import { bytes32Text } from '../../fdc/encoding.ts';
import { timingsOf } from '../../timings.ts';
import { type CompiledContracts, compileContracts } from '../compile.ts';

export const START_S = 1_795_348_500;
export const UNDERLYING_BLOCK = 1_000_002n;
export const UNDERLYING_TIMESTAMP = 1_795_348_510n;
export const COIN = 10n ** 18n;
const FDC_PROTOCOL = 200;
const TIMINGS = timingsOf('virtual').protocol;
const SOURCE_ID = 'testXRP';
const FUNDS_WEI = 10_000_000n * COIN;

/** Prices of the recorded run. */
export const OBSERVED_PRICES: FeedPrices = {
  C2FLR: { value: 16_723n, decimals: 6 },
  testXRP: { value: 213_457n, decimals: 5 },
  testUSDT: { value: 99_981n, decimals: 5 },
};

/** Decoded values with every number as a decimal string, as the recorded figures have them. */
export type Plain = string | boolean | readonly Plain[] | { readonly [name: string]: Plain };
export type PlainRecord = Readonly<Record<string, Plain>>;

export interface Contract {
  readonly address: string;
  readonly abi: Interface;
}

export interface Sent {
  /** Every event that a known contract declares, in log order; `event` is its name. */
  readonly events: readonly PlainRecord[];
  readonly gasCostWei: bigint;
}

export interface LabAgent extends OnboardedAgent {
  readonly owner: EvmAccount;
  readonly work: EvmAccount;
  readonly poolContract: Contract;
  readonly poolTokenContract: Contract;
  readonly vaultContract: Contract;
}

export interface LabOptions {
  readonly prices?: FeedPrices;
  readonly agents?: readonly Partial<AgentTerms>[];
  readonly compiled?: CompiledContracts;
  /** Under test are the real contracts where FASSETS_ARTIFACTS names their artifacts, else the stand-in. */
  readonly protocol?: 'stand-in' | 'under test';
}

interface AgentTerms {
  feeBips: bigint;
  poolFeeShareBips: bigint;
  redemptionPoolFeeShareBips: bigint;
  vaultCollateralUnits: bigint;
  poolCollateralWei: bigint;
}

const OBSERVED_AGENTS: readonly Partial<AgentTerms>[] = [
  { feeBips: 25n },
  { feeBips: 50n, redemptionPoolFeeShareBips: 2000n },
  { feeBips: 100n, vaultCollateralUnits: 260_000_000n },
];

/** A proof struct as ethers takes it. */
export interface LabProof {
  readonly merkleProof: readonly string[];
  readonly data: Readonly<Record<string, unknown>>;
}

/** The response of an attestation before it is in any round. */
export interface Attestation {
  readonly type: string;
  readonly requestBody: Readonly<Record<string, unknown>>;
  readonly responseBody: Readonly<Record<string, unknown>>;
}

export class Lab {
  readonly rpc: JsonRpc;
  readonly compiled: CompiledContracts;
  readonly deployer: EvmAccount;
  readonly fdc: DeployedFdcContracts;
  readonly deployment: ProtocolDeployment;
  readonly minter: EvmAccount;
  readonly stranger: EvmAccount;
  readonly executor: EvmAccount;
  readonly manager: Contract;
  readonly fAsset: Contract;
  readonly wNat: Contract;
  readonly vaultToken: Contract;
  agents: readonly LabAgent[] = [];
  readonly #accounts: EvmAccount[] = [];
  readonly #stopNode: () => Promise<void>;
  readonly #decoder: Interface;
  readonly #errors: Interface;
  #nextRound = 1;
  #nextKey = 1;

  private constructor(
    rpc: JsonRpc,
    stopNode: () => Promise<void>,
    compiled: CompiledContracts,
    deployer: EvmAccount,
    fdc: DeployedFdcContracts,
    deployment: ProtocolDeployment,
  ) {
    this.rpc = rpc;
    this.#stopNode = stopNode;
    this.compiled = compiled;
    this.deployer = deployer;
    this.fdc = fdc;
    this.deployment = deployment;
    this.#errors = new Interface(JSON.stringify(compiled.errors));
    const declaring = ['ICollateralPool', 'WrappedNative', 'CoreVaultManager', 'MintingTagManager'];
    const declared = [...IAssetManagerAbi, ...declaring.flatMap((name) => compiled.artifact(name).abi)];
    this.#decoder = new Interface(JSON.stringify(declared.filter((entry) => eventSchema.safeParse(entry).success)));
    this.manager = { address: deployment.assetManager, abi: managerInterface(compiled) };
    this.fAsset = this.contract('FAssetToken', deployment.fAsset);
    this.wNat = this.contract('WrappedNative', deployment.wNat);
    this.vaultToken = this.contract('TestToken', deployment.vaultToken);
    this.minter = this.account();
    this.stranger = this.account();
    this.executor = this.account();
  }

  static async start(options: LabOptions = {}): Promise<Lab> {
    const compiled = options.compiled ?? (await compileContracts());
    const node = await startAnvil({ startS: START_S });
    const rpc = new JsonRpc(node.url, { timeoutMs: HANG_MS });
    const deployer = accountOf(rpc, 1000);
    await rpc.call('anvil_setBalance', [deployer.address, toBeHex(FUNDS_WEI)]);
    const fdc = await deployFdcContracts({
      rpc,
      deployer,
      firstVotingRoundStartS: START_S - 90_000_000,
      votingEpochS: 90,
      compiled,
    });
    const prices = options.prices ?? OBSERVED_PRICES;
    const context = { rpc, deployer, fdc, sourceId: SOURCE_ID, prices, timings: TIMINGS };
    const deployment = await deployProtocol(context, compiled, options.protocol ?? 'under test');
    const stopNode = async (): Promise<void> => {
      rpc.close();
      await node.stop();
    };
    const lab = new Lab(rpc, stopNode, compiled, deployer, fdc, deployment);
    await lab.#fund();
    await lab.#onboard(options.agents ?? OBSERVED_AGENTS, prices);
    return lab;
  }

  async stop(): Promise<void> {
    await this.#stopNode();
  }

  /** A new account with funds once the lab runs. */
  account(): EvmAccount {
    const account = accountOf(this.rpc, this.#nextKey++);
    this.#accounts.push(account);
    return account;
  }

  agent(index: number): LabAgent {
    const agent = this.agents[index];
    if (agent === undefined) throw new Error(`the lab has no agent ${index}`);
    return agent;
  }

  async snapshot(): Promise<string> {
    return await this.rpc.call<string>('evm_snapshot');
  }

  /** Puts the chain back; a snapshot serves once. */
  async restore(snapshot: string): Promise<void> {
    await this.rpc.call('evm_revert', [snapshot]);
    for (const account of [this.deployer, ...this.#accounts]) account.forgetNonce();
  }

  /** Runs `steps` and puts the chain back as it was. */
  async undone(steps: () => Promise<void>): Promise<void> {
    const snapshot = await this.snapshot();
    try {
      await steps();
    } finally {
      await this.restore(snapshot);
    }
  }

  /** The next block comes this much later. */
  async warp(seconds: number): Promise<void> {
    await this.rpc.call('evm_mine', [(await this.nowS()) + seconds]);
  }

  async nowS(): Promise<number> {
    const block = await this.rpc.call<{ timestamp: string }>('eth_getBlockByNumber', ['latest', false]);
    return Number(block.timestamp);
  }

  async send(
    account: EvmAccount,
    contract: Contract,
    method: string,
    parameters: readonly unknown[] = [],
    valueWei = 0n,
  ): Promise<Sent> {
    const data = contract.abi.encodeFunctionData(method, parameters);
    try {
      const receipt = await account.send({ to: contract.address, data, valueWei, gasLimit: 12_000_000n });
      return { events: this.#decode(receipt.logs), gasCostWei: receipt.gasCostWei };
    } catch (error) {
      if (!(error instanceof TransactionReverted)) throw error;
      const name = await this.revertOf(account, contract, method, parameters, valueWei);
      throw new Error(`${method} reverted: ${name}`, { cause: error });
    }
  }

  /** The single event of that name; throws unless there is exactly one. */
  only(sent: Sent, name: string): PlainRecord {
    const [event, ...others] = sent.events.filter((candidate) => candidate['event'] === name);
    if (event === undefined || others.length > 0) {
      throw new Error(
        `expected one ${name} among ${sent.events.map((candidate) => plainText(candidate, 'event')).join()}`,
      );
    }
    return event;
  }

  /** Name of the custom error (or the reason) the call would revert with; 'no revert' if it would pass. */
  async revertOf(
    account: EvmAccount,
    contract: Contract,
    method: string,
    parameters: readonly unknown[] = [],
    valueWei = 0n,
  ): Promise<string> {
    const data = contract.abi.encodeFunctionData(method, parameters);
    const call = { from: account.address, to: contract.address, data, value: toQuantity(valueWei) };
    try {
      await this.rpc.call('eth_call', [call, 'latest']);
      return 'no revert';
    } catch (error) {
      if (!(error instanceof JsonRpcError)) throw error;
      if (typeof error.data !== 'string' || error.data === '0x') return error.message;
      const parsed = this.#errors.parseError(error.data);
      return parsed === null ? error.message : parsed.name === 'Error' ? String(parsed.args[0]) : parsed.name;
    }
  }

  /** Result of a view; one value alone, several as a record. */
  async read(contract: Contract, method: string, parameters: readonly unknown[] = []): Promise<Plain> {
    const data = contract.abi.encodeFunctionData(method, parameters);
    const result = await this.rpc.call<string>('eth_call', [{ to: contract.address, data }, 'latest']);
    const fragment = contract.abi.getFunction(method);
    const decoded = contract.abi.decodeFunctionResult(method, result);
    const outputs = fragment?.outputs ?? [];
    const [single] = outputs;
    return outputs.length === 1 && single !== undefined ? plain(decoded[0], single) : plainAll(decoded, outputs);
  }

  async readNumber(contract: Contract, method: string, parameters: readonly unknown[] = []): Promise<bigint> {
    return BigInt(z.string().parse(await this.read(contract, method, parameters)));
  }

  async readRecord(contract: Contract, method: string, parameters: readonly unknown[] = []): Promise<PlainRecord> {
    return record(await this.read(contract, method, parameters));
  }

  async balanceOf(token: Contract, account: string): Promise<bigint> {
    return await this.readNumber(token, 'balanceOf', [account]);
  }

  async nativeBalanceOf(account: string): Promise<bigint> {
    return BigInt(await this.rpc.call<string>('eth_getBalance', [account, 'latest']));
  }

  /** A setting of the asset manager, through the controller. The real one can be changed only once a minute. */
  async govern(method: string, parameters: readonly unknown[] = []): Promise<Sent> {
    await this.warp(61);
    const controller = this.contract('AssetManagerController', this.deployment.assetManagerController);
    return await this.send(this.deployer, controller, method, [[this.manager.address], ...parameters]);
  }

  /** Overwrites one word of a contract's storage. */
  async setStorage(address: string, slot: string, value: bigint): Promise<void> {
    await this.rpc.call('anvil_setStorageAt', [address, slot, toBeHex(BigInt.asUintN(256, value), 32)]);
  }

  /** Finalises a round with this one attestation; `method` is the function that takes the proof. */
  async prove(method: string, { type, requestBody, responseBody }: Attestation): Promise<LabProof> {
    const round = this.#nextRound++;
    const data = {
      attestationType: bytes32Text(type),
      sourceId: bytes32Text(SOURCE_ID),
      votingRound: round,
      lowestUsedTimestamp: 0,
      requestBody,
      responseBody,
    };
    const dataType = this.manager.abi.getFunction(method)?.inputs[0]?.components?.[1];
    if (dataType === undefined) throw new Error(`${method} takes no proof`);
    const leaf = keccak256(AbiCoder.defaultAbiCoder().encode([dataType], [data]));
    const relay = this.contract('Relay', this.fdc.relay);
    await this.send(this.deployer, relay, 'setMerkleRoot', [FDC_PROTOCOL, round, leaf]);
    return { merkleProof: [], data };
  }

  /** Any other contract, by the name it has here. */
  contract(name: string, address: string): Contract {
    return { address, abi: new Interface(JSON.stringify(this.compiled.artifact(name).abi)) };
  }

  #decode(logs: readonly EventLog[]): PlainRecord[] {
    return logs.flatMap((log) => {
      const fragment = this.#decoder.getEvent(log.topics[0] ?? '');
      const indexed = fragment?.inputs.filter((input) => input.indexed === true).length ?? 0;
      // an NFT's Transfer has the topic of a token's, but one more indexed value
      if (fragment === null || log.topics.length !== indexed + 1) return [];
      const values = this.#decoder.decodeEventLog(fragment, log.data, log.topics);
      return [{ event: fragment.name, ...plainAll(values, fragment.inputs) }];
    });
  }

  async #fund(): Promise<void> {
    for (const { address } of this.#accounts) {
      await this.rpc.call('anvil_setBalance', [address, toBeHex(FUNDS_WEI)]);
    }
  }

  async #onboard(terms: readonly Partial<AgentTerms>[], prices: FeedPrices): Promise<void> {
    const owners = terms.map(() => ({ owner: this.account(), work: this.account() }));
    await this.#fund();
    const plans = owners.map(({ owner, work }, index): AgentPlan => ({
      name: `Lab ${index}`,
      ownerAccount: owner,
      workAccount: work,
      underlyingAddress: `rLabAgent${index}`,
      feeBips: 25n,
      poolFeeShareBips: 4000n,
      redemptionPoolFeeShareBips: 0n,
      vaultCollateralUnits: 5_000_000_000n,
      poolCollateralWei: 300_000n * COIN,
      mintingVaultCollateralRatioBips: 14_000n,
      mintingPoolCollateralRatioBips: 17_000n,
      poolExitCollateralRatioBips: 18_000n,
      buyFAssetByAgentFactorBips: 9900n,
      poolTokenSuffix: `LAB${index}`,
      ...terms[index],
    }));
    const onboarded = await onboardAgents({
      context: { rpc: this.rpc, deployer: this.deployer, fdc: this.fdc, sourceId: SOURCE_ID, prices, timings: TIMINGS },
      deployment: this.deployment,
      agents: plans,
      confirmedLedgerIndex: UNDERLYING_BLOCK,
      prove: async (requests) => {
        const proofs: LabProof[] = [];
        for (const request of requests) proofs.push(await this.#proveForOnboarding(request));
        return proofs;
      },
    });
    this.agents = onboarded.map((agent, index) => {
      const accounts = owners[index];
      if (accounts === undefined) throw new Error('more agents than plans');
      return {
        ...agent,
        ...accounts,
        poolContract: this.contract('CollateralPool', agent.pool),
        poolTokenContract: this.contract('CollateralPoolToken', agent.poolToken),
        vaultContract: this.contract('AgentVault', agent.vault),
      };
    });
  }

  async #proveForOnboarding(
    request: Parameters<Parameters<typeof onboardAgents>[0]['prove']>[0][number],
  ): Promise<LabProof> {
    if (request.type === 'ConfirmedBlockHeightExists') {
      return await this.prove('updateCurrentBlock', blockHeight(UNDERLYING_BLOCK, UNDERLYING_TIMESTAMP));
    }
    return await this.prove('createAgentVault', addressValidity(request.body.addressStr));
  }
}

export function blockHeight(
  blockNumber: bigint,
  blockTimestamp: bigint,
  window: { lowestBlock?: bigint; lowestTimestamp?: bigint } = {},
): Attestation {
  return {
    type: 'ConfirmedBlockHeightExists',
    requestBody: { blockNumber, queryWindow: 1n },
    responseBody: {
      blockTimestamp,
      numberOfConfirmations: 1n,
      lowestQueryWindowBlockNumber: window.lowestBlock ?? blockNumber - 1n,
      lowestQueryWindowBlockTimestamp: window.lowestTimestamp ?? blockTimestamp - 4n,
    },
  };
}

export function addressValidity(address: string, isValid = true, standardAddress = address): Attestation {
  return {
    type: 'AddressValidity',
    requestBody: { addressStr: address },
    responseBody: { isValid, standardAddress, standardAddressHash: addressHash(standardAddress) },
  };
}

export function addressHash(address: string): string {
  return keccak256(toUtf8Bytes(address));
}

export function plainText(values: PlainRecord, name: string): string {
  return z.string().parse(values[name]);
}

export function plainNumber(values: PlainRecord, name: string): bigint {
  return BigInt(plainText(values, name));
}

export function record(value: Plain): PlainRecord {
  if (isRecord(value)) return value;
  throw new Error('not a record');
}

function isRecord(value: Plain): value is PlainRecord {
  return typeof value === 'object' && !Array.isArray(value);
}

/** Official functions and events, and those the real contract has beside them. */
function managerInterface(compiled: CompiledContracts): Interface {
  const official = new Set(IAssetManagerAbi.map((entry) => ('name' in entry ? entry.name : '')));
  const own = compiled
    .names()
    .filter((name) => name.endsWith('Facet'))
    .flatMap((name) => compiled.artifact(name).abi)
    .filter((entry) => !official.has(functionSchema.safeParse(entry).data?.name ?? ''));
  return new Interface(JSON.stringify([...IAssetManagerAbi, ...own]));
}

const eventSchema = z.object({ type: z.literal('event') });
const functionSchema = z.object({ type: z.literal('function'), name: z.string() });

async function deployProtocol(
  context: DeployContext,
  compiled: CompiledContracts,
  which: 'stand-in' | 'under test',
): Promise<ProtocolDeployment> {
  const artifactsFolder = process.env['FASSETS_ARTIFACTS'];
  if (which === 'stand-in' || artifactsFolder === undefined) return await deployStandIn(context, { compiled });
  return await deployRealProtocol(context, readArtifacts(artifactsFolder));
}

function accountOf(rpc: JsonRpc, number: number): EvmAccount {
  return new EvmAccount(rpc, keccak256(concat([toUtf8Bytes('lab account'), toBeHex(number, 32)])), {
    chainId: 31337n,
    maxFeePerGasWei: 2_000_000_000n,
    maxPriorityFeePerGasWei: 0n,
    receiptPollMs: 5,
    receiptTimeoutMs: HANG_MS,
  });
}

function toQuantity(value: bigint): string {
  return `0x${value.toString(16)}`;
}

function plainAll(values: Result, types: readonly ParamType[]): { [name: string]: Plain } {
  return Object.fromEntries(types.map((type, index) => [type.name || String(index), plain(values[index], type)]));
}

function plain(value: unknown, type: ParamType): Plain {
  if (type.arrayChildren !== null && value instanceof Result) {
    const child = type.arrayChildren;
    return [...value].map((item: unknown) => plain(item, child));
  }
  if (type.components !== null && value instanceof Result) return plainAll(value, type.components);
  return typeof value === 'boolean' ? value : String(value);
}
