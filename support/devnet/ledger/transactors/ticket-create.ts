/**
 * TicketCreate: sets sequence numbers aside, to be used later in any order.
 */
import { noThread } from '../entries.ts';
import { ticketIndex } from '../hashing.ts';
import { addToDirectory } from '../owner-directory.ts';
import { type ApplyContext, type Effect, type Transactor, referenceFee, reserveDrops, success } from './transactor.ts';

const ticketsLimit = 250;

export const ticketCreate: Transactor = {
  flags: 0,
  feeDrops: referenceFee,
  check: ({ TicketCount: count = 0 }) => (count < 1 || count > ticketsLimit ? 'temINVALID_COUNT' : 'tesSUCCESS'),
  apply,
};

function apply({ transaction, sandbox, rules, balanceBeforeFeeDrops }: ApplyContext): Effect {
  const account = sandbox.account(transaction.Account);
  const count = transaction.TicketCount ?? 0;
  if (account === undefined) return { result: 'tecINTERNAL' };
  if (account.ticketCount + count > ticketsLimit) return { result: 'tecDIR_FULL' };
  if (balanceBeforeFeeDrops < reserveDrops(rules, account.ownerCount + count)) {
    return { result: 'tecINSUFFICIENT_RESERVE' };
  }
  const { account: owner } = account;
  for (let offset = 0; offset < count; offset++) {
    const ticketSequence = account.sequence + offset;
    const ownerPage = addToDirectory(sandbox, owner, ticketIndex(owner, ticketSequence));
    sandbox.put({ type: 'Ticket', account: owner, ownerPage, ticketSequence, thread: noThread });
  }
  sandbox.put({
    ...account,
    sequence: account.sequence + count,
    ownerCount: account.ownerCount + count,
    ticketCount: account.ticketCount + count,
  });
  return success;
}
