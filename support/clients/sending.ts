/**
 * How one account sends: signed, written down, offered, settled, final. One order for both chains; what signing, offering and
 * looking are is the chain's business.
 *
 * Nothing is remembered as perhaps sent before its line is on the disk, and nothing new is signed before the fate of everything
 * older is known and written down. Transactions with the same nonce or sequence are rivals, of which no more than one can
 * ever count: they are one entry here and in the journal.
 */
import type { Journal, SignedTransaction, TransactionFate } from './journal.ts';

/** What a chain says of the one of several rivals that is in, deep enough to stay. */
export interface Outcome {
  readonly hash: string;
  /** False when it is in and did nothing but cost its fee. */
  readonly succeeded: boolean;
}

export type Found<Final extends Outcome> =
  | { readonly kind: 'final'; readonly final: Final }
  /** In sight but not certain, or not to be offered any more: only time helps. */
  | { readonly kind: 'waiting' }
  /** Something else took their place, or they are too late: none of them can ever be in. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'nowhere' };

/** What can be done for signed transactions without any key. */
export interface Chain<Final extends Outcome> {
  /** One look for all rivals at once. */
  look(rivals: readonly SignedTransaction[]): Promise<Found<Final>>;
  /** Offers bytes that may have been offered before. False when they were refused; true says nothing, the next look does. */
  offerAgain(transaction: SignedTransaction): Promise<boolean>;
  /** Looks in vain after which the same bytes are offered again. */
  readonly looksBetweenOffers: number;
  /** Looks in a row that must find them gone: a balancer may ask several nodes for one look. */
  readonly looksToDeath: number;
  /** Waits until another look makes sense. Throws the chain's word for an unknown outcome when it was waited long enough. */
  pause(rivals: readonly SignedTransaction[], looks: number, waitedMs: number): Promise<void>;
}

export interface Pursuit {
  /** Whether the newest of them was offered just now. */
  readonly isOffered: boolean;
  /** Called after each look that found them nowhere. What it gives is a new rival, written down already. */
  readonly whenNowhere?: (waitedMs: number) => SignedTransaction | undefined;
}

/**
 * Finds out what became of rivals, newest first: looks for them, offers the same bytes again while none is there, and tells
 * when it is certain. Gives undefined when none of them can ever be in. It signs nothing.
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
      const rival = whenNowhere?.(performance.now() - startMs);
      if (rival !== undefined) all.unshift(rival);
      if (rival !== undefined || looks % chain.looksBetweenOffers === 0) await offerOneOf(all, chain);
    }
    await chain.pause(all, looks, performance.now() - startMs);
  }
}

/** The newest that is not refused: a dearer one may ask for more than the account has, where an older one does not. */
async function offerOneOf<Final extends Outcome>(rivals: readonly SignedTransaction[], chain: Chain<Final>) {
  for (const rival of rivals) if (await chain.offerAgain(rival)) return;
}

/** What an outcome says of a transaction that it was looked for with; without one all of them are dead. */
export function fateOf({ hash }: SignedTransaction, final: Outcome | undefined): TransactionFate {
  if (final === undefined || final.hash !== hash) return 'dead';
  return final.succeeded ? 'done' : 'failed';
}

/** What came of offering bytes for the first time. */
export type Offered<Final extends Outcome> =
  | { readonly kind: 'final'; readonly final: Final }
  | { readonly kind: 'taken' }
  /** Nobody knows whether they arrived. */
  | { readonly kind: 'unclear' }
  /** Nobody has them. */
  | { readonly kind: 'refused'; readonly error: Error };

/** What only the owner of a key can do. */
export interface Signer<Order, Final extends Outcome> {
  /** Signs for the account's next nonce or sequence. */
  sign(order: Order): Promise<SignedTransaction>;
  /** Offers for the first time. What it throws leaves the fate open. */
  offer(transaction: SignedTransaction, order: Order): Promise<Offered<Final>>;
  /** A rival that has better chances than these, which have waited so long; undefined when it is not time, or none is to be had. */
  signRival?(order: Order, rivals: readonly SignedTransaction[], waitedMs: number): SignedTransaction | undefined;
  /** Told when the fate of an entry is certain; `final` is undefined when all of it is dead. */
  ended?(rivals: readonly SignedTransaction[], final: Final | undefined): void;
  /** Times an order is signed anew, each after everything before is certainly dead. */
  readonly mostSignings: number;
  /** What is thrown when all of them are dead. */
  spent(order: Order): Error;
  /** True where the next order waits until this one is final, false where it only waits until it has been offered. */
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
  /** Entries that nobody pursues any more, since something failed on the way. */
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
   * not happen; what else it throws leaves open whether it did.
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
      whenNowhere: (waitedMs) => {
        const rival = this.#signer.signRival?.(order, entry.rivals, waitedMs);
        if (rival === undefined) return undefined;
        this.#journal.signed(rival);
        entry.rivals = [rival, ...entry.rivals];
        return rival;
      },
    });
  }

  /** Nothing new is signed before everything older is certain; else one act could happen twice. */
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

  /** What `act` gives; when it fails before the entry's fate is written down, the fate is still to be found out. */
  async #orLeft<T>(entry: Entry, act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      this.#left.add(entry);
      throw error;
    }
  }

  /** In the order asked, each when the one before has ended, well or not. */
  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(act, act);
    this.#turn = done;
    return done;
  }
}
