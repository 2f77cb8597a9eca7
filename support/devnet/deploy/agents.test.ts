/** Onboarding against a node that records transactions: which are sent, by whom, in which order, with which proof. */
import IAssetManagerAbi from '@flarenetwork/flare-periphery-contract-artifacts/coston2/artifacts/contracts/IAssetManager.sol/IAssetManager.json' with { type: 'json' };
import { Interface, Transaction, ZeroHash, encodeBytes32String, toBeHex } from 'ethers';
import { beforeEach, describe, expect, it } from 'vitest';
import { EvmAccount } from '../../clients/flare/account.ts';
import { JsonRpc, type RpcCall } from '../../clients/flare/json-rpc.ts';
import { CHAIN_TERMS } from '../chain/chain-terms.ts';
import { type AgentPlan, type Proof, type ProofRequest, onboardAgents } from './agents.ts';
import { timingsOf } from '../timings.ts';
import type { DeployContext, ProtocolDeployment } from './deployment.ts';

const address = (number: number): string => `0x${number.toString(16).padStart(40, '0')}`;
const ASSET_MANAGER = address(1);
const REGISTRY = address(2);
const VAULT_TOKEN = address(3);
const VAULT = address(4);

const contracts = new Interface([
  ...new Interface(IAssetManagerAbi).fragments,
  'function setWorkAddress(address)',
  'function acceptWorkAddressAssignment(address)',
  'function approve(address, uint256)',
  'function depositCollateral(address, uint256)',
  'function buyCollateralPoolTokens() payable',
]);

/** Every transaction succeeds; the one that creates a vault logs AgentVaultCreated. */
class RecordingNode extends JsonRpc {
  readonly sent: { from: string | null; to: string | null; method: string; args: unknown[]; value: bigint }[] = [];

  constructor() {
    super('http://127.0.0.1:1');
  }

  override async batch<T extends readonly unknown[]>(calls: readonly RpcCall[]): Promise<T>;
  override async batch(calls: readonly RpcCall[]): Promise<readonly unknown[]> {
    return calls.map(({ method, params }) =>
      method === 'eth_sendRawTransactionSync' ? this.#record(String(params[0])) : '0x0',
    );
  }

  #record(raw: string): unknown {
    const { from, to, data, value, hash } = Transaction.from(raw);
    const call = contracts.parseTransaction({ data, value });
    if (call === null) throw new Error(`unknown call ${data.slice(0, 10)}`);
    this.sent.push({ from, to, method: call.name, args: call.args.toArray(), value });
    const logs = call.name === 'createAgentVault' ? [vaultCreated(from ?? '')] : [];
    const figures = { blockNumber: '0x1', transactionIndex: '0x0', gasUsed: '0x1', effectiveGasPrice: '0x1' };
    return { ...figures, transactionHash: hash, status: '0x1', contractAddress: null, logs };
  }
}

function vaultCreated(owner: string): { address: string; topics: readonly (string | null)[]; data: string } {
  const numbers = Array.from({ length: 7 }, () => 0);
  const data = [address(5), address(6), 'rAgent', VAULT_TOKEN, address(7), ...numbers];
  const { topics, data: encoded } = contracts.encodeEventLog('AgentVaultCreated', [owner, VAULT, data]);
  return { address: ASSET_MANAGER, topics: topics.flat(), data: encoded };
}

let node: RecordingNode;
let others: string[];
beforeEach(() => {
  node = new RecordingNode();
  others = [];
});

function account(key: number): EvmAccount {
  return new EvmAccount(node, toBeHex(key, 32), CHAIN_TERMS);
}

function deploymentOf(version: 'v1.2' | 'v1.3'): ProtocolDeployment {
  return {
    kind: 'real',
    version,
    assetManager: ASSET_MANAGER,
    assetManagerController: address(8),
    agentOwnerRegistry: REGISTRY,
    fAsset: address(9),
    wNat: address(7),
    vaultToken: VAULT_TOKEN,
    priceReader: address(10),
    registryNames: {},
    setPrice: () => Promise.reject(new Error('no price is to be set')),
    async mintVaultToken(to, amount) {
      others.push(`mint ${amount} to ${to}`);
    },
    async whitelistAgentOwner(managementAddress, name) {
      others.push(`whitelist ${managementAddress} as ${name}`);
    },
  };
}

function plan(name: string, ownerKey: number): AgentPlan {
  return {
    name,
    ownerAccount: account(ownerKey),
    underlyingAddress: `r${name}`,
    feeBips: 25n,
    poolFeeShareBips: 4000n,
    redemptionPoolFeeShareBips: 2000n,
    vaultCollateralUnits: 5_000_000n,
    poolCollateralWei: 10n ** 18n,
    mintingVaultCollateralRatioBips: 14_000n,
    mintingPoolCollateralRatioBips: 17_000n,
    poolExitCollateralRatioBips: 18_000n,
    buyFAssetByAgentFactorBips: 9900n,
    poolTokenSuffix: name,
  };
}

