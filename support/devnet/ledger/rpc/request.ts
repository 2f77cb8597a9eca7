/**
 * A request as every method sees it, whichever transport brought it, and the reading of its parameters.
 */
import { isValidClassicAddress } from 'xrpl';
import type { Ledger } from '../ledger.ts';
import { type RpcErrorName, invalidField, missingField, rpcError } from './rpc-error.ts';
import type { Subscriber } from './subscriptions.ts';

export type ApiVersion = 1 | 2;
export type Params = Readonly<Record<string, unknown>>;
export type Result = Record<string, unknown>;

export interface Request {
  readonly command: string;
  readonly params: Params;
  readonly apiVersion: ApiVersion;
  /** The WebSocket connection it came by; a JSON-RPC call has none. */
  readonly subscriber?: Subscriber;
}

/** What methods work on. */
export interface Host {
  readonly ledger: Ledger;
  readonly allowLedgerAccept: boolean;
  /** Unix second the server started at. */
  readonly startedAtS: number;
  readonly port: () => number;
  /** A planted fault: the error a command is refused with. */
  readonly refuse: (command: string) => RpcErrorName | undefined;
}

export type Method = (host: Host, request: Request) => Result;

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
