/**
 * What the parts of the request interface tell one another: requests, results, the host, those who listen.
 *
 * Types only, so that no part needs another one for its name.
 */
import type { Ledger } from '../ledger.ts';
import type { RpcErrorName } from './rpc-error.ts';

export type ApiVersion = 1 | 2;
export type Params = Readonly<Record<string, unknown>>;
export type Result = Record<string, unknown>;

/** A WebSocket connection and what it wants to hear; the version is the one it asked with. */
export interface Subscriber {
  readonly send: (message: Result) => void;
  readonly streams: Map<string, ApiVersion>;
  readonly accounts: Map<string, ApiVersion>;
  readonly proposedAccounts: Map<string, ApiVersion>;
}

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
