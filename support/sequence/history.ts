/**
 * What happened in a run, one JSON line for each event, written as it happens. Statements, reports and the digest are built
 * from it.
 *
 * Successive processes append to the same file. Only what came after the last put-back of the network still holds for
 * anybody's money.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { appendLine, readLines } from '../files/whole.ts';
import { type Book, openBook } from './runner.ts';
import type { ProtocolTotals } from '../model/invariants.ts';
import type { Movement, StatementLine } from '../model/statement.ts';
import type { UserState } from '../model/state.ts';
import type { State } from '../model/states.ts';
import { packJson, unpackJson } from '../units/json.ts';

export type HistoryEvent =
  /** The user's state when funding was done. */
  | { readonly type: 'funded'; readonly user: string; readonly state: UserState }
  /** The network was put back to where funding left it. */
  | { readonly type: 'put back'; readonly title: string }
  | {
      readonly type: 'step';
      readonly user: string;
      readonly bundle: string;
      readonly plan: Readonly<Record<string, unknown>>;
      readonly verdict: 'right' | 'wrong' | 'unknown';
      readonly failure: string | undefined;
      readonly transactions: readonly string[];
      readonly tookMs: number;
      readonly startedAtS: number;
      /** States that the step met. */
      readonly reached?: readonly State[];
      /** The custom error with which the act was refused, as it had to be. */
      readonly refusedWith?: string;
      /** Of a step that was not right: what is off, and the accounts that it moved or left wrong. */
      readonly sentence?: string;
      readonly lines?: readonly StatementLine[];
    }
  /** The faults that are on from here. */
  | { readonly type: 'faults'; readonly on: readonly string[] }
  /** Totals of the protocol, where they are watched. */
  | { readonly type: 'protocol'; readonly timeS: number; readonly totals: ProtocolTotals }
  | {
      readonly type: 'not enabled';
      readonly user: string;
      readonly reason: string;
      /** Every bundle that could not be done. */
      readonly bundles: readonly string[];
    }
  /** A user's account as it was closed after a step or at the end. */
  | {
      readonly type: 'closed';
      readonly user: string;
      readonly movements: readonly Movement[];
      readonly book: Book;
    };

export class RunHistory {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Starts an empty history. */
  begin(): void {
    mkdirSync(dirname(this.path), { recursive: true });
    writeFileSync(this.path, '');
  }

  add(event: HistoryEvent): void {
    appendLine(this.path, packJson(flatten(event)), { isFlushed: false });
  }

  /** Every event so far, oldest first. */
  read(): HistoryEvent[] {
    if (!existsSync(this.path)) return [];
    return readLines(this.path).map((line) => restore(unpackJson(line)));
  }
}

/** Where each user's account stands now and what moved it there since it was funded. */
export interface UserAccount {
  readonly funded: UserState;
  readonly book: Book;
  readonly movements: readonly Movement[];
}

/** Accounts by user, from what came after the last put-back. */
export function accountsOf(events: readonly HistoryEvent[]): Map<string, UserAccount> {
  const accounts = new Map<string, UserAccount>();
  for (const event of events) {
    if (event.type === 'funded')
      accounts.set(event.user, {
        funded: event.state,
        book: openBook(event.state),
        movements: [],
      });
    if (event.type === 'put back')
      for (const [user, account] of accounts)
        accounts.set(user, {
          funded: account.funded,
          book: openBook(account.funded),
          movements: [],
        });
    if (event.type === 'closed') {
      const account = accounts.get(event.user);
      if (account === undefined) throw new Error(`the history closes an account of ${event.user}, who was not funded`);
      accounts.set(event.user, {
        funded: account.funded,
        book: event.book,
        movements: [...account.movements, ...event.movements],
      });
    }
  }
  return accounts;
}

/** Sets do not survive JSON; the book's is written as a list. */
function flatten(event: HistoryEvent): unknown {
  if (event.type !== 'closed') return event;
  return { ...event, book: { ...event.book, paid: [...event.book.paid] } };
}

function restore(event: HistoryEvent): HistoryEvent {
  if (event.type !== 'closed') return event;
  return { ...event, book: { ...event.book, paid: new Set(event.book.paid) } };
}
