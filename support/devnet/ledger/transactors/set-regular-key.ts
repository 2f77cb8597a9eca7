/**
 * SetRegularKey: a second key that may sign for the account.
 *
 * Signed with the master key it is free once, and again after each incoming payment.
 */
import { isSignedWithMasterKey } from '../authority.ts';
import { type AccountRoot, accountFlag, hasFlag } from '../entries.ts';
import { signerListIndex } from '../hashing.ts';
import type { TransactionJson } from '../transaction-json.ts';
import {
  type ApplyContext,
  type Effect,
  type FeeContext,
  type Transactor,
  referenceFee,
  success,
} from './transactor.ts';

export const setRegularKey: Transactor = {
  flags: 0,
  feeDrops: (context: FeeContext) => (isFree(context.transaction, context.account) ? 0n : referenceFee(context)),
  check: ({ Account: account, RegularKey: key }) => (account === key ? 'temBAD_REGKEY' : 'tesSUCCESS'),
  apply,
};

const isFree = (transaction: TransactionJson, { flags }: AccountRoot): boolean =>
  isSignedWithMasterKey(transaction) && !hasFlag(flags, accountFlag.passwordSpent);

function apply({ transaction, sandbox }: ApplyContext): Effect {
  const before = sandbox.account(transaction.Account);
  if (before === undefined) return { result: 'tecINTERNAL' };
  // The free one is spent whether or not a fee was paid.
  const account = isFree(transaction, before) ? { ...before, flags: before.flags | accountFlag.passwordSpent } : before;
  const { RegularKey: _former, ...others } = account.settings;
  if (transaction.RegularKey !== undefined) {
    sandbox.put({ ...account, settings: { ...others, RegularKey: transaction.RegularKey } });
    return success;
  }
  const hasSignerList = sandbox.get(signerListIndex(account.account)) !== undefined;
  if (hasFlag(account.flags, accountFlag.disableMasterKey) && !hasSignerList)
    return { result: 'tecNO_ALTERNATIVE_KEY' };
  sandbox.put({ ...account, settings: others });
  return success;
}
