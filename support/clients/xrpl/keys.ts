/**
 * Keys of ledger accounts: derived, signed with, checked. The same bytes as ripple-keypairs, which computes in JavaScript:
 * Ed25519, the kind of all keys made here, goes to Node, and signing with secp256k1 to its library. ripple-keypairs is
 * loaded only for what is left, a secp256k1 key from its seed and signatures that are not as they should be.
 */
import {
  type KeyObject,
  createHash,
  createPrivateKey,
  createPublicKey,
  getHashes,
  hash,
  sign,
  verify,
} from 'node:crypto';
import { createRequire } from 'node:module';
import { decodeSeed, encodeAccountID } from 'ripple-address-codec';
import { encode, encodeForSigning } from 'ripple-binary-codec';
import { isSigned, signDigest } from '../secp256k1.ts';
import { compactOf, derOf } from './der.ts';

/** As ripple-keypairs has them: hex, with the prefix ED for Ed25519, else 00 (private), 02 or 03 (public). */
export interface LedgerKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

type RippleKeypairs = typeof import('ripple-keypairs');

const require = createRequire(import.meta.url);
const rippleKeypairs = (): RippleKeypairs => require('ripple-keypairs');

const ED25519 = 'ED';
/** What stands before the 32 bytes of a key (RFC 8410). */
const PRIVATE_HEADER = '302E020100300506032B657004220420';
const PUBLIC_HEADER = '302A300506032B6570032100';
/** HASH_PREFIX_TRANSACTION_ID: TXN and a zero byte. */
const TRANSACTION_ID = '54584E00';

/** The keys of a seed, s… or sEd…. Throws for anything else. */
export function deriveKeys(seed: string): LedgerKeys {
  const { bytes, type } = decodeSeed(seed);
  if (type !== 'ed25519') return rippleKeypairs().deriveKeypair(seed);
  const privateKey = ED25519 + sha512Half(Buffer.from(bytes));
  const spki = createPublicKey(privateKeyObject(privateKey)).export({ format: 'der', type: 'spki' });
  return { privateKey, publicKey: ED25519 + hexOf(spki.subarray(PUBLIC_HEADER.length / 2)) };
}

/** Not every build of OpenSSL has it. */
const hasRipemd160 = getHashes().includes('ripemd160');

/** The classic address that belongs to a public key. */
export function addressOfKey(publicKey: string): string {
  if (!hasRipemd160) return rippleKeypairs().deriveAddress(publicKey);
  const sha256 = createHash('sha256').update(publicKey, 'hex').digest();
  return encodeAccountID(createHash('ripemd160').update(sha256).digest());
}

/** Classic address of a seed's first account. Throws for what is no seed. */
export const ledgerAddressOf = (seed: string): string => addressOfKey(deriveKeys(seed).publicKey);

/** Signature over the message as hex. */
export function signMessage(messageHex: string, { privateKey }: Pick<LedgerKeys, 'privateKey'>): string {
  const message = Buffer.from(messageHex, 'hex');
  if (privateKey.startsWith(ED25519)) return hexOf(sign(null, message, privateKeyObject(privateKey)));
  const digest = Buffer.from(sha512Half(message), 'hex');
  return hexOf(derOf(signDigest(Buffer.from(privateKey.slice(2), 'hex'), digest).compact));
}

/** True if `signature` over `messageHex` was made with the key. Throws, or is false, for bytes that are no key or signature. */
export function isSignatureOf(publicKey: string, messageHex: string, signature: string): boolean {
  const message = Buffer.from(messageHex, 'hex');
  if (publicKey.startsWith(ED25519))
    return verify(null, message, publicKeyObject(publicKey), Buffer.from(signature, 'hex'));
  const compact = compactOf(Buffer.from(signature, 'hex'));
  const digest = Buffer.from(sha512Half(message), 'hex');
  if (compact !== undefined && isSigned(Buffer.from(publicKey, 'hex'), digest, compact)) return true;
  return rippleKeypairs().verify(messageHex, signature, publicKey);
}

/** A transaction signed with the keys, and its hash. */
export function signTransaction(
  fields: Readonly<Record<string, unknown>>,
  keys: LedgerKeys,
): { readonly blobHex: string; readonly hash: string } {
  const unsigned = { ...fields, SigningPubKey: keys.publicKey };
  const blobHex = encode({ ...unsigned, TxnSignature: signMessage(encodeForSigning(unsigned), keys) });
  return { blobHex, hash: sha512Half(Buffer.from(TRANSACTION_ID + blobHex, 'hex')) };
}

const privateKeys = new Map<string, KeyObject>();
const publicKeys = new Map<string, KeyObject>();

const privateKeyObject = (privateKey: string): KeyObject =>
  remembered(privateKeys, privateKey, () =>
    createPrivateKey({ key: derWith(PRIVATE_HEADER, privateKey), format: 'der', type: 'pkcs8' }),
  );

const publicKeyObject = (publicKey: string): KeyObject =>
  remembered(publicKeys, publicKey, () =>
    createPublicKey({ key: derWith(PUBLIC_HEADER, publicKey), format: 'der', type: 'spki' }),
  );

const derWith = (header: string, prefixedKey: string): Buffer =>
  Buffer.from(header + prefixedKey.slice(ED25519.length), 'hex');

function remembered(known: Map<string, KeyObject>, key: string, make: () => KeyObject): KeyObject {
  const object = known.get(key) ?? make();
  known.set(key, object);
  return object;
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();
const sha512Half = (bytes: Uint8Array): string => hash('sha512', bytes, 'hex').slice(0, 64).toUpperCase();
