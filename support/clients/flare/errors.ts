/**
 * Decodes reverts: the protocol's custom errors by name, OpenZeppelin's strings as they are.
 */
import { Interface } from 'ethers';
import { ERROR_FRAGMENTS } from './protocol-errors.ts';

export interface DecodedRevert {
  /** The custom error's name, or undefined for a plain reason string or no reason. */
  readonly name: string | undefined;
  /** For people: name and arguments, or the reason string. */
  readonly text: string;
}

const errors = new Interface(ERROR_FRAGMENTS);

/** Names the custom error in `data`, or gives the node's own words. */
export function decodeRevert(data: unknown, nodeMessage: string): DecodedRevert {
  if (typeof data !== 'string' || data === '0x') return { name: undefined, text: nodeMessage };
  const parsed = errors.parseError(data);
  if (parsed === null) return { name: undefined, text: `${nodeMessage}, revert data ${data.slice(0, 10)}` };
  const values = parsed.args.map(String).join(', ');
  if (parsed.name === 'Error') return { name: undefined, text: values };
  return { name: parsed.name, text: `${parsed.name}(${values})` };
}
