/**
 * SignerListSet: the accounts that may sign together for this one.
 */
import type { EngineResult } from '../engine-result.ts';
import { type Signer, accountFlag, hasFlag, noThread } from '../entries.ts';
import { accountIdHex, signerListIndex } from '../hashing.ts';
import { addToDirectory, removeFromDirectory } from '../owner-directory.ts';
import type { TransactionJson } from '../transaction-json.ts';
import { type ApplyContext, type Effect, type Transactor, referenceFee, reserveDrops, success } from './transactor.ts';

const signersLimit = 32;

export const signerListSet: Transactor = { flags: 0, feeDrops: referenceFee, check, apply };

/** In the order of their account ids, as the ledger stores them. */
const signersOf = ({ SignerEntries: entries = [] }: TransactionJson): Signer[] =>
  entries
    .map(({ SignerEntry: entry }) => ({
      account: entry.Account,
      weight: entry.SignerWeight,
      ...(entry.WalletLocator !== undefined && { walletLocator: entry.WalletLocator }),
    }))
    .toSorted((a, b) => (accountIdHex(a.account) < accountIdHex(b.account) ? -1 : 1));

function check(transaction: TransactionJson): EngineResult {
  const { SignerQuorum: quorum = 0, SignerEntries: entries } = transaction;
  if (quorum === 0) return entries === undefined ? 'tesSUCCESS' : 'temMALFORMED';
  const signers = signersOf(transaction);
  if (signers.length === 0 || signers.length > signersLimit) return 'temMALFORMED';
  if (new Set(signers.map(({ account }) => account)).size < signers.length) return 'temBAD_SIGNER';
  if (signers.some(({ weight }) => weight === 0)) return 'temBAD_WEIGHT';
  if (signers.some(({ account }) => account === transaction.Account)) return 'temBAD_SIGNER';
  return signers.reduce((sum, { weight }) => sum + weight, 0) < quorum ? 'temBAD_QUORUM' : 'tesSUCCESS';
}

function apply(context: ApplyContext): Effect {
  const { SignerQuorum: quorum = 0 } = context.transaction;
  return quorum === 0 ? remove(context) : replace(context, quorum);
}

function replace({ transaction, sandbox, rules, balanceBeforeFeeDrops }: ApplyContext, quorum: number): Effect {
  const account = sandbox.account(transaction.Account);
  if (account === undefined) return { result: 'tecINTERNAL' };
  const index = signerListIndex(account.account);
  const former = sandbox.get(index);
  const ownerCount = former === undefined ? account.ownerCount + 1 : account.ownerCount;
  if (balanceBeforeFeeDrops < reserveDrops(rules, ownerCount)) return { result: 'tecINSUFFICIENT_RESERVE' };
  const ownerPage = former?.type === 'SignerList' ? former.ownerPage : addToDirectory(sandbox, account.account, index);
  const thread = former?.thread ?? noThread;
  const signers = signersOf(transaction);
  sandbox.put({ type: 'SignerList', account: account.account, ownerPage, quorum, signers, thread });
  sandbox.put({ ...account, ownerCount });
  return success;
}

function remove({ transaction, sandbox }: ApplyContext): Effect {
  const account = sandbox.account(transaction.Account);
  const index = signerListIndex(transaction.Account);
  const former = sandbox.get(index);
  if (account === undefined) return { result: 'tecINTERNAL' };
  if (former?.type !== 'SignerList') return success;
  const masterIsOff = hasFlag(account.flags, accountFlag.disableMasterKey);
  if (masterIsOff && account.settings.RegularKey === undefined) return { result: 'tecNO_ALTERNATIVE_KEY' };
  sandbox.delete(former);
  removeFromDirectory(sandbox, { owner: account.account, page: former.ownerPage, index });
  sandbox.put({ ...account, ownerCount: account.ownerCount - 1 });
  return success;
}
