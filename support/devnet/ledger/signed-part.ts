/**
 * What a signature covers, cut out of the signed bytes themselves.
 *
 * The codec's own way encodes the fields again, which it refuses to do for amounts no honest wallet sends.
 */
import { makeParser } from 'ripple-binary-codec/dist/binary.js';
import { accountIdHex } from './hashing.ts';

const prefix = { single: '53545800', multi: '534D5400' };

/** The serialized fields of a transaction without those that no signature covers, as hex. Throws on undecodable bytes. */
export function signedPart(blobHex: string): string {
  const parser = makeParser(blobHex);
  const position = (): number => blobHex.length - parser.size() * 2;
  let part = '';
  while (!parser.end()) {
    const start = position();
    const field = parser.readField();
    parser.readFieldValue(field);
    if (field.isSigningField) part += blobHex.slice(start, position());
  }
  return part;
}

/** What the one key of a single-signed transaction signs. */
export const singleSigningMessage = (part: string): string => prefix.single + part;

/** What each signer of a multi-signed transaction signs. */
export const multiSigningMessage = (part: string, signer: string): string => prefix.multi + part + accountIdHex(signer);
