/**
 * How the FDC clients wait: virtual seconds on a devnet, real ones elsewhere. They never look at Date.now.
 */
export interface Waiter {
  sleepS(seconds: number): Promise<void>;
  /** Unix seconds. */
  nowS(): Promise<number>;
}
