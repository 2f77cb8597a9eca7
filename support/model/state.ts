/**
 * What a user has, read at one block and one validated ledger: amounts by account, pool positions, and records by id.
 *
 * A plain value without clients; how it is read is the informer's business.
 */
import { type PoolPosition, poolAccounts } from './pool-position.ts';

/**
 * Where money is held: `native`, `xrp`, `fAsset`, `wNat`, `vault token <address>`, a pool's share as `pool <vault> tokens` and
 * the like, and what a pool holds for everybody as `shared pool <vault> …`. Each is an amount in its own smallest unit.
 */
export type Account = string;

/** `minting <id>` or `redemption <id>`. */
export type RecordId = string;

/** Field values as text: addresses lower-case, amounts decimal. */
export type RecordFields = Readonly<Record<string, string>>;

export interface Point {
  readonly block: number;
  readonly ledger: number;
  /** Unix seconds of that block. */
  readonly timeS: number;
  /** Close time of that ledger, Unix seconds; the chains' clocks need not agree. */
  readonly ledgerTimeS: number;
}

export interface UserState {
  readonly point: Point;
  readonly balances: Readonly<Record<Account, bigint>>;
  /** By agent vault, lower-case. */
  readonly pools: Readonly<Record<string, PoolPosition>>;
  readonly records: Readonly<Record<RecordId, RecordFields>>;
}

/** Every account of the state with its amount. */
export function amountsOf(state: UserState): Record<Account, bigint> {
  const pools = Object.entries(state.pools).flatMap(([vault, position]) =>
    Object.entries(poolAccounts(vault, position)),
  );
  return { ...state.balances, ...Object.fromEntries(pools) };
}

/** False for what a pool holds for everybody. */
export const isOwnAccount = (account: Account): boolean => !account.startsWith('shared ');

/** The same for every pool: `pool 0xab… fees` → `pool fees`. Names a kind of account across runs. */
export const accountKind = (account: Account): string => account.replace(/ 0x[0-9a-f]+/i, '');
/** `redemption 1234` → `redemption`. */
export const recordKind = (id: RecordId): string => id.split(' ')[0] ?? id;
