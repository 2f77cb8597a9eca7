import { AbiCoder, Interface, id, keccak256, toBeHex } from 'ethers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EvmAccount } from '../../clients/flare/account.ts';
import { JsonRpc } from '../../clients/flare/json-rpc.ts';
import { startAnvil } from '../chain/anvil.ts';
import { CHAIN_TERMS } from '../chain/chain-terms.ts';
import { Closers } from '../closers.ts';
import { ATTESTATION_TYPES } from '../fdc/attestation-types.ts';
import { bytes32Text } from '../fdc/encoding.ts';
import { type DeployedFdcContracts, deployFdcContracts, setRegistryEntries } from './fdc-contracts.ts';

const FIRST_START_S = 1_658_430_000;
const NOW_S = 1_790_000_010;
const opened = new Closers();
afterAll(() => opened.close());
let rpc: JsonRpc;
let owner: EvmAccount;
let stranger: EvmAccount;
let contracts: DeployedFdcContracts;

beforeAll(async () => {
  const anvil = await startAnvil({ startS: NOW_S });
  opened.add(() => anvil.stop());
  rpc = new JsonRpc(anvil.url, { timeoutMs: CHAIN_TERMS.receiptTimeoutMs });
  opened.add(async () => rpc.close());
  [owner, stranger] = [await account('1'), await account('2')];
  contracts = await deployFdcContracts({
    rpc,
    deployer: owner,
    firstVotingRoundStartS: FIRST_START_S,
    votingEpochS: 90,
  });
});

async function account(digit: string): Promise<EvmAccount> {
  const made = new EvmAccount(rpc, `0x${digit.repeat(64)}`, CHAIN_TERMS);
  await rpc.call('anvil_setBalance', [made.address, toBeHex(10n ** 20n)]);
  return made;
}

async function read(to: string, signature: string, ...parameters: unknown[]): Promise<unknown[]> {
  const contract = new Interface([`function ${signature}`]);
  const fragment = contract.getFunction(signature.slice(0, signature.indexOf('(')));
  if (fragment === null) throw new Error(`cannot read ${signature}`);
  const data = contract.encodeFunctionData(fragment, parameters);
  return contract
    .decodeFunctionResult(fragment, await rpc.call<string>('eth_call', [{ to, data }, 'latest']))
    .toArray(true);
}

async function write(sender: EvmAccount, to: string, signature: string, ...parameters: unknown[]) {
  const contract = new Interface([`function ${signature}`]);
  return await sender.send({ to, data: contract.encodeFunctionData(signature.split('(')[0] ?? '', parameters) });
}

const lower = (values: unknown[]): string[] => values.flat().map((value) => String(value).toLowerCase());

describe('FlareContractRegistry and AddressUpdater', () => {
  test('know the contracts by name and by hash', async () => {
    const { registry, addressUpdater, fdcHub, relay } = contracts;
    expect(registry).toBe('0xaD67FE66660Fb8dFE9d6b1b4240d8650e30F6019');
    const hash = keccak256(AbiCoder.defaultAbiCoder().encode(['string'], ['FdcHub']));
    const same = [fdcHub].map((address) => address.toLowerCase());
    expect(lower(await read(registry, 'getContractAddressByName(string) view returns (address)', 'FdcHub'))).toEqual(
      same,
    );
    expect(lower(await read(registry, 'getContractAddressByHash(bytes32) view returns (address)', hash))).toEqual(same);
    const list = 'getContractAddressesByName(string[]) view returns (address[])';
    expect(lower(await read(registry, list, ['FdcHub', 'Nobody', 'Relay']))).toEqual(
      [fdcHub, `0x${'0'.repeat(40)}`, relay].map((address) => address.toLowerCase()),
    );
    expect(
      lower(await read(registry, 'getContractAddressesByHash(bytes32[]) view returns (address[])', [hash])),
    ).toEqual(same);
    expect(lower(await read(addressUpdater, 'getContractAddress(string) view returns (address)', 'FdcHub'))).toEqual(
      same,
    );
    expect(lower(await read(addressUpdater, 'getContractAddressByHash(bytes32) view returns (address)', hash))).toEqual(
      same,
    );
    const unknown = read(addressUpdater, 'getContractAddress(string) view returns (address)', 'Nobody');
    await expect(unknown).rejects.toThrow('address zero');
  });

  test('take new names and new addresses for old ones, from the owner alone', async () => {
    const all = 'getAllContracts() view returns (string[], address[])';
    const [namesBefore] = await read(contracts.registry, all);
    const first = `0x${'0'.repeat(39)}1`;
    const second = `0x${'0'.repeat(39)}2`;
    await setRegistryEntries(owner, contracts, { WNat: first });
    await setRegistryEntries(owner, contracts, { WNat: second });
    const [names, addresses] = await read(contracts.registry, all);
    expect(names).toEqual([namesBefore, 'WNat'].flat());
    expect([addresses].flat().at(-1)).toBe(second);
    await expect(setRegistryEntries(stranger, contracts, { WNat: first })).rejects.toThrow('only owner');
  });
});

async function random(): Promise<unknown[]> {
  return await read(contracts.relay, 'getRandomNumber() view returns (uint256,bool,uint256)');
}

