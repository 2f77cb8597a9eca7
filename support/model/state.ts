/**
 * What a user has, read at one block and one validated ledger: amounts by account, and records by id.
 *
 * A plain value without clients; how it is read is the informer's business.
 */

/**
 * Where money is held: `native`, `xrp`, `fAsset`, `wNat`, `vaultToken`, or a pool's share as `pool <vault> tokens`,
 * `pool <vault> fee debt`, `pool <vault> fees`. Each is an amount in the account's own smallest unit.
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
}

export interface UserState {
  readonly point: Point;
  readonly balances: Readonly<Record<Account, bigint>>;
  readonly records: Readonly<Record<RecordId, RecordFields>>;
}

/** The same for every pool: `pool 0xab… fees` → `pool fees`. Names a kind of account across runs. */
export const accountKind = (account: Account): string => account.replace(/ 0x[0-9a-f]+/i, '');
/** `redemption 1234` → `redemption`. */
export const recordKind = (id: RecordId): string => id.split(' ')[0] ?? id;
