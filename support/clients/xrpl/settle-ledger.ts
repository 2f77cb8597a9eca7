/**
 * Finds out what became of a signed ledger transaction: looks for it by its hash, submits the same bytes again while it is
 * nowhere, and tells when it is certain. It never signs.
 */
import type { Waiter } from '../../units/waiter.ts';
import type { SignedTransaction, TransactionFate } from '../journal.ts';
import type { LedgerClient, ValidatedResult } from './ledger-client.ts';

/** Ledgers a transaction may wait before it is certainly dead. */
export const LEDGERS_TO_LIVE = 20;
/** Looks without a find after which the same bytes are submitted again. */
const LOOKS_BETWEEN_SUBMITS = 3;
/** A ledger that stands still, or servers without history, are not waited for any longer. */
const MAX_LOOKS = 400;

/** Nobody can tell whether the transaction is in a ledger: none closes, or the servers do not hold those in question. */
export class LedgerOutcomeUnknown extends Error {
  override name = 'LedgerOutcomeUnknown';
}

export interface LedgerPursuit {
  readonly waiter: Waiter;
  /** Usual seconds between two ledgers. */
  readonly closeS: number;
  /** Whether a server has taken the bytes already. */
  readonly isSubmitted: boolean;
}

/**
 * Fate of one transaction, for example one that a crash left behind. Submits its bytes again as long as they can still get
 * into a ledger, so it may take as many ledgers as it has left to live.
 */
export async function settleLedger(
  client: LedgerClient,
  tx: SignedTransaction,
  waiter: Waiter,
  closeS: number,
): Promise<TransactionFate> {
  return fateOf(await settleTransaction(client, tx, { waiter, closeS, isSubmitted: false }));
}

/** What a validated result says; without one the transaction is dead. */
export function fateOf(final: ValidatedResult | undefined): TransactionFate {
  if (final === undefined) return 'dead';
  return final.result === 'tesSUCCESS' ? 'done' : 'failed';
}

/** The final result of a transaction, undefined when it can never be in a ledger. Throws LedgerOutcomeUnknown. */
export async function settleTransaction(
  client: LedgerClient,
  { hash, raw, account, sequence, lastLedger }: SignedTransaction,
  { waiter, closeS, isSubmitted }: LedgerPursuit,
): Promise<ValidatedResult | undefined> {
  if (lastLedger === undefined) throw new RangeError(`${hash} has no last ledger: it is never certain to be dead`);
  for (let looks = isSubmitted ? 1 : 0; looks < MAX_LOOKS; looks += 1) {
    // The head is read before the transaction: what it says about the past then covers the search.
    const { ledger } = await client.head();
    const firstLedger = lastLedger - LEDGERS_TO_LIVE;
    const found = await client.find(hash, firstLedger, Math.max(firstLedger, Math.min(ledger, lastLedger)));
    if (found.kind === 'validated') return found;
    if (found.kind === 'absent' && found.searchedAll) {
      const isOver = ledger > lastLedger || (await client.sequenceAt(account, ledger)) > sequence;
      if (isOver) return undefined;
    }
    if (found.kind === 'absent' && ledger <= lastLedger && looks % LOOKS_BETWEEN_SUBMITS === 0)
      await client.submit(raw);
    await waiter.sleepS(closeS);
  }
  throw new LedgerOutcomeUnknown(`${hash} is in no ledger yet, and no server shows all of them up to ${lastLedger}`);
}
