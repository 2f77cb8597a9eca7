/**
 * XRP that arrives at an account.
 */
import { type AccountRoot, accountFlag } from '../entries.ts';

/** The account with so much more; XRP that arrives makes its next SetRegularKey free again. */
export const credited = (account: AccountRoot, amountDrops: bigint): AccountRoot => ({
  ...account,
  balanceDrops: account.balanceDrops + amountDrops,
  flags: amountDrops > 0n ? (account.flags & ~accountFlag.passwordSpent) >>> 0 : account.flags,
});
