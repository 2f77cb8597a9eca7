/**
 * The one clock of the devnet: chain, ledger, FDC rounds and agents all live by it.
 *
 * A service registers recurring jobs; whoever drives the clock moves it forward and every job due on the way runs, in
 * order, before the move is over. The clock knows nothing of what the jobs do, and jobs keep no state in it, so a
 * snapshot of the clock is a list of due times.
 */

/** Puts back what it was taken from; may be called any number of times. */
export type Restore = () => Promise<void>;

/** A part of the devnet whose state can be put back. */
export interface Restorable {
  snapshot(): Promise<Restore>;
}

export interface RecurringJob {
  readonly name: string;
  /** Seconds between two runs, at least 1. */
  readonly intervalS: number;
  /** Unix second of the first run. */
  readonly firstAtS: number;
  /** Does the work due at `atS`. A rejection stops the clock and reaches whoever drives it. */
  run(atS: number): Promise<void>;
}

export interface Clock extends Restorable {
  /** Unix seconds. */
  nowS(): number;
  every(job: RecurringJob): void;
}
