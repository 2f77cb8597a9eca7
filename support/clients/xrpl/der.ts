/** Signatures of secp256k1 as the ledger writes them (DER: two whole numbers, no byte too many), and as r and s. */

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const NUMBER_BYTES = 32;
const SIGN_BIT = 0x80;

/** `compact`: r and s, 32 bytes each. */
export function derOf(compact: Uint8Array): Uint8Array {
  const numbers = [compact.subarray(0, NUMBER_BYTES), compact.subarray(NUMBER_BYTES)].map(integerOf);
  const body = Buffer.concat(numbers);
  return Buffer.concat([Buffer.from([SEQUENCE, body.length]), body]);
}

/** r and s; undefined for bytes that `derOf` does not give. */
export function compactOf(der: Uint8Array): Uint8Array | undefined {
  const [first, rest] = numberAt(der, 2) ?? [];
  const [second] = first === undefined || rest === undefined ? [] : (numberAt(der, rest) ?? []);
  if (first === undefined || second === undefined) return undefined;
  const compact = Buffer.concat([first, second]);
  return Buffer.compare(derOf(compact), der) === 0 ? compact : undefined;
}

function integerOf(number: Uint8Array): Uint8Array {
  const start = number.findIndex((byte) => byte !== 0);
  const digits = number.subarray(start === -1 ? NUMBER_BYTES - 1 : start);
  // Without a zero before it, it would be negative.
  const isHigh = ((digits[0] ?? 0) & SIGN_BIT) !== 0;
  const value = isHigh ? [0, ...digits] : [...digits];
  return Buffer.from([INTEGER, value.length, ...value]);
}

/** The number whose tag stands at `at`, as 32 bytes, and where it ends. */
function numberAt(der: Uint8Array, at: number): readonly [Uint8Array, number] | undefined {
  const length = der[at + 1] ?? 0;
  const end = at + 2 + length;
  const digits = der.subarray(Math.max(at + 2, end - NUMBER_BYTES), end);
  if (digits.length === 0) return undefined;
  const number = Buffer.alloc(NUMBER_BYTES);
  number.set(digits, NUMBER_BYTES - digits.length);
  return [number, end];
}
