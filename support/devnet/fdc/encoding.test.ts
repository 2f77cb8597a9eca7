import { concat, keccak256, toBeHex } from 'ethers';
import { describe, expect, test } from 'vitest';
import { decodeResponse } from '../../clients/fdc/response-codec.ts';
import { ATTESTATION_TYPES, type AbiStruct, type AttestationType, BODY_COMPONENTS } from './attestation-types.ts';
import { MalformedRequest, bytes32Text, decodeRequest, encodeRequest, encodeResponse } from './encoding.ts';
import { leafOf, messageIntegrityCode } from './encoding.ts';
import { WrittenHistory } from './history-double.ts';
import { buildMerkleTree } from './merkle-tree.ts';
import { ZERO_BYTES32, addressHash, singleSourceRoot } from './transaction-facts.ts';
import { XrpVerifier } from './verifier.ts';

const SOURCE = 'rDP59GWEaNyfd6qXus9DQNi2MrcBMuPHKX';
const DESTINATION = 'razmJDBcMPX4txQoB82X1EtmNq4Y57FWYM';
const TRANSACTION_ID = '0x53040eb07116518d9866e3e6de504aa718f162b19a441e80c5045f68492b385b';
const MEMO = '4642505266410001000000000000000000000000000000000000000003873226';
const ROUND = 1_000_000n;

/** A payment of the XRPL testnet of 2024-10-23. */
function testnetPayment(): XrpVerifier {
  const history = new WrittenHistory(1_725_668);
  const payment = { hash: TRANSACTION_ID.slice(2), from: SOURCE, to: DESTINATION, amountDrops: 40_800_000n };
  history.close(1_729_687_561, [{ ...payment, feeDrops: 10n, memos: [MEMO] }]);
  history.closeEmpty(3, 4);
  return new XrpVerifier({ history, sourceId: 'testXRP' });
}

function attested(type: AttestationType, body: AbiStruct) {
  const verdict = testnetPayment().attest(type, body);
  if (!('attestation' in verdict)) throw new Error(verdict.status);
  return verdict.attestation;
}

describe('identifiers and hashes', () => {
  test('names are padded on the right', () => {
    expect(bytes32Text('testXRP')).toBe(`0x74657374585250${'00'.repeat(25)}`);
    expect(() => bytes32Text('x'.repeat(33))).toThrow(RangeError);
  });

  test('published address hashes', () => {
    expect(addressHash('rDsbeomae4FXwgQTJp9Rs64Qg9vDiTCdBv')).toBe(
      '0xa491aed10a1920ca31a85ff29e4bc410705d37d4dc9e690d4d500bcedfd8078f',
    );
    expect(singleSourceRoot('rnQM9vj8VPFjwedu5v3c1NEbjpJtV4vM9Y')).toBe(
      '0x674fa9a46079864ce1744486bd1a7069794c8aade76b2d0424c4e716fba4f4ef',
    );
  });
});

