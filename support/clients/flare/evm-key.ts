/** A key of the EVM chain: its address, and what it signs. The same bytes as ethers gives, without its computing. */
import { Signature, computeAddress, getBytes, hexlify } from 'ethers';
import { publicKeyOf, signDigest } from '../secp256k1.ts';

const KEY_BYTES = 32;

export class EvmKey {
  readonly address: string;
  readonly #bytes: Uint8Array;

  /** `privateKey`: 0x and 64 hex digits. Throws, without showing it, for anything else. */
  constructor(privateKey: string) {
    this.#bytes = bytesOf(privateKey);
    this.address = computeAddress(hexlify(publicKeyOf(this.#bytes, false)));
  }

  /** `digest`: 0x and 64 hex digits. */
  sign(digest: string): Signature {
    const { compact, yParity } = signDigest(this.#bytes, getBytes(digest));
    return Signature.from({
      r: hexlify(compact.subarray(0, KEY_BYTES)),
      s: hexlify(compact.subarray(KEY_BYTES)),
      yParity,
    });
  }
}

/** Address of the key. Throws, without showing the key, for what is none. */
export const evmAddressOf = (privateKey: string): string => new EvmKey(privateKey).address;

function bytesOf(privateKey: string): Uint8Array {
  if (!/^0x[0-9a-fA-F]{64}$/.test(privateKey)) throw new RangeError('a private key is 0x and 64 hex digits');
  return getBytes(privateKey);
}
