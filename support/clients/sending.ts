/**
 * How one account sends: sign, write down, offer, settle, final. The order is the same for both chains; each chain defines
 * how to sign, offer and look.
 *
 * Nothing counts as perhaps sent before its line is on disk, and nothing new is signed before the fate of everything older
 * is known and written down. Transactions with the same nonce or sequence are rivals, of which at most one can ever count:
 * they are one entry here and in the journal.
 */
import type { Journal, SignedTransaction, TransactionFate } from './journal.ts';

/** The rival that is in a block or ledger, deep enough to stay. */
export interface Outcome {
  readonly hash: string;
  /** False when it only cost its fee. */
  readonly succeeded: boolean;
}

export type Found<Final extends Outcome> =
  | { readonly kind: 'final'; readonly final: Final }
  /** Seen but not certain yet, or not to be offered any more: only time helps. */
  | { readonly kind: 'waiting' }
  /** Something else took their place, or they came too late: none of them can ever be in. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'nowhere' };

/** What can be done with signed transactions without a key. */
export interface Chain<Final extends Outcome> {
  /** One look for all rivals at once. */
  look(rivals: readonly SignedTransaction[]): Promise<Found<Final>>;
  /**
   * Offers bytes that may have been offered before. False when they were refused; true proves nothing, only the next look
   * does.
   */
  offerAgain(transaction: SignedTransaction): Promise<boolean>;
  /** Number of looks in vain after which the same bytes are offered again. */
  readonly looksBetweenOffers: number;
  /** Number of looks in a row that must find them gone, since a balancer may ask several nodes for one look. */
  readonly looksToDeath: number;
  /** Waits until the next look makes sense. Throws the chain's error for an unknown outcome after waiting long enough. */
  pause(rivals: readonly SignedTransaction[], looks: number, waitedMs: number): Promise<void>;
}

export interface Pursuit {
  /** Whether the newest of them was offered just now. */
  readonly isOffered: boolean;
  /** Called after each look that found none of them. May return a new rival, already written down. */
  readonly whenNowhere?: (waitedMs: number) => Promise<SignedTransaction | undefined>;
}

/**
 * Finds out what became of rivals, newest first: looks for them, offers the same bytes again while none is found, and
 * returns when it is certain; undefined when none of them can ever be in. Signs nothing.
 */
export async function settle<Final extends Outcome>(
  rivals: readonly SignedTransaction[],
  chain: Chain<Final>,
  { isOffered, whenNowhere }: Pursuit = { isOffered: false },
): Promise<Final | undefined> {
  const startMs = performance.now();
  const all = [...rivals];
  let signsOfDeath = 0;
  for (let looks = isOffered ? 1 : 0; ; looks += 1) {
    const found = await chain.look(all);
    if (found.kind === 'final') return found.final;
    signsOfDeath = found.kind === 'gone' ? signsOfDeath + 1 : 0;
    if (signsOfDeath === chain.looksToDeath) return undefined;
    if (found.kind === 'nowhere') {
      const rival = await whenNowhere?.(performance.now() - startMs);
      if (rival !== undefined) all.unshift(rival);
      if (rival !== undefined || looks % chain.looksBetweenOffers === 0) await offerOneOf(all, chain);
    }
    await chain.pause(all, looks, performance.now() - startMs);
  }
}

/** The newest that is not refused: a higher fee may be more than the account has, where a lower one is not. */
async function offerOneOf<Final extends Outcome>(rivals: readonly SignedTransaction[], chain: Chain<Final>) {
  for (const rival of rivals) if (await chain.offerAgain(rival)) return;
}

/** The fate of a transaction that was looked for with its rivals; without an outcome all of them are dead. */
export function fateOf({ hash }: SignedTransaction, final: Outcome | undefined): TransactionFate {
  if (final === undefined || final.hash !== hash) return 'dead';
  return final.succeeded ? 'done' : 'failed';
}

/** The result of offering bytes for the first time. */
export type Offered<Final extends Outcome> =
  | { readonly kind: 'final'; readonly final: Final }
  | { readonly kind: 'taken' }
  /** Nobody knows whether they arrived. */
  | { readonly kind: 'unclear' }
  /** Nobody has them. */
  | { readonly kind: 'refused'; readonly error: Error };

