/**
 * Ways in which the agents can be made to misbehave while the devnet runs, to see whether the suite finds them.
 *
 * Read at the moment of acting. With nothing set every agent is honest and prompt. Plain data, so that it can be set
 * over the wire.
 */
export interface AgentFaults {
  /** Pays nothing: for any redemption, or for the request ids listed. */
  silent?: boolean | readonly string[];
  /** Pays only when the payment window is over. */
  late?: boolean;
  /** Pays this much less than what is due, and nothing where no more is due. */
  payLessDrops?: bigint;
  payTwice?: boolean;
  /** Pays without the reference. */
  withoutMemo?: boolean;
  /** Pays, but proves and confirms nothing, neither payments nor minting defaults. */
  stopConfirming?: boolean;
  /** Proves no minting unpaid, so that its reservation stays. */
  leaveUnpaidMintings?: boolean;
  /** Lets the asset manager's idea of the underlying block grow old. */
  stopUnderlyingUpdates?: boolean;
}
