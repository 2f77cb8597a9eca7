/**
 * Reads the response of an attestation with the official ABI of FdcVerification.
 *
 * The ABI comes from Flare's package, not from the devnet, so that a devnet with a wrong layout is found out.
 */
import { AbiCoder, Interface, type ParamType } from 'ethers';
import officialAbi from '@flarenetwork/flare-periphery-contract-artifacts/coston2/artifacts/contracts/IFdcVerification.sol/IFdcVerification.json' with { type: 'json' };
import type { AttestationProof, AttestationResponse, AttestationTypeName, Hex } from './types.ts';

const fdcVerification = new Interface(officialAbi);
const abi = AbiCoder.defaultAbiCoder();

/** Decodes abi.encode(response) into named fields with bigint integers. Throws for bytes of another layout. */
export function decodeResponse<T extends AttestationTypeName>(type: T, responseHex: Hex): AttestationResponse<T> {
  const response: unknown = abi.decode([responseType(type)], responseHex)[0]?.toObject(true);
  if (!isResponse<T>(response)) throw new Error(`the official ABI of ${type} has lost its names`);
  return response;
}

/** Encodes a response that came as JSON with integers in decimal strings. */
export function encodeResponse(type: AttestationTypeName, response: unknown): Hex {
  return abi.encode([responseType(type)], [response]);
}

/** Call data of FdcVerification.verify<Type>(proof). */
export function encodeVerifyCall<T extends AttestationTypeName>(type: T, proof: AttestationProof<T>): Hex {
  return fdcVerification.encodeFunctionData(`verify${type}`, [proof]);
}

/** The ABI ensures the types of the members; this checks their names. */
function isResponse<T extends AttestationTypeName>(value: unknown): value is AttestationResponse<T> {
  return typeof value === 'object' && value !== null && 'requestBody' in value && 'responseBody' in value;
}

function responseType(type: AttestationTypeName): ParamType {
  const proof = fdcVerification.getFunction(`verify${type}`)?.inputs[0];
  const response = proof?.components?.find(({ name }) => name === 'data');
  if (response === undefined) throw new Error(`IFdcVerification has no verify${type}`);
  return response;
}