/** What needs the key. */
export interface Signer<Order, Final extends Outcome> {
  /** Signs for the account's next nonce or sequence. */
  sign(order: Order): Promise<SignedTransaction>;
  /** Offers for the first time. If it throws, the fate is open. */
  offer(transaction: SignedTransaction, order: Order): Promise<Offered<Final>>;
  /** A rival with better chances, after these have waited so long; undefined when it is too early or none is possible. */
  signRival?(
    order: Order,
    rivals: readonly SignedTransaction[],
    waitedMs: number,
  ): Promise<SignedTransaction | undefined>;
  /** Called when the fate of an entry is certain; `final` is undefined when all of it is dead. */
  ended?(rivals: readonly SignedTransaction[], final: Final | undefined): void;
  /** How often an order may be signed anew, each time after everything before is certainly dead. */
  readonly mostSignings: number;
  /** The error when all of them are dead. */
  spent(order: Order): Error;
  /** True when the next order waits until this one is final, false when it only waits until this one is offered. */
  readonly isAlone: boolean;
}

/** Signed and written down, perhaps sent; nobody knows yet what became of it. */
interface Entry {
  /** Newest first. */
  rivals: readonly SignedTransaction[];
}

export class Sending<Order, Final extends Outcome> {
  readonly #signer: Signer<Order, Final>;
  readonly #journal: Journal;
  #turn: Promise<unknown> = Promise.resolve();
  /** Entries that were abandoned because something failed. */
  readonly #left = new Set<Entry>();

  constructor(signer: Signer<Order, Final>, journal: Journal) {
    this.#signer = signer;
    this.#journal = journal;
  }

  /** Forgets what was sent; needed after the chain was put back, or when the journal was settled by others. */
  forget(): void {
    this.#left.clear();
  }

  /**
   * The outcome of an order, however often it had to be signed. Throws the chain's refusal or `spent` when it certainly did
   * not happen; any other error leaves that open.
   */
  async send(order: Order, chain: Chain<Final>): Promise<Final> {
    const { isAlone } = this.#signer;
    return isAlone
      ? this.#inTurn(() => this.#send(order, chain, (act) => act()))
      : this.#send(order, chain, (act) => this.#inTurn(act));
  }

  async #send(order: Order, chain: Chain<Final>, inTurn: <T>(act: () => Promise<T>) => Promise<T>): Promise<Final> {
    for (let signings = 0; signings < this.#signer.mostSignings; signings += 1) {
      const { entry, offered } = await inTurn(() => this.#begin(order, chain));
      const final = await this.#orLeft(entry, async () => {
        const outcome =
          offered.kind === 'final' ? offered.final : await this.#pursue(order, entry, offered.kind, chain);
        this.#close(entry, outcome);
        return outcome;
      });
      if (final !== undefined) return final;
    }
    throw this.#signer.spent(order);
  }

  /** Signs, writes down, offers; in this order, and only when nothing older is open. */
  async #begin(order: Order, chain: Chain<Final>) {
    await this.#settleLeft(chain);
    const signed = await this.#signer.sign(order);
    this.#journal.signed(signed);
    const entry: Entry = { rivals: [signed] };
    const offered = await this.#orLeft(entry, async () => {
      const answer = await this.#signer.offer(signed, order);
      if (answer.kind === 'refused') this.#close(entry, undefined);
      return answer;
    });
    if (offered.kind === 'refused') throw offered.error;
    return { entry, offered };
  }

  async #pursue(order: Order, entry: Entry, offered: 'taken' | 'unclear', chain: Chain<Final>) {
    return settle(entry.rivals, chain, {
      isOffered: offered === 'taken',
      whenNowhere: async (waitedMs) => {
        const rival = await this.#signer.signRival?.(order, entry.rivals, waitedMs);
        if (rival === undefined) return undefined;
        this.#journal.signed(rival);
        entry.rivals = [rival, ...entry.rivals];
        return rival;
      },
    });
  }

  /** Nothing new is signed before everything older is certain, or one act could happen twice. */
  async #settleLeft(chain: Chain<Final>): Promise<void> {
    for (const entry of this.#left) {
      this.#close(entry, await settle(entry.rivals, chain));
      this.#left.delete(entry);
    }
  }

  /** The fate of an entry is certain. */
  #close({ rivals }: Entry, final: Final | undefined): void {
    for (const rival of rivals) this.#journal.final(rival.hash, fateOf(rival, final));
    this.#signer.ended?.(rivals, final);
  }

  /** Returns what `act` returns. If it fails before the entry's fate is written down, the entry is settled later. */
  async #orLeft<T>(entry: Entry, act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      this.#left.add(entry);
      throw error;
    }
  }

  /** In the order asked, each after the one before has ended, well or not. */
  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(act, act);
    this.#turn = done;
    return done;
  }
}
