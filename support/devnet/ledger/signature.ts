/**
 * Signatures: does the key that a transaction names really have signed it?
 *
 * Whether that key may act for the account is not asked here.
 */
import { isSignatureOf } from '../../clients/xrpl/keys.ts';
import { accountIdHex } from './hashing.ts';
import { multiSigningMessage, signedPart, singleSigningMessage } from './signed-part.ts';
import type { TransactionJson } from './transaction-json.ts';

/** True if `signature` over `messageHex` was made with the key; false also for a malformed key or signature. */
function isSignedBy(publicKeyHex: string, messageHex: string, signature: string): boolean {
  try {
    return isSignatureOf(publicKeyHex, messageHex, signature);
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
