/** Creating and calling contracts by name, against a node that answers what the test says. */
import { AbiCoder, Interface, Transaction, toBeHex } from 'ethers';
import { describe, expect, it } from 'vitest';
import { EvmAccount } from '../../clients/flare/account.ts';
import { JsonRpc, type RpcCall } from '../../clients/flare/json-rpc.ts';
import { CHAIN_TERMS } from '../chain/chain-terms.ts';
import { type Artifact, ArtifactError, type ArtifactSet } from './artifacts.ts';
import { ContractDeployer } from './contract-deployer.ts';

const CREATED = '0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed';

/** Keeps the transactions; each succeeds or reverts as told. */
class OneAnswerNode extends JsonRpc {
  readonly sent: Transaction[] = [];
  readonly #succeeds: boolean;

  constructor(succeeds: boolean) {
    super('http://127.0.0.1:1');
    this.#succeeds = succeeds;
  }

  override async batch<T extends readonly unknown[]>(calls: readonly RpcCall[]): Promise<T>;
  override async batch(calls: readonly RpcCall[]): Promise<readonly unknown[]> {
    return calls.map(({ method, params }) => {
      if (method !== 'eth_sendRawTransactionSync') return '0x0';
      const transaction = Transaction.from(String(params[0]));
      this.sent.push(transaction);
      const contractAddress = transaction.to === null ? CREATED : null;
      const figures = { blockNumber: '0x1', transactionIndex: '0x0', gasUsed: '0x1', effectiveGasPrice: '0x1' };
      const status = this.#succeeds ? '0x1' : '0x0';
      return { ...figures, transactionHash: transaction.hash, status, contractAddress, logs: [] };
    });
  }
}

const counter: Artifact = {
  contractName: 'Counter',
  abi: [
    { type: 'constructor', inputs: [{ type: 'uint256', name: 'start' }] },
    { type: 'function', name: 'add', inputs: [{ type: 'uint256', name: 'amount' }], outputs: [] },
    { type: 'function', name: 'other', inputs: [{ type: 'IERC20', name: 'not a type of the ABI' }], outputs: [] },
  ],
  bytecode: '0x6001',
};
const proxy: Artifact = {
  contractName: 'BoxProxy',
  abi: [{ type: 'constructor', inputs: [{ type: 'address' }, { type: 'uint256' }] }],
  bytecode: '0x6002',
};
const box: Artifact = { contractName: 'Box', abi: [], bytecode: '0x6003' };
const onlyInterface: Artifact = { contractName: 'IThing', abi: [], bytecode: '0x' };

function deployerOn(node: JsonRpc): ContractDeployer {
  const byName = new Map([counter, proxy, box, onlyInterface].map((artifact) => [artifact.contractName, artifact]));
  const artifacts: ArtifactSet = {
    folder: '/artifacts',
    version: 'v1.3',
    get: (name) => byName.get(name) ?? raise(name),
  };
  return new ContractDeployer(new EvmAccount(node, toBeHex(1, 32), CHAIN_TERMS), artifacts);
}

function raise(name: string): never {
  throw new ArtifactError(`no ${name}`);
}

const word = (value: bigint): string => AbiCoder.defaultAbiCoder().encode(['uint256'], [value]).slice(2);

describe('deploy', () => {
  it('appends the constructor arguments and gives the checksummed address', async () => {
    const node = new OneAnswerNode(true);
    const { address, artifact } = await deployerOn(node).deploy('Counter', [7n]);
    expect([address, artifact]).toEqual(['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed', counter]);
    expect(node.sent.map(({ to, data }) => [to, data])).toEqual([[null, `0x6001${word(7n)}`]]);
  });

  it('refuses a contract without code', async () => {
    await expect(deployerOn(new OneAnswerNode(true)).deploy('IThing')).rejects.toThrow(
      'contract IThing has no code to deploy',
    );
  });

  it('says which contract could not be created', async () => {
    await expect(deployerOn(new OneAnswerNode(false)).deploy('Counter', [7n])).rejects.toThrow(
      'creating Counter failed: transaction 0x',
    );
  });
});

describe('deployBehindProxy', () => {
  it('passes the implementation first and keeps its functions', async () => {
    const node = new OneAnswerNode(true);
    const { artifact } = await deployerOn(node).deployBehindProxy('Box', [9n]);
    expect(artifact).toBe(box);
    expect(node.sent.map(({ data }) => data)).toEqual(['0x6003', `0x6002${word(BigInt(CREATED))}${word(9n)}`]);
  });
});

describe('call', () => {
  it('parses only the function that is called', async () => {
    const node = new OneAnswerNode(true);
    await deployerOn(node).call({ address: CREATED, artifact: counter }, 'add', [5n]);
    const expected = new Interface(['function add(uint256)']).encodeFunctionData('add', [5n]);
    expect(node.sent.map(({ data }) => data)).toEqual([expected]);
  });

  it('says which call failed', async () => {
    const call = deployerOn(new OneAnswerNode(false)).call({ address: CREATED, artifact: counter }, 'add', [5n]);
    await expect(call).rejects.toThrow('Counter.add failed: transaction 0x');
  });
});
