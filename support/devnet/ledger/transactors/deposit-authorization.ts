/**
 * DepositAuth: may this sender put XRP into that account?
 *
 * Credentials are not supported, so only the flag, preauthorization and the reserve exception count.
 */
import { type AccountRoot, accountFlag, hasFlag } from '../entries.ts';
import { depositPreauthIndex } from '../hashing.ts';
import type { State } from '../state.ts';

/** True if `destination` takes deposits from `sender` whatever the amount. */
export function acceptsDeposit(state: Pick<State, 'get'>, destination: AccountRoot, sender: string): boolean {
  if (!hasFlag(destination.flags, accountFlag.depositAuth) || destination.account === sender) return true;
  return state.get(depositPreauthIndex(destination.account, sender)) !== undefined;
}

/**
 * The exception for payments: an account at or below the base reserve can always be topped up by at most that
 * reserve, or it could be locked for good. Its owner count plays no part; both bounds are inclusive.
 */
export function isReserveTopUp(destination: AccountRoot, amountDrops: bigint, baseReserveDrops: bigint): boolean {
  return destination.balanceDrops <= baseReserveDrops && amountDrops <= baseReserveDrops;
}
