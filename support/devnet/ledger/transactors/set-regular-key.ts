/**
 * SetRegularKey: a second key that may sign for the account.
 *
 * The once-free "password change" of the old days is left out: it always costs the fee.
 */
import { accountFlag, hasFlag } from '../entries.ts';
import { signerListIndex } from '../hashing.ts';
import { type ApplyContext, type Effect, type Transactor, referenceFee, success } from './transactor.ts';

export const setRegularKey: Transactor = {
  flags: 0,
  feeDrops: referenceFee,
  check: ({ Account: account, RegularKey: key }) => (account === key ? 'temBAD_REGKEY' : 'tesSUCCESS'),
  apply,
};

function apply({ transaction, sandbox }: ApplyContext): Effect {
  const account = sandbox.account(transaction.Account);
  if (account === undefined) return { result: 'tecINTERNAL' };
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
