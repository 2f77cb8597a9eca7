/**
 * Takes up what a dead process left of one user: what was signed is brought to a certain end, deposits are accepted again,
 * and the user's book is told anew. Nothing new is begun, so nothing can be paid twice.
 */
import { DEPOSIT_AUTH } from '../actors/ledger-flags.ts';
import { evmChain } from '../clients/flare/evm-chain.ts';
import type { SignedTransaction, TransactionFate } from '../clients/journal.ts';
import type { JournalledTransaction } from '../clients/journal-file.ts';
import { type Outcome, fateOf, settle } from '../clients/sending.ts';
import { ledgerChain } from '../clients/xrpl/ledger-chain.ts';
import type { Waiter } from '../units/waiter.ts';
import { type RecoveredBook, recoverBook } from './recovered-book.ts';
import type { UserSession } from '../users/session.ts';
import type { World } from '../network/world.ts';

/** What became of a transaction whose fate the journal did not know. */
export interface Resumed {
  readonly hash: string;
  readonly fate: TransactionFate;
}

/** What of a network is needed to settle. */
type Chains = Pick<World, 'rpc' | 'chainTerms' | 'ledger' | 'record'>;

export interface Recovery extends RecoveredBook {
  readonly resumed: readonly Resumed[];
}

/** Recovers a user who is in a lane of their own. */
export async function recover(world: World, session: UserSession, waiter: Waiter): Promise<Recovery> {
  const resumed = await settlePending(world, session, waiter);
  await acceptDeposits(world, session);
  return { resumed, ...(await recoverBook(world, session, hashesOf(session))) };
}

/**
 * Gives every transaction without a fate one: it is looked up, and while it is nowhere the same bytes are sent again until it
 * is in a block or ledger, or can never be. Rivals are looked for together, and one entry that cannot be settled keeps no
 * other from it; what failed is thrown in the end.
 */
export async function settlePending(
  world: Chains,
  session: Pick<UserSession, 'journal' | 'forget'>,
  waiter: Waiter,
): Promise<Resumed[]> {
  const resumed: Resumed[] = [];
  const failures: unknown[] = [];
  for (const rivals of session.journal?.openEntries() ?? []) {
    try {
      for (const { hash, fate } of await fatesOf(world, rivals, waiter)) {
        session.journal?.final(hash, fate);
        resumed.push({ hash, fate });
      }
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1) throw new AggregateError(failures, failures.map(textOf).join('; '));
  session.forget();
  return resumed;
}

/** Fates of those of some rivals that have none yet. */
async function fatesOf(
  world: Chains,
  rivals: readonly JournalledTransaction[],
  waiter: Waiter,
): Promise<readonly Resumed[]> {
  const open = rivals.filter(({ fate }) => fate === undefined);
  const isDecided = rivals.some(({ fate }) => fate === 'done' || fate === 'failed');
  const final = isDecided ? undefined : await outcomeOf(world, open, waiter);
  return open.map((rival) => ({ hash: rival.hash, fate: fateOf(rival, final) }));
}

function outcomeOf(
  { rpc, chainTerms, ledger, record }: Chains,
  rivals: readonly SignedTransaction[],
  waiter: Waiter,
): Promise<Outcome | undefined> {
  if (rivals[0]?.chain === 'evm') return settle(rivals, evmChain(rpc, chainTerms));
  return settle(rivals, ledgerChain(ledger, waiter, record.ledger.closeS));
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Hashes of all that the journal holds, on both chains. */
export const hashesOf = ({ journal }: UserSession): string[] => (journal?.transactions() ?? []).map(({ hash }) => hash);

/** A story that blocks deposits may have been cut off before its end. */
async function acceptDeposits({ ledger, informer }: World, { hands, who }: UserSession): Promise<void> {
  const point = await informer.point();
  if (await ledger.refusesDeposits(who.ledgerAddress, point.ledger))
    await hands.setLedgerFlag('unblocking deposits', DEPOSIT_AUTH, false);
}