async function prove(requests: readonly ProofRequest[]): Promise<readonly Proof[]> {
  return requests.map((request) => {
    const head = { attestationType: encodeBytes32String(request.type), sourceId: ZeroHash, votingRound: 1 };
    const data = { ...head, lowestUsedTimestamp: 0, requestBody: request.body, responseBody: responseBody(request) };
    return { merkleProof: [], data };
  });
}

function responseBody({ type, body }: ProofRequest): object {
  if (type === 'AddressValidity')
    return { isValid: true, standardAddress: body.addressStr, standardAddressHash: ZeroHash };
  const window = { lowestQueryWindowBlockNumber: 0, lowestQueryWindowBlockTimestamp: 0 };
  return { blockTimestamp: 0, numberOfConfirmations: 3, ...window };
}

function onboard(version: 'v1.2' | 'v1.3', agents: readonly AgentPlan[], prover = prove) {
  const unused = address(11);
  const fdc = {
    registry: unused,
    relay: unused,
    fdcHub: unused,
    fdcRequestFeeConfigurations: unused,
    fdcVerification: unused,
    flareSystemsManager: unused,
  };
  const price = { value: 1n, decimals: 5 };
  const prices = { C2FLR: price, testXRP: price, testUSDT: price };
  const context: DeployContext = {
    rpc: node,
    deployer: account(1),
    fdc,
    sourceId: 'testXRP',
    prices,
    timings: timingsOf('virtual').protocol,
  };
  return onboardAgents({
    context,
    deployment: deploymentOf(version),
    agents,
    confirmedLedgerIndex: 77n,
    prove: prover,
  });
}

describe('onboardAgents', () => {
  it('asks for all proofs at once: the ledger, then each address', async () => {
    const asked: (readonly ProofRequest[])[] = [];
    await onboard('v1.3', [plan('A', 2), plan('B', 3)], (requests) => {
      asked.push(requests);
      return prove(requests);
    });
    expect(asked).toEqual([
      [
        { type: 'ConfirmedBlockHeightExists', body: { blockNumber: 77n, queryWindow: 1n } },
        { type: 'AddressValidity', body: { addressStr: 'rA' } },
        { type: 'AddressValidity', body: { addressStr: 'rB' } },
      ],
    ]);
  });

  it('sets the underlying block, then takes the owner through every step', async () => {
    const owner = account(2);
    const agents = await onboard('v1.3', [plan('A', 2)]);
    expect(node.sent.map(({ from, to, method, value }) => [from, to, method, value])).toEqual([
      [account(1).address, ASSET_MANAGER, 'updateCurrentBlock', 0n],
      [owner.address, ASSET_MANAGER, 'createAgentVault', 0n],
      [owner.address, VAULT_TOKEN, 'approve', 0n],
      [owner.address, VAULT, 'depositCollateral', 0n],
      [owner.address, VAULT, 'buyCollateralPoolTokens', 10n ** 18n],
      [owner.address, ASSET_MANAGER, 'makeAgentAvailable', 0n],
    ]);
    expect(others).toEqual([`whitelist ${owner.address} as A`, `mint 5000000 to ${owner.address}`]);
    expect(agents).toEqual([
      {
        name: 'A',
        vault: VAULT,
        pool: address(5),
        poolToken: address(6),
        underlyingAddress: 'rA',
        ownerAddress: owner.address,
      },
    ]);
  });

  it('passes the settings by name', async () => {
    await onboard('v1.3', [plan('A', 2)]);
    const settings = node.sent.find(({ method }) => method === 'createAgentVault')?.args[1];
    expect(settings).toEqual([VAULT_TOKEN, 'A', 25n, 4000n, 14_000n, 17_000n, 9900n, 18_000n, 2000n]);
  });

  it('gives each vault the proof of its own address', async () => {
    await onboard('v1.3', [plan('A', 2), plan('B', 3)]);
    const proven = node.sent.filter(({ method }) => method === 'createAgentVault').map(({ args }) => String(args[0]));
    expect(proven.map((proof) => [proof.includes('rA'), proof.includes('rB')])).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  it('lets the work address accept, from v1.3 on', async () => {
    const work = { workAccount: account(4) };
    const workSteps = () => node.sent.filter(({ to }) => to === REGISTRY).map(({ from, method }) => [from, method]);
    await onboard('v1.2', [{ ...plan('A', 2), ...work }]);
    expect(workSteps()).toEqual([[account(2).address, 'setWorkAddress']]);
    node.sent.length = 0;
    await onboard('v1.3', [{ ...plan('A', 2), ...work }]);
    expect(workSteps()).toEqual([
      [account(2).address, 'setWorkAddress'],
      [account(4).address, 'acceptWorkAddressAssignment'],
    ]);
  });

  it('sends nothing when a proof is missing', async () => {
    await expect(onboard('v1.3', [plan('A', 2)], async () => [])).rejects.toThrow('asked for 2 proofs and was given 0');
    expect(node.sent).toEqual([]);
  });
});
