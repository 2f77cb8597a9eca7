/**
 * The curve of both chains, as libsecp256k1 compiled to WebAssembly computes it: the same bytes as the libraries of the
 * chains, which compute in JavaScript, at a quarter of the time and a third of the start. It runs wherever Node does.
 */
import { createRequire } from 'node:module';

type Curve = typeof import('tiny-secp256k1');

const require = createRequire(import.meta.url);
let loaded: Curve | undefined;

/** Loaded when it is first needed: many a process signs nothing. */
function curve(): Curve {
  const library: Curve = loaded ?? require('tiny-secp256k1');
  loaded = library;
  return library;
}

export interface CurveSignature {
  /** r and s, 32 bytes each; s is the lower one. */
  readonly compact: Uint8Array;
  readonly yParity: 0 | 1;
}

/** The deterministic signature (RFC 6979) of a digest of 32 bytes. Throws for a key that is none. */
export function signDigest(privateKey: Uint8Array, digest: Uint8Array): CurveSignature {
  const { signature, recoveryId } = curve().signRecoverable(digest, privateKey);
  // 2 and 3 are for an r that had to be reduced; nobody will ever see one.
  return { compact: signature, yParity: (recoveryId & 1) === 1 ? 1 : 0 };
}

/** True for a signature with the lower s that the key made of the digest; false for every other, and for no key. */
export function isSigned(publicKey: Uint8Array, digest: Uint8Array, compact: Uint8Array): boolean {
  return curve().isPoint(publicKey) && curve().verify(digest, publicKey, compact, true);
}

/** The public key, 33 bytes or 65. Throws for a key that is none. */
export function publicKeyOf(privateKey: Uint8Array, isCompressed: boolean): Uint8Array {
  const key = curve().isPrivate(privateKey) ? curve().pointFromScalar(privateKey, isCompressed) : null;
  if (key === null) throw new RangeError('no private key of the curve secp256k1');
  return key;
}
