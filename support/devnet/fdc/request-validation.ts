/**
 * The verifier's rules for what may be posted to it: shapes, number strings, hex strings.
 *
 * Values come out normalised: hex in lower case with 0x, integers as bigint, unknown fields dropped. Whether a request
 * is true is not decided here.
 */
import { isRecord } from './is-record.ts';
import { type AbiStruct, type AbiValue, type AttestationType, BODY_COMPONENTS, type Hex } from './attestation-types.ts';

/** The posted body breaks the rules; one message for each fault, as the server prints them. */
export class InvalidInput extends Error {
  readonly messages: readonly string[];
  constructor(messages: readonly string[]) {
    super(messages.join('; '));
    this.name = 'InvalidInput';
    this.messages = messages;
  }
}

export interface Envelope {
  readonly attestationType: Hex;
  readonly sourceId: Hex;
  readonly requestBody: AbiStruct;
  /** The request body as normalised strings and booleans; a hex integer stays hex. */
  readonly echo: Readonly<Record<string, string | boolean>>;
}

interface ParsedField {
  readonly value: AbiValue;
  readonly echo: string | boolean;
}

/** Throws InvalidInput. */
export function parseEnvelope(type: AttestationType, posted: unknown): Envelope {
  const faults: string[] = [];
  const envelope = isRecord(posted) ? posted : {};
  const hex32 = (name: string): Hex => collect(faults, () => parseHex(envelope[name], name, 32))?.echo ?? '';
  const attestationType = hex32('attestationType');
  const sourceId = hex32('sourceId');
  const body = envelope['requestBody'];
  if (!isRecord(body) || Object.keys(body).length === 0) {
    throw new InvalidInput([...faults, 'requestBody must be a non-empty object']);
  }
  const fields = BODY_COMPONENTS[type].request.map(
    ({ type: abiType, name }) =>
      [name, collect(faults, () => parseField(abiType, body[name], `requestBody.${name}`))] as const,
  );
  if (faults.length > 0) throw new InvalidInput(faults);
  const struct = <Part extends keyof ParsedField>(part: Part): Record<string, ParsedField[Part]> =>
    Object.fromEntries(fields.flatMap(([name, field]) => (field === undefined ? [] : [[name, field[part]]])));
  return { attestationType, sourceId, requestBody: struct('value'), echo: struct('echo') };
}

function collect<T>(faults: string[], parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    faults.push(...error.messages);
    return undefined;
  }
}

function parseField(abiType: string, value: unknown, path: string): ParsedField {
  switch (abiType) {
    case 'bytes32':
      return parseHex(value, path, 32);
    case 'address':
      return parseHex(value, path, 20);
    case 'bool':
      if (typeof value !== 'boolean') throw new InvalidInput([`${path} must be a boolean value`]);
      return { value, echo: value };
    case 'string':
      if (typeof value !== 'string') throw new InvalidInput([`${path} must be a string`]);
      return { value, echo: value };
    default:
      return parseInteger(abiType, value, path);
  }
}

function parseHex(value: unknown, path: string, bytes: number): { value: Hex; echo: Hex } {
  const digits = typeof value === 'string' ? value.replace(/^0x/i, '') : '';
  if (digits.length !== bytes * 2 || !/^[0-9a-f]+$/i.test(digits)) {
    throw new InvalidInput([`${path} must be a hex string of ${bytes} bytes`]);
  }
  const normalised = `0x${digits.toLowerCase()}`;
  return { value: normalised, echo: normalised };
}

function parseInteger(abiType: string, value: unknown, path: string): ParsedField {
  if (typeof value !== 'string' || !/^(\d+|0x[0-9a-f]+)$/i.test(value)) {
    throw new InvalidInput([`${path} must be a non-negative integer in a string, decimal or 0x-hex`]);
  }
  const number = BigInt(value);
  if (BigInt.asUintN(Number(abiType.slice('uint'.length)), number) !== number) {
    throw new InvalidInput([`${path} does not fit ${abiType}`]);
  }
  return { value: number, echo: value.toLowerCase() };
}
