/**
 * DepositPreauth: names one sender whose deposits an account with DepositAuth takes all the same.
 *
 * Authorization by credentials is not supported.
 */
import type { EngineResult } from '../engine-result.ts';
import { noThread } from '../entries.ts';
import { depositPreauthIndex } from '../hashing.ts';
import { addToDirectory, removeFromDirectory } from '../owner-directory.ts';
import type { TransactionJson } from '../transaction-json.ts';
import {
  type ApplyContext,
  type Effect,
  type Transactor,
  referenceFee,
  reserveDrops,
  success,
  zeroAddress,
} from './transactor.ts';

export const depositPreauth: Transactor = { flags: 0, feeDrops: referenceFee, check, apply };

function check(transaction: TransactionJson): EngineResult {
  const { Account: owner, Authorize: authorized, Unauthorize: unauthorized } = transaction;
  if (transaction.AuthorizeCredentials ?? transaction.UnauthorizeCredentials) return 'temDISABLED';
  if ((authorized === undefined) === (unauthorized === undefined)) return 'temMALFORMED';
  if ((authorized ?? unauthorized) === zeroAddress) return 'temINVALID_ACCOUNT_ID';
  return authorized === owner ? 'temCANNOT_PREAUTH_SELF' : 'tesSUCCESS';
}

function apply(context: ApplyContext): Effect {
  const { Authorize: authorized, Unauthorize: unauthorized = '' } = context.transaction;
  return authorized === undefined ? remove(context, unauthorized) : add(context, authorized);
}

function add({ transaction, sandbox, rules, balanceBeforeFeeDrops }: ApplyContext, authorize: string): Effect {
  const account = sandbox.account(transaction.Account);
  if (account === undefined) return { result: 'tecINTERNAL' };
  if (sandbox.account(authorize) === undefined) return { result: 'tecNO_TARGET' };
  const index = depositPreauthIndex(account.account, authorize);
  if (sandbox.get(index) !== undefined) return { result: 'tecDUPLICATE' };
  if (balanceBeforeFeeDrops < reserveDrops(rules, account.ownerCount + 1)) return { result: 'tecINSUFFICIENT_RESERVE' };
  const ownerPage = addToDirectory(sandbox, account.account, index);
  sandbox.put({ type: 'DepositPreauth', account: account.account, ownerPage, authorize, thread: noThread });
  sandbox.put({ ...account, ownerCount: account.ownerCount + 1 });
  return success;
}

function remove({ transaction, sandbox }: ApplyContext, unauthorize: string): Effect {
  const account = sandbox.account(transaction.Account);
  const index = depositPreauthIndex(transaction.Account, unauthorize);
  const entry = sandbox.get(index);
  if (account === undefined) return { result: 'tecINTERNAL' };
  if (entry?.type !== 'DepositPreauth') return { result: 'tecNO_ENTRY' };
  sandbox.delete(entry);
  removeFromDirectory(sandbox, { owner: account.account, page: entry.ownerPage, index });
  sandbox.put({ ...account, ownerCount: account.ownerCount - 1 });
  return success;
}
