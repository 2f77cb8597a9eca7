/**
 * Which voting round a second belongs to, as Relay.getVotingRoundId computes it.
 */

export class VotingRounds {
  readonly firstStartS: number;
  readonly epochS: number;

  /** `firstStartS`: Unix second at which round 0 starts; `epochS`: seconds in a round. */
  constructor(firstStartS: number, epochS: number) {
    this.firstStartS = firstStartS;
    this.epochS = epochS;
  }

  /** Negative before the start. */
  roundAt(timestampS: number): number {
    return Math.floor((timestampS - this.firstStartS) / this.epochS);
  }

  startS(votingRoundId: number): number {
    return this.firstStartS + votingRoundId * this.epochS;
  }

  /** First second that no longer belongs to the round. */
  endS(votingRoundId: number): number {
    return this.startS(votingRoundId + 1);
  }
}