describe('message integrity codes and leaves', () => {
  test('of an address validity, published by Flare', () => {
    const attestation = attested('AddressValidity', { addressStr: 'r3wvdzNDkNJ3e5ut1RJfWtBxDHT9sddQRQ' });
    expect(attestation.responseBody['standardAddressHash']).toBe(
      '0x1e2adcb99103f6396903f33db1526fa66aedfbfee4405def0ef69e0fcd949f47',
    );
    expect(messageIntegrityCode('AddressValidity', attestation)).toBe(
      '0xcf6de269807c522f39f90e9a84ec13993f58d5473fe918acbe6197efb5a17c2e',
    );
  });

  test.each([
    {
      type: 'Payment',
      body: { transactionId: TRANSACTION_ID, inUtxo: 0n, utxo: 0n },
      mic: '0x98a26b8545411d8d0f5795f0250d3ee520cf351eaee0ca493dc57c3f3c456ef1',
      leaf: '0x539bf130a33bffe83b81dbf06fba0df502d454848738ac6ecc1575e2c3028bdf',
      requestBytes: 192,
    },
    {
      type: 'XRPPayment',
      body: { transactionId: TRANSACTION_ID, proofOwner: `0x${'00'.repeat(20)}` },
      mic: '0x1048ce2c5c13592cb9d66a6b7cb43452d2635fb7e7904326e0713b5b83d26f5e',
      leaf: '0x5631e1476cc6361770797d813765a9235df67384f5d5aff9238546ef50b1e30d',
      requestBytes: 160,
    },
    {
      type: 'AddressValidity',
      body: { addressStr: DESTINATION },
      mic: '0xbd700ec9fe80da186a4da6a6f865b7b60c669dfd245df147c388a25c1347e6b3',
      leaf: '0x6915859fadb754c179919db0e981b229a6b4c5775a19afd4415022391efc57bd',
      requestBytes: 256,
    },
  ] as const)('of a real testnet payment: $type', ({ type, body, mic, leaf, requestBytes }) => {
    const attestation = attested(type, body);
    expect(messageIntegrityCode(type, attestation)).toBe(mic);
    expect(leafOf(encodeResponse(type, attestation, ROUND))).toBe(leaf);
    const request = encodeRequest(type, attestation);
    expect(request.length / 2 - 1).toBe(requestBytes);
    expect(decodeRequest(request)).toEqual({
      type,
      attestationType: bytes32Text(type),
      sourceId: bytes32Text('testXRP'),
      messageIntegrityCode: mic,
      requestBody: body,
    });
  });
});

describe('layout', () => {
  test.each(ATTESTATION_TYPES)('the official ABI reads back what is encoded: %s', (type) => {
    const struct = (part: 'request' | 'response'): AbiStruct =>
      Object.fromEntries(BODY_COMPONENTS[type][part].map(({ type, name }, index) => [name, sample(type, index)]));
    const attestation = {
      attestationType: bytes32Text(type),
      sourceId: bytes32Text('testXRP'),
      lowestUsedTimestamp: 7n,
      requestBody: struct('request'),
      responseBody: struct('response'),
    };
    const decoded = decodeResponse(type, encodeResponse(type, attestation, 9n));
    expect(decoded).toEqual({ ...attestation, votingRound: 9n });
  });

  test.each(['0x', '0x1234', `0x${'00'.repeat(200)}`, `${bytes32Text('Payment')}${'11'.repeat(70)}`, 'text'])(
    'refuses %s as a request',
    (bytes) => {
      expect(() => decodeRequest(bytes)).toThrow(MalformedRequest);
    },
  );
});

function sample(type: string, index: number): string | bigint | boolean {
  if (type === 'bool') return index % 2 === 0;
  if (type === 'string') return `text ${index}`;
  if (type === 'bytes') return '0x1234';
  if (type === 'bytes32') return toBeHex(index + 1, 32);
  if (type === 'address') return `0x${'00'.repeat(19)}01`;
  return type.startsWith('int') ? -BigInt(index + 1) : BigInt(index + 1);
}

const pair = (x: string, y: string) => keccak256(concat(x < y ? [x, y] : [y, x]));

describe('Merkle tree', () => {
  const [a, b, c] = [toBeHex(1, 32), toBeHex(2, 32), toBeHex(3, 32)];

  test('a single leaf is the root and needs no proof', () => {
    const tree = buildMerkleTree([a]);
    expect(tree.root).toBe(a);
    expect(tree.proof(a)).toEqual([]);
  });

  test('three leaves in any order, one of them twice', () => {
    const tree = buildMerkleTree([c, a, b, a]);
    expect(tree.root).toBe(pair(pair(b, c), a));
    expect(tree.proof(a)).toEqual([pair(b, c)]);
    expect(tree.proof(c)).toEqual([b, a]);
  });

  test('every proof of a larger tree leads to the root', () => {
    const leaves = Array.from({ length: 14 }, (_, index) => keccak256(toBeHex(index + 1)));
    const tree = buildMerkleTree(leaves);
    for (const leaf of leaves) expect(tree.proof(leaf).reduce(pair, leaf)).toBe(tree.root);
  });

  test('no tree without leaves, no proof for a stranger', () => {
    expect(() => buildMerkleTree([])).toThrow('needs a leaf');
    expect(() => buildMerkleTree([a, b]).proof(ZERO_BYTES32)).toThrow('has no leaf');
  });
});
