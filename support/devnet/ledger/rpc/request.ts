/**
 * The reading of a request's parameters, whichever transport brought it.
 */
import { isValidClassicAddress } from 'xrpl';
import { invalidField, missingField, rpcError } from './rpc-error.ts';
import type { ApiVersion, Params, Request } from './types.ts';

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

/** A page size, at least 1. */
export function limitParam(params: Params, fallback: number): number {
  const limit = integerParam(params, 'limit') ?? fallback;
  if (limit < 1) throw invalidField('limit');
  return limit;
}
