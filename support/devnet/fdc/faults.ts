/** Switches with which tests make the devnet's FDC misbehave. All are off by default and read at every use. */
import type { Attestation, AttestationType, Hex } from './attestation-types.ts';

export interface RoundRequest {
  readonly votingRoundId: number;
  readonly type: AttestationType;
  readonly requestHex: Hex;
}

export interface FdcFaults {
  /** The round gets no root, whatever was requested. */
  skipRound?: (votingRoundId: number) => boolean;
  /** The round is finalised without this request. */
  leaveOut?: (request: RoundRequest) => boolean;
  /** Seconds between the root on the chain and its proofs in the data-availability layer. */
  dataAvailabilityLagS?: number;
  /** Every attestation question is answered INDETERMINATE: SYSTEM_FAILURE. */
  verifierIndeterminate?: boolean;
  /** The same at such times, Unix seconds. */
  isIndeterminateAt?: (nowS: number) => boolean;
  /** The verifier attests something else than the ledger says. */
  alterAttestation?: (type: AttestationType, attestation: Attestation) => Attestation;
  /** Whoever asks whether something was not paid is told so, whatever was paid; or only about mintings. */
  overlookPayments?: boolean | 'mintings';
  /** HTTP status to answer a request with, instead of the real answer, for example 429 or 503. */
  httpStatus?: (server: 'verifier' | 'data-availability', path: string) => number | undefined;
}
