/**
 * What a setting is, one row of the table in settings.ts, and the kinds of values that several settings have.
 *
 * A kind gives a row its `parse` and the words that belong to it, so that limits stand in one place.
 */
import { getAddress, isAddress } from 'ethers';
import { z } from 'zod';

/** One setting. Where it stands in the table is where its value stands in `Settings`. */
export interface Setting<Value = unknown, Usual = unknown> {
  /** As it is set: in the environment, or in .env. */
  readonly name: string;
  readonly parse: z.ZodType<Value, string>;
  /** What would be right, as the answer to a wrong value says it. */
  readonly wants: string;
  /** The value when nothing is set. */
  readonly usual: Usual;
  /** The usual value in words, where the value itself says too little. */
  readonly usualText?: string;
  /** A value that `parse` gave, as it is set; needed where neither String() nor commas between items will do. */
  print?(this: void, value: Value): string;
  /** `always`: never shown, nor provided to tests. `when wrong`: a wrong value may hold a key, a right one cannot. */
  readonly secret?: 'always' | 'when wrong';
  /** A replay must set it again: `always`, or because it says which `network` the failure was met on. */
  readonly inReplay?: 'always' | 'network';
  /** For the documents: what it means, as Markdown, without a full stop. */
  readonly says: string;
  /** A value for .env.example; empty where any would be a secret. */
  readonly example: string;
}

export const text = z.string().min(1);
export const digits = z.string().regex(/^\d+$/);

/** Items of a list, trimmed; an empty one stands for two separators side by side. */
export const itemsOf = (list: string, separator: string): string[] => list.split(separator).map((item) => item.trim());

/** A number that `says` begins to explain; its limits are told behind it. */
export const wholeNumber = (says: string, low: number, high: number) => ({
  parse: digits.transform(Number).refine((value) => value >= low && value <= high),
  wants: `a whole number from ${low} to ${high}`,
  says: `${says}, ${low} to ${high}`,
});

/** An amount in a chain's smallest unit. */
export const amountOf = (unit: string) => ({ parse: digits.transform(BigInt), wants: `a whole number of ${unit}` });

/** Addresses of services, the first of which is asked first. */
export const urlsOf = (protocol: 'http' | 'ws') => ({
  parse: text
    .transform((list): readonly string[] => itemsOf(list, ','))
    .refine((urls) => urls.every((item) => isPlainUrl(item, [`${protocol}:`, `${protocol}s:`]))),
  wants: `URLs with commas between that start with ${protocol}:// or ${protocol}s:// and have no key, user or query in them`,
});

/** A URL with a key in it would be printed with every error, so keys have settings of their own. */
function isPlainUrl(given: string, protocols: readonly string[]): boolean {
  if (!URL.canParse(given)) return false;
  const { protocol, username, password, search, hash } = new URL(given);
  return protocols.includes(protocol) && username + password + search + hash === '';
}

export const contractAddress = {
  parse: z
    .string()
    .refine((given) => /^0x[0-9a-fA-F]{40}$/.test(given) && isAddress(given) && BigInt(given) !== 0n)
    .transform((given) => getAddress(given)),
  wants: 'the address of a contract, 0x and 40 hex digits; with capitals only where its checksum has them',
};

export const apiKeyOf = (service: string) => ({
  parse: z.string().regex(/^[!-~]+$/),
  wants: `the API key of ${service}, without spaces`,
});
