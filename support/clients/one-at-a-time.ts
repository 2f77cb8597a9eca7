/**
 * Lets acts of one owner happen one after the other, in the order asked, however many are asked at once.
 */
export class OneAtATime {
  #last: Promise<unknown> = Promise.resolve();

  /** What `act` gives or throws, once every act asked before it has ended, well or not. */
  run<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#last.then(act, act);
    this.#last = done;
    return done;
  }
}
