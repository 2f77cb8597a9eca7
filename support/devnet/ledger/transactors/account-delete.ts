/**
 * AccountDelete: an account ends and everything it has left goes to another one.
 */
import { acceptsDeposit } from './deposit-authorization.ts';
import type { EngineResult } from '../engine-result.ts';
import { credited } from './credited.ts';
import { accountFlag, hasFlag } from '../entries.ts';
import { deleteDirectory, ownedBy } from '../owner-directory.ts';
import { accountIn } from '../state.ts';
import type { TransactionJson } from '../transaction-json.ts';
import type { ApplyContext, Effect, Transactor } from './transactor.ts';

/** An account must be this many ledgers older than its sequence number, or its transactions could be replayed. */
const sequenceDistance = 255;

export const accountDelete: Transactor = {
  flags: 0,
  // More signatures cost no more.
  feeDrops: ({ rules }) => rules.ownerReserveDrops,
  check,
  apply,
};

function check(transaction: TransactionJson): EngineResult {
  if (transaction.CredentialIDs !== undefined) return 'temDISABLED';
  return transaction.Account === transaction.Destination ? 'temDST_IS_SRC' : 'tesSUCCESS';
}

function apply({ transaction, sandbox, openIndex }: ApplyContext): Effect {
  const account = sandbox.account(transaction.Account);
  const destination = sandbox.account(transaction.Destination ?? '');
  const sequence = accountIn(sandbox.base, transaction.Account)?.sequence;
  if (account === undefined || sequence === undefined) return { result: 'tecINTERNAL' };
  if (destination === undefined) return { result: 'tecNO_DST' };
  if (hasFlag(destination.flags, accountFlag.requireDestinationTag) && transaction.DestinationTag === undefined) {
    return { result: 'tecDST_TAG_NEEDED' };
  }
  if (!acceptsDeposit(sandbox, destination, account.account)) return { result: 'tecNO_PERMISSION' };
  if (sequence + sequenceDistance > openIndex) return { result: 'tecTOO_SOON' };

  for (const entry of ownedBy(sandbox, account.account)) sandbox.delete(entry);
  deleteDirectory(sandbox, account.account);
  const deliveredDrops = account.balanceDrops;
  sandbox.put(credited(destination, deliveredDrops));
  sandbox.delete({ ...account, balanceDrops: 0n, ownerCount: 0, ticketCount: 0 });
  return { result: 'tesSUCCESS', deliveredDrops };
}
