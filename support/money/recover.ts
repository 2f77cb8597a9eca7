/**
 * Recovers one user after a crash: settles what was signed, accepts deposits again, and recovers the book. Nothing new is
 * begun, so nothing can be paid twice.
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

/** The fate of a transaction for which the journal had none. */
export interface Resumed {
  readonly hash: string;
  readonly fate: TransactionFate;
}

/** The part of a network that settling needs. */
type Chains = Pick<World, 'rpc' | 'chainTerms' | 'ledger' | 'record'>;

export interface Recovery extends RecoveredBook {
  readonly resumed: readonly Resumed[];
}

/** Recovers a user who runs in a lane of their own. */
export async function recover(world: World, session: UserSession, waiter: Waiter): Promise<Recovery> {
  const resumed = await settlePending(world, session, waiter);
  await acceptDeposits(world, session);
  return { resumed, ...(await recoverBook(world, session, hashesOf(session))) };
}

/**
 * Settles every transaction without a fate: it is looked up, and as long as it is nowhere the same bytes are sent again, until
 * it is in a block or ledger or never can be. Rivals are looked up together. An entry that cannot be settled does not stop the
 * others; all failures are thrown at the end.
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

/** Fates of those rivals that have none yet. */
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

/** Hashes of all transactions in the journal, of both chains. */
export const hashesOf = ({ journal }: UserSession): string[] => (journal?.transactions() ?? []).map(({ hash }) => hash);

/** A step that blocks deposits may have been killed before it unblocked them. */
export async function acceptDeposits({ ledger, informer }: World, { hands, who }: UserSession): Promise<void> {
  const point = await informer.point();
  if (await ledger.refusesDeposits(who.ledgerAddress, point.ledger))
    await hands.setLedgerFlag('unblocking deposits', DEPOSIT_AUTH, false);
}
