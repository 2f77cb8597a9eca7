/**
 * Signatures: does the key that a transaction names really have signed it?
 *
 * Whether that key may act for the account is not asked here. Ed25519 goes to Node (ten times faster than
 * JavaScript); secp256k1 stays with ripple-keypairs, since OpenSSL would hash a second time.
 */
import { type KeyObject, createPublicKey, verify as verifyWithNode } from 'node:crypto';
import { verify as verifyWithKeypairs } from 'ripple-keypairs';
import { accountIdHex } from './hashing.ts';
import { multiSigningMessage, signedPart, singleSigningMessage } from './signed-part.ts';
import type { TransactionJson } from './transaction-json.ts';

const ed25519Prefix = 'ED';
const ed25519SpkiHeader = '302A300506032B6570032100';
const importedKeys = new Map<string, KeyObject>();

function ed25519Key(publicKeyHex: string): KeyObject {
  const known = importedKeys.get(publicKeyHex);
  if (known !== undefined) return known;
  const der = Buffer.from(ed25519SpkiHeader + publicKeyHex.slice(ed25519Prefix.length), 'hex');
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  importedKeys.set(publicKeyHex, key);
  return key;
}

/** True if `signature` over `messageHex` was made with the key; false also for a malformed key or signature. */
function isSignedBy(publicKeyHex: string, messageHex: string, signature: string): boolean {
  try {
    if (!publicKeyHex.startsWith(ed25519Prefix)) return verifyWithKeypairs(messageHex, signature, publicKeyHex);
    const message = Buffer.from(messageHex, 'hex');
    return verifyWithNode(null, message, ed25519Key(publicKeyHex), Buffer.from(signature, 'hex'));
  } catch {
    // The libraries throw on bytes that are no key or no signature; to a ledger that is one more way to be unsigned.
    return false;
  }
}

/** What is wrong with the signatures of a transaction, as a server words it; undefined if nothing. */
export function signatureProblem(blobHex: string, json: TransactionJson): string | undefined {
  const part = signedPart(blobHex);
  if (json.Signers !== undefined) return multiSignatureProblem(part, json, json.Signers);
  const valid = isSignedBy(json.SigningPubKey, singleSigningMessage(part), json.TxnSignature ?? '');
  return valid ? undefined : 'Invalid signature.';
}

function multiSignatureProblem(
  part: string,
  json: TransactionJson,
  signers: NonNullable<TransactionJson['Signers']>,
): string | undefined {
  if (json.SigningPubKey !== '' || json.TxnSignature !== undefined) return 'Cannot both single- and multi-sign.';
  if (signers.length === 0 || signers.length > 32) return 'Invalid Signers array size.';
  let previousId = '';
  for (const { Signer: signer } of signers) {
    if (signer.Account === json.Account) return 'Invalid multisigner.';
    const id = accountIdHex(signer.Account);
    if (id === previousId) return 'Duplicate Signers not allowed.';
    if (id < previousId) return 'Unsorted Signers array.';
    previousId = id;
    const message = multiSigningMessage(part, signer.Account);
    if (!isSignedBy(signer.SigningPubKey, message, signer.TxnSignature)) {
      return `Invalid signature on account ${signer.Account}.`;
    }
  }
  return undefined;
}
