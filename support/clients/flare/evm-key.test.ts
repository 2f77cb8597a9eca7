import { SigningKey, computeAddress, getBytes, hexlify } from 'ethers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSigned, publicKeyOf } from '../secp256k1.ts';
import { EvmKey, evmAddressOf } from './evm-key.ts';

const word = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((data) => hexlify(data));
/** Order of the curve: no key, and the largest one before it. */
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const keyText = (key: bigint): string => `0x${key.toString(16).padStart(64, '0')}`;

describe('a key of the EVM chain', () => {
  test('has the address and makes the signatures that ethers computes, byte for byte', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: ORDER - 1n }).map(keyText), word, (key, digest) => {
        const ours = new EvmKey(key);
        const ethers = new SigningKey(key);
        expect(ours.address).toBe(computeAddress(key));
        expect(ours.sign(digest).serialized).toBe(ethers.sign(digest).serialized);
        const compact = getBytes(ours.sign(digest).serialized).subarray(0, 64);
        expect(isSigned(getBytes(ethers.compressedPublicKey), getBytes(digest), compact)).toBe(true);
        expect(hexlify(publicKeyOf(getBytes(key), true))).toBe(ethers.compressedPublicKey);
      }),
      { numRuns: 40 },
    );
  });

  test.each([keyText(1n), keyText(ORDER - 1n)])('may be at the edge: %s', (key) => {
    expect(evmAddressOf(key)).toBe(computeAddress(key));
  });

  test.each([keyText(0n), keyText(ORDER), `0x${'1'.repeat(63)}`, '1'.repeat(64)])(
    'is not %s, and the error does not show it',
    (key) => {
      const attempt = () => evmAddressOf(key);
      expect(attempt).toThrow(/private key/);
      expect(attempt).not.toThrow(key);
    },
  );
});
