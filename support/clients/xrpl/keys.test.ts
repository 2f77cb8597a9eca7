import fc from 'fast-check';
import { encodeSeed } from 'ripple-address-codec';
import * as ripple from 'ripple-keypairs';
import { describe, expect, test } from 'vitest';
import { Wallet } from 'xrpl';
import { compactOf, derOf } from './der.ts';
import { addressOfKey, deriveKeys, isSignatureOf, ledgerAddressOf, signMessage, signTransaction } from './keys.ts';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const hex = (data: Uint8Array) => Buffer.from(data).toString('hex').toUpperCase();
const kinds = ['ed25519', 'secp256k1'] as const;

describe.each(kinds)('%s', (kind) => {
  const seeds = bytes(16).map((entropy) => encodeSeed(entropy, kind));

  test('keys, addresses and signatures are those of ripple-keypairs, byte for byte', () => {
    fc.assert(
      fc.property(seeds, fc.uint8Array({ minLength: 1, maxLength: 300 }).map(hex), (seed, message) => {
        const keys = deriveKeys(seed);
        expect(keys).toEqual(ripple.deriveKeypair(seed));
        expect(addressOfKey(keys.publicKey)).toBe(ripple.deriveAddress(keys.publicKey));
        expect(ledgerAddressOf(seed)).toBe(ripple.deriveAddress(keys.publicKey));
        const signature = signMessage(message, keys);
        expect(signature).toBe(ripple.sign(message, keys.privateKey));
        expect(isSignatureOf(keys.publicKey, message, signature)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  test('a transaction is signed as by a wallet of xrpl.js', () => {
    fc.assert(
      fc.property(seeds, fc.bigInt({ min: 1n, max: 10n ** 12n }), bytes(32).map(hex), (seed, drops, memo) => {
        const wallet = Wallet.fromSeed(seed);
        const fields = {
          TransactionType: 'Payment' as const,
          Account: wallet.classicAddress,
          Destination: 'rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh',
          Amount: drops.toString(),
          DestinationTag: 7,
          Memos: [{ Memo: { MemoData: memo } }],
          Sequence: 3,
          Fee: '12',
          LastLedgerSequence: 1020,
        };
        const { tx_blob: blobHex, hash } = wallet.sign(fields);
        expect(signTransaction(fields, deriveKeys(seed))).toEqual({ blobHex, hash });
      }),
      { numRuns: 20 },
    );
  });

  test('a signature of anything else, or of another key, is none', () => {
    const keys = deriveKeys(encodeSeed(new Uint8Array(16).fill(1), kind));
    const other = deriveKeys(encodeSeed(new Uint8Array(16).fill(2), kind));
    const signature = signMessage('1200', keys);
    expect(isSignatureOf(keys.publicKey, '1201', signature)).toBe(false);
    expect(isSignatureOf(other.publicKey, '1200', signature)).toBe(false);
  });
});

test('a text that is no seed is refused', () => {
  expect(() => deriveKeys('sEdNotOne')).toThrow('Unknown letter');
  expect(() => deriveKeys('')).toThrow('invalid_input_size');
});

describe('DER', () => {
  test('is read as it is written', () => {
    fc.assert(
      fc.property(bytes(64), (compact) => {
        expect(compactOf(derOf(compact))).toEqual(Buffer.from(compact));
      }),
    );
  });

  test('with one byte changed, too many or too few it is another signature or none', () => {
    fc.assert(
      fc.property(bytes(64), fc.nat({ max: 71 }), fc.integer({ min: 1, max: 255 }), (compact, at, change) => {
        const der = Buffer.from(derOf(compact));
        expect(compactOf(Buffer.concat([der, Buffer.from([0])]))).toBeUndefined();
        expect(compactOf(der.subarray(0, -1))).toBeUndefined();
        const index = at % der.length;
        der[index] = (der[index] ?? 0) ^ change;
        expect(compactOf(der)).not.toEqual(Buffer.from(compact));
      }),
    );
  });
});
