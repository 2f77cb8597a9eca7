/**
 * The reading of a request's parameters, whichever transport brought it.
 */
import { isValidClassicAddress } from 'ripple-address-codec';
import { invalidField, missingField, rpcError } from './rpc-error.ts';
import type { ApiVersion, Host, Params, Request } from './types.ts';

/** A request without `api_version` is one of version 1. */
export const defaultApiVersion: ApiVersion = 1;

export const isApiVersion = (value: unknown): value is ApiVersion => value === 1 || value === 2;

/** A classic address under `name`. */
export function addressParam(params: Params, name: string): string {
  const value = params[name];
  if (value === undefined) throw missingField(name);
  if (typeof value !== 'string') throw invalidField(name);
  if (!isValidClassicAddress(value)) throw rpcError('actMalformed');
  return value;
}

/** A yes or no; version 1 takes any value for its truth, version 2 insists on a boolean. */
export function flagParam({ params, apiVersion }: Request, name: string): boolean {
  const value = params[name];
  if (apiVersion > 1 && value !== undefined && typeof value !== 'boolean') throw invalidField(name);
  return Boolean(value);
}

/** A whole number, if present. */
export function integerParam(params: Params, name: string): number | undefined {
  const value = params[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw invalidField(name);
  return value;
}

/** Shortest, usual and longest page of each method that has pages. */
export const pageLimits = {
  account_channels: { least: 10, usual: 200, most: 400 },
  account_lines: { least: 10, usual: 200, most: 400 },
  account_nfts: { least: 20, usual: 100, most: 400 },
  account_objects: { least: 10, usual: 200, most: 400 },
  account_offers: { least: 10, usual: 200, most: 400 },
  account_tx: { least: 10, usual: 200, most: 400 },
  book_offers: { least: 1, usual: 60, most: 100 },
  noripple_check: { least: 10, usual: 300, most: 400 },
} as const;

/** A page size; only an administrator gets one outside the bounds of the method. */
export function limitParam(
  { allowLedgerAccept: isAdmin }: Host,
  { limit }: Params,
  method: keyof typeof pageLimits,
): number {
  const { least, usual, most } = pageLimits[method];
  if (limit === undefined) return usual;
  if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 0) {
    throw rpcError('invalidParams', { error_message: "Invalid field 'limit', not unsigned integer." });
  }
  if (limit === 0) throw invalidField('limit');
  return isAdmin ? limit : Math.min(Math.max(limit, least), most);
}
