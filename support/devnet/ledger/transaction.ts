/**
 * From a signed blob to a transaction: decoding, the format of each type, memo rules, signatures.
 *
 * What fails here is no transaction at all, so it gets no engine result but an `InvalidTransaction`. Whether a
 * transaction may be applied is decided later.
 */
import { decode, encode } from 'ripple-binary-codec';
import definitions from 'ripple-binary-codec/dist/enums/definitions.json' with { type: 'json' };
import { z } from 'zod';
import { transactionId } from './hashing.ts';
import { signatureProblem } from './signature.ts';
import { type TransactionJson, transactionJson } from './transaction-json.ts';

export interface SignedTransaction {
  /** Transaction id, 64 upper-case hex digits. */
  readonly hash: string;
  /** The signed bytes, upper-case hex. */
  readonly blob: string;
  readonly json: TransactionJson;
}

/** The bytes are no well-formed, well-signed transaction; `message` is what a server prints as `error_exception`. */
export class InvalidTransaction extends Error {
  override name = 'InvalidTransaction';
}

const refuse = (problem: string): never => {
  throw new InvalidTransaction(problem);
};

/**
 * Decodes and checks a signed transaction.
 * @throws {InvalidTransaction} on undecodable bytes, missing or foreign fields, bad memos, a wrong signature
 */
export function parseTransaction(blobHex: string): SignedTransaction {
  const transaction = readTransaction(blobHex);
  const { blob, json } = transaction;
  const problem = signatureProblem(blob, json) ?? memoProblem(json) ?? pseudoProblem(json);
  if (problem !== undefined) refuse(`fails local checks: ${problem}`);
  return transaction;
}

/**
 * Decodes a transaction that may be unsigned.
 * @throws {InvalidTransaction} on undecodable bytes, missing or foreign fields
 */
export function readTransaction(blobHex: string): SignedTransaction {
  const blob = blobHex.toUpperCase();
  const json = decodeTransaction(blob);
  checkFormat(json);
  return { hash: transactionId(blob), blob, json };
}

function decodeTransaction(blob: string): TransactionJson {
  let fields: object;
  let again: string;
  try {
    fields = decode(blob);
    again = encode(withoutSigns(fields));
  } catch (cause) {
    throw new InvalidTransaction('Could not decode the transaction.', { cause });
  }
  // The codec writes no negative amount; whatever has one is refused for it later.
  const isSame = hasSigns(fields) ? again.length === blob.length : again === blob;
  if (!isSame) refuse('The transaction is not serialized canonically.');
  const parsed = transactionJson.safeParse(fields);
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path.join('.') ?? '';
  return refuse(`Field '${field}' is required but missing.`);
}

const isNegativeDrops = (value: unknown): value is string => typeof value === 'string' && /^-\d+$/.test(value);
const hasSigns = (fields: object): boolean => Object.values(fields).some(isNegativeDrops);
const withoutSigns = (fields: object): object =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, isNegativeDrops(value) ? value.slice(1) : value]),
  );

type Format = readonly { readonly name: string; readonly optionality: number }[];
const formats: Readonly<Record<string, Format>> = definitions.TRANSACTION_FORMATS;
const required = 0;

function checkFormat(json: TransactionJson): void {
  const format = [...(formats.common ?? []), ...(formats[json.TransactionType] ?? [])];
  const missing = format.find(({ name, optionality }) => optionality === required && json[name] === undefined);
  if (missing !== undefined) refuse(`Field '${missing.name}' is required but missing.`);
  const allowed = new Set(format.map(({ name }) => name));
  const foreign = Object.keys(json).find((name) => !allowed.has(name));
  if (foreign !== undefined) refuse(`Field '${foreign}' found in disallowed location.`);
}

/** What validators alone put into a ledger. */
const pseudoTypes = ['EnableAmendment', 'SetFee', 'UNLModify'];
const pseudoProblem = ({ TransactionType: type }: TransactionJson): string | undefined =>
  pseudoTypes.includes(type) ? 'Cannot submit pseudo transactions.' : undefined;

const memoBytesLimit = 1024;
const memoFields = ['MemoType', 'MemoData', 'MemoFormat'];
const urlText = /^[0-9A-Za-z\-._~:/?#[\]@!$&'()*+,;=%]*$/;

function memoProblem({ Memos: memos }: TransactionJson): string | undefined {
  if (memos === undefined) return undefined;
  // The array's own opening and closing byte do not count.
  if (encode({ Memos: memos }).length / 2 - 2 > memoBytesLimit) return 'The memo exceeds the maximum allowed size.';
  for (const entry of memos) {
    const memo = z.record(z.string(), z.string()).safeParse(entry.Memo);
    if (!memo.success) return 'A memo array may contain only Memo objects.';
    if (Object.keys(memo.data).some((name) => !memoFields.includes(name))) {
      return 'A memo may contain only MemoType, MemoData or MemoFormat fields.';
    }
    const texts = [memo.data.MemoType ?? '', memo.data.MemoFormat ?? ''];
    if (texts.some((hex) => !urlText.test(Buffer.from(hex, 'hex').toString('latin1')))) {
      return 'The MemoType and MemoFormat fields may only contain characters that are allowed in URLs under RFC 3986.';
    }
  }
  return undefined;
}
