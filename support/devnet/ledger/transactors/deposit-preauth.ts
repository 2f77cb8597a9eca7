/**
 * DepositPreauth: names one sender whose deposits an account with DepositAuth takes all the same.
 *
 * Authorization by credentials is not supported.
 */
import type { EngineResult } from '../engine-result.ts';
import { depositPreauthIndex, zeroHash } from '../hashing.ts';
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
  if (sandbox.get(depositPreauthIndex(account.account, authorize)) !== undefined) return { result: 'tecDUPLICATE' };
  if (balanceBeforeFeeDrops < reserveDrops(rules, account.ownerCount + 1)) return { result: 'tecINSUFFICIENT_RESERVE' };
  const thread = { transactionHash: zeroHash, ledgerIndex: 0 };
  sandbox.put({ type: 'DepositPreauth', account: account.account, authorize, thread });
  sandbox.put({ ...account, ownerCount: account.ownerCount + 1 });
  return success;
}

function remove({ transaction, sandbox }: ApplyContext, unauthorize: string): Effect {
  const account = sandbox.account(transaction.Account);
  const entry = sandbox.get(depositPreauthIndex(transaction.Account, unauthorize));
  if (account === undefined) return { result: 'tecINTERNAL' };
  if (entry === undefined) return { result: 'tecNO_ENTRY' };
  sandbox.delete(entry);
  sandbox.put({ ...account, ownerCount: account.ownerCount - 1 });
  return success;
}
