/**
 * The state of the ledger between two transactions, and the sandbox one transaction works in.
 *
 * States are never changed: a sandbox that is kept yields the next one. That is what makes snapshots free.
 */
import { type AccountRoot, type Entry, type Thread, indexOf } from './entries.ts';
import { accountRootIndex } from './hashing.ts';

/** Entries by index. */
export type State = ReadonlyMap<string, Entry>;

export interface Change {
  readonly index: string;
  readonly before: Entry | undefined;
  /** The final form, also of an entry that is deleted. */
  readonly after: Entry;
  readonly deleted: boolean;
}

/** The account root of `address`, if the account exists. */
export function accountIn(state: Pick<State, 'get'>, address: string): AccountRoot | undefined {
  const entry = state.get(accountRootIndex(address));
  return entry?.type === 'AccountRoot' ? entry : undefined;
}

const dropsOf = (entry: Entry | undefined): bigint => (entry?.type === 'AccountRoot' ? entry.balanceDrops : 0n);

export class Sandbox {
  readonly base: State;
  readonly #changes = new Map<string, { after: Entry; deleted: boolean }>();

  constructor(base: State) {
    this.base = base;
  }

  get(index: string): Entry | undefined {
    const change = this.#changes.get(index);
    if (change === undefined) return this.base.get(index);
    return change.deleted ? undefined : change.after;
  }

  account(address: string): AccountRoot | undefined {
    return accountIn(this, address);
  }

  put(entry: Entry): void {
    this.#changes.set(indexOf(entry), { after: entry, deleted: false });
  }

  /** Deletes an entry; `final` is the form metadata shows it in. */
  delete(final: Entry): void {
    this.#changes.set(indexOf(final), { after: final, deleted: true });
  }

  /** What was done, sorted by index as metadata lists it. Entries made and deleted on the way do not count. */
  changes(): Change[] {
    return [...this.#changes]
      .map(([index, change]) => ({ index, before: this.base.get(index), ...change }))
      .filter(({ before, deleted }) => before !== undefined || !deleted)
      .toSorted((a, b) => (a.index < b.index ? -1 : 1));
  }

  /** How much XRP went out of existence: fees, that is. */
  destroyedDrops(): bigint {
    return this.changes().reduce((sum, { before, after }) => sum + dropsOf(before) - dropsOf(after), 0n);
  }

  /** The next state; every entry put is threaded to the transaction that put it. */
  commit(thread: Thread): State {
    const next = new Map(this.base);
    for (const { index, after, deleted } of this.changes()) {
      if (deleted) next.delete(index);
      else next.set(index, { ...after, thread });
    }
    return next;
  }
}
