/** How a client waits: virtual time on a devnet that can move it, real time elsewhere. Clients never look at the machine's clock. */
export interface Waiter {
  /** Unix seconds of the network. */
  nowS(): Promise<number>;
  sleepS(seconds: number): Promise<void>;
}
