/**
 * The bytes of the Flare Data Connector: identifiers, requests, responses, message integrity codes, leaves.
 *
 * Source: IFdcHub, IFdcVerification and the structs they take; published vectors are in the test. The Merkle tree is
 * in merkle-tree.ts.
 */
import { AbiCoder, concat, dataLength, dataSlice, decodeBytes32String, hexlify, keccak256, toUtf8Bytes } from 'ethers';
import {
  ATTESTATION_TYPES,
  type AbiStruct,
  type AbiValue,
  type Attestation,
  type AttestationType,
  BODY_COMPONENTS,
  type Component,
  type Hex,
} from './attestation-types.ts';

const abi = AbiCoder.defaultAbiCoder();
const PREFIX_BYTES = 96;
const MIC_SALT = 'Flare';

export interface DecodedRequest {
  readonly type: AttestationType;
  readonly attestationType: Hex;
  readonly sourceId: Hex;
  readonly messageIntegrityCode: Hex;
  readonly requestBody: AbiStruct;
}

/** The bytes are no request of a type that an XRP source serves. */
export class MalformedRequest extends Error {
  override name = 'MalformedRequest';
}

/** UTF-8 bytes, zero-padded on the right to 32; throws for more than 32 bytes. */
export function bytes32Text(text: string): Hex {
  const bytes = toUtf8Bytes(text);
  if (bytes.length > 32) throw new RangeError(`${text} is longer than 32 bytes`);
  return hexlify(bytes) + '00'.repeat(32 - bytes.length);
}

/** The type whose bytes32 name this is, if an XRP source serves it. */
export function attestationTypeOf(identifier: Hex): AttestationType | undefined {
  return ATTESTATION_TYPES.find((type) => bytes32Text(type) === identifier);
}

/** attestationType ‖ sourceId ‖ message integrity code ‖ abi.encode(request body). */
export function encodeRequest(type: AttestationType, attestation: Attestation): Hex {
  const { request } = BODY_COMPONENTS[type];
  return concat([
    attestation.attestationType,
    attestation.sourceId,
    messageIntegrityCode(type, attestation),
    abi.encode([tuple(request)], [values(request, attestation.requestBody)]),
  ]);
}

/** Reverse of encodeRequest. Throws MalformedRequest. */
export function decodeRequest(encoded: Hex): DecodedRequest {
  try {
    if (dataLength(encoded) <= PREFIX_BYTES) throw new RangeError('too short');
    const attestationType = dataSlice(encoded, 0, 32);
    const type = attestationTypeOf(attestationType);
    if (type === undefined) throw new RangeError(`unknown type ${textOf(attestationType)}`);
    const { request } = BODY_COMPONENTS[type];
    const [body] = abi.decode([tuple(request)], dataSlice(encoded, PREFIX_BYTES));
    return {
      type,
      attestationType,
      sourceId: dataSlice(encoded, 32, 64),
      messageIntegrityCode: dataSlice(encoded, 64, PREFIX_BYTES),
      requestBody: structOf(request, body),
    };
  } catch (cause) {
    throw new MalformedRequest(`not an attestation request: ${String(cause)}`, { cause });
  }
}

/** keccak256(abi.encode(response with round 0, "Flare")). */
export function messageIntegrityCode(type: AttestationType, attestation: Attestation): Hex {
  return keccak256(abi.encode([responseTuple(type), 'string'], [responseValues(type, attestation, 0n), MIC_SALT]));
}

/** abi.encode(response) for a voting round. */
export function encodeResponse(type: AttestationType, attestation: Attestation, votingRound: bigint): Hex {
  return abi.encode([responseTuple(type)], [responseValues(type, attestation, votingRound)]);
}

/** Leaf of an encoded response: hashed once. */
export function leafOf(encodedResponse: Hex): Hex {
  return keccak256(encodedResponse);
}

function responseTuple(type: AttestationType): string {
  const { request, response } = BODY_COMPONENTS[type];
  return `tuple(bytes32, bytes32, uint64, uint64, ${tuple(request)}, ${tuple(response)})`;
}

function responseValues(type: AttestationType, attestation: Attestation, votingRound: bigint): unknown[] {
  const { request, response } = BODY_COMPONENTS[type];
  return [
    attestation.attestationType,
    attestation.sourceId,
    votingRound,
    attestation.lowestUsedTimestamp,
    values(request, attestation.requestBody),
    values(response, attestation.responseBody),
  ];
}

function tuple(components: readonly Component[]): string {
  return `tuple(${components.map(({ type, name }) => `${type} ${name}`).join(', ')})`;
}

function values(components: readonly Component[], struct: AbiStruct): AbiValue[] {
  return components.map(({ name }) => {
    const value = struct[name];
    if (value === undefined) throw new Error(`the struct has no ${name}`);
    return value;
  });
}

function structOf(components: readonly Component[], decoded: Readonly<Record<string, AbiValue>>): AbiStruct {
  return Object.fromEntries(
    components.map(({ type, name }) => {
      const value = decoded[name] ?? '';
      return [name, type === 'address' ? String(value).toLowerCase() : value];
    }),
  );
}

function textOf(identifier: Hex): string {
  try {
    return decodeBytes32String(identifier);
  } catch {
    return identifier; // not every 32 bytes are text
  }
}
