/**
 * How a devnet times its services, in virtual and in real time.
 */

export type ClockKind = 'virtual' | 'realtime';

export interface Timings {
  readonly ledgerCloseS: number;
  readonly votingEpochS: number;
  /** From the end of a round's collect phase to its root. */
  readonly finalizationDelayS: number;
  readonly agentTickS: number;
  readonly protocol: ProtocolTimings;
}

/** Terms of the protocol that people wait for. */
export interface ProtocolTimings {
  /** A payment must come within so many ledgers or so many seconds, whichever ends later. */
  readonly paymentLedgers: bigint;
  readonly paymentS: bigint;
  /** Entered pool tokens stay locked for as long. */
  readonly poolTimelockS: bigint;
  /** Every redemption gives its agent so many more seconds for the next ones. */
  readonly redemptionExtensionS: bigint;
  /** From an agent's announcement of another fee or share until it may be changed. */
  readonly feeChangeS: bigint;
}

/** As on Coston2 and the XRPL testnet. */
const VIRTUAL: Timings = {
  ledgerCloseS: 4,
  votingEpochS: 90,
  finalizationDelayS: 45,
  agentTickS: 8,
  protocol: { paymentLedgers: 500n, paymentS: 900n, poolTimelockS: 60n, redemptionExtensionS: 30n, feeChangeS: 120n },
};
/** As short as a busy machine can keep, since someone waits. */
const REALTIME: Timings = {
  ledgerCloseS: 1,
  votingEpochS: 4,
  finalizationDelayS: 2,
  agentTickS: 1,
  protocol: { paymentLedgers: 60n, paymentS: 60n, poolTimelockS: 10n, redemptionExtensionS: 1n, feeChangeS: 5n },
};

export const timingsOf = (clock: ClockKind): Timings => (clock === 'virtual' ? VIRTUAL : REALTIME);

/** Virtual time always starts here, at the beginning of a voting round, so that runs repeat to the hash. */
export const VIRTUAL_START_S = 1_790_000_010;
/** Start of voting round 0, as on Coston2. */
export const FIRST_VOTING_ROUND_START_S = 1_658_430_000;
/** The first ledger is this much older than the devnet, for proofs that look back a day or more. */
export const LEDGER_PAST_S = 3 * 86_400;
/** Ledgers that must stand above one before the verifier shows it. */
export const CONFIRMATIONS = 3;
