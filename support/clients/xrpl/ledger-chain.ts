/** Looks for signed transactions of one sequence on the ledger, and submits their bytes again. It needs no key. */
import type { Verdict } from '../verdict.ts';
import type { Waiter } from '../../units/waiter.ts';
import type { SignedTransaction } from '../journal.ts';
import type { Chain, Found, Outcome } from '../sending.ts';
import type { LedgerClient } from './ledger-client.ts';

/** Ledgers a transaction may wait before it is certainly dead. */
export const LEDGERS_TO_LIVE = 20;
/** Limit for a ledger that stands still, or servers without history. */
const MAX_LOOKS = 400;

/** Nobody can tell whether the transaction is in a ledger: none closes, or the servers do not hold those in question. */
export class LedgerOutcomeUnknown extends Error implements Verdict {
  override name = 'LedgerOutcomeUnknown';
  readonly verdict = 'unknown';
  readonly kind = 'LedgerOutcomeUnknown';
}

/** A transaction in a validated ledger. */
export interface LedgerOutcome extends Outcome {
  readonly ledger: number;
  /** tesSUCCESS or a tec code; both have paid the fee. */
  readonly result: string;
}

/**
 * The ledger as these servers show it, waiting with `waiter`. Waiting ends when the transactions can never be in a ledger
 * any more, or with LedgerOutcomeUnknown.
 */
export const ledgerChain = (client: LedgerClient, waiter: Waiter, closeS: number): Chain<LedgerOutcome> => ({
  looksBetweenOffers: 3,
  looksToDeath: 1,
  look: (rivals) => lookFor(client, rivals),
  offerAgain: async ({ raw }) => !isCertainlyDead(await client.submit(raw)),
  pause: async (rivals, looks) => {
    if (looks + 1 >= MAX_LOOKS) throw new LedgerOutcomeUnknown(lateText(rivals));
    await waiter.sleepS(closeS);
  },
});

/** Results that say the transaction may be in a ledger already, or that the server looks at an old one. */
const MAY_BE_IN = new Set(['tefPAST_SEQ', 'tefALREADY', 'tefMAX_LEDGER']);

/** tem and tef results leave nothing behind; tel, ter, tes and tec may still end in a ledger. */
export const isCertainlyDead = (engineResult: string): boolean =>
  /^te[mf]/.test(engineResult) && !MAY_BE_IN.has(engineResult);

async function lookFor(client: LedgerClient, rivals: readonly SignedTransaction[]): Promise<Found<LedgerOutcome>> {
  const [newest] = rivals;
  if (newest === undefined) throw new RangeError('no transaction to look for');
  // The head is read before the transactions, so what it says about the past covers the search.
  const { ledger } = await client.head();
  let isAbsent = true;
  let isSearched = true;
  for (const { hash, lastLedger } of rivals) {
    if (lastLedger === undefined) throw new RangeError(`${hash} has no last ledger: it is never certain to be dead`);
    const firstLedger = lastLedger - LEDGERS_TO_LIVE;
    const found = await client.find(hash, firstLedger, Math.max(firstLedger, Math.min(ledger, lastLedger)));
    if (found.kind === 'validated') {
      const { result } = found;
      return { kind: 'final', final: { hash, ledger: found.ledger, result, succeeded: result === 'tesSUCCESS' } };
    }
    isAbsent &&= found.kind === 'absent';
    isSearched &&= found.kind === 'absent' && found.searchedAll;
  }
  const isInTime = rivals.some(({ lastLedger = 0 }) => ledger <= lastLedger);
  if (isSearched && (!isInTime || (await client.sequenceAt(newest.account, ledger)) > newest.sequence))
    return { kind: 'gone' };
  return { kind: isAbsent && isInTime ? 'nowhere' : 'waiting' };
}

const lateText = (rivals: readonly SignedTransaction[]): string =>
  `${rivals.map(({ hash }) => hash).join(', ')}: in no ledger yet, and no server shows all of them up to ` +
  String(Math.max(...rivals.map(({ lastLedger = 0 }) => lastLedger)));