describe('Relay and FlareSystemsManager', () => {
  test.each([
    [1_658_430_000, 0n],
    [1_658_430_089, 0n],
    [1_658_430_090, 1n],
    [1_729_687_700, 791_752n],
  ])('second %i lies in round %i', async (timestampS, round) => {
    expect(await read(contracts.relay, 'getVotingRoundId(uint256) view returns (uint256)', timestampS)).toEqual([
      round,
    ]);
  });

  test('have no round before the first', async () => {
    const early = read(contracts.relay, 'getVotingRoundId(uint256) view returns (uint256)', FIRST_START_S - 1);
    await expect(early).rejects.toThrow('before the start');
  });

  test('tell the start and the length of rounds', async () => {
    const state = await read(
      contracts.relay,
      'stateData() view returns (uint8,uint32,uint8,uint32,uint16,uint16,uint32,bool,uint32,bool,uint32)',
    );
    expect(state).toHaveLength(11);
    expect(state.slice(1, 3)).toEqual([BigInt(FIRST_START_S), 90n]);
    const { flareSystemsManager } = contracts;
    expect(await read(flareSystemsManager, 'firstVotingRoundStartTs() view returns (uint64)')).toEqual([
      1_658_430_000n,
    ]);
    expect(await read(flareSystemsManager, 'votingEpochDurationSeconds() view returns (uint64)')).toEqual([90n]);
    const current = await read(flareSystemsManager, 'getCurrentVotingEpochId() view returns (uint32)');
    expect(current).toEqual([BigInt(Math.floor((NOW_S - FIRST_START_S) / 90))]);
  });

  test('a root is set once, by the owner, and told in an event', async () => {
    const setter = 'setMerkleRoot(uint8,uint32,bytes32)';
    const root = id('root');
    await expect(write(stranger, contracts.relay, setter, 200, 5, root)).rejects.toThrow('only owner');
    expect(await read(contracts.relay, 'isFinalized(uint256,uint256) view returns (bool)', 200, 5)).toEqual([false]);
    const { logs } = await write(owner, contracts.relay, setter, 200, 5, root);
    expect(logs[0]?.topics).toEqual([
      id('ProtocolMessageRelayed(uint8,uint32,bool,bytes32)'),
      toBeHex(200, 32),
      toBeHex(5, 32),
    ]);
    expect(await read(contracts.relay, 'isFinalized(uint256,uint256) view returns (bool)', 200, 5)).toEqual([true]);
    expect(await read(contracts.relay, 'merkleRoots(uint256,uint256) view returns (bytes32)', 200, 5)).toEqual([root]);
    await expect(write(owner, contracts.relay, setter, 200, 5, id('other'))).rejects.toThrow('already relayed');
  });

  test('the random number changes with the block and with nothing else', async () => {
    const block = Number(await rpc.call<string>('eth_blockNumber'));
    const expected = BigInt(keccak256(toBeHex(block, 32)));
    expect((await random()).slice(0, 2)).toEqual([expected, true]);
    await rpc.call('evm_mine');
    expect((await random())[0]).toBe(BigInt(keccak256(toBeHex(block + 1, 32))));
  });
});

describe('FdcHub and its fees', () => {
  const fee = 'getRequestFee(bytes) view returns (uint256)';

  test.each(ATTESTATION_TYPES)('%s costs 1000 wei', async (type) => {
    const request = bytes32Text(type) + bytes32Text('testXRP').slice(2);
    expect(await read(contracts.fdcRequestFeeConfigurations, fee, request)).toEqual([1000n]);
  });

  test('refuse requests that are too short or of another source', async () => {
    const { fdcRequestFeeConfigurations } = contracts;
    await expect(read(fdcRequestFeeConfigurations, fee, '0x1234')).rejects.toThrow(
      'Request data too short, should at least specify type and source',
    );
    const mainnet = bytes32Text('Payment') + bytes32Text('XRP').slice(2);
    await expect(read(fdcRequestFeeConfigurations, fee, mainnet)).rejects.toThrow(
      'Type and source combination not supported',
    );
  });

  test('the hub names its fees and tells the request and what was paid', async () => {
    const { fdcHub, fdcRequestFeeConfigurations } = contracts;
    const [named] = await read(fdcHub, 'fdcRequestFeeConfigurations() view returns (address)');
    expect(String(named).toLowerCase()).toBe(fdcRequestFeeConfigurations.toLowerCase());
    expect(await read(fdcHub, 'requestsOffsetSeconds() view returns (uint8)')).toEqual([0n]);
    const hub = new Interface([
      'function requestAttestation(bytes)',
      'event AttestationRequest(bytes data, uint256 fee)',
    ]);
    const request = bytes32Text('Payment') + bytes32Text('testXRP').slice(2);
    const data = hub.encodeFunctionData('requestAttestation', [request]);
    const { logs } = await stranger.send({ to: fdcHub, data, valueWei: 1500n });
    const [log] = logs;
    if (log === undefined) throw new Error('the hub emitted nothing');
    expect(hub.parseLog({ topics: [...log.topics], data: log.data })?.args.toArray()).toEqual([request, 1500n]);
  });
});

test('FdcVerification stands on the Relay, with the FDC protocol id', async () => {
  expect(await read(contracts.fdcVerification, 'fdcProtocolId() view returns (uint8)')).toEqual([200n]);
  const [relay] = await read(contracts.fdcVerification, 'relay() view returns (address)');
  expect(String(relay).toLowerCase()).toBe(contracts.relay.toLowerCase());
});
