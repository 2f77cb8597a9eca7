/**
 * The FDC for the devnet's own services, in the same process: the same answers and proofs as over HTTP, without HTTP.
 *
 * Requests still go through the chain; only what the servers would print is handed over directly.
 */
import type { Clock } from '../clock.ts';
import type { AbiStruct, AttestationType, Hex } from './attestation-types.ts';
import { encodeRequest } from './encoding.ts';
import type { FdcRounds } from './rounds.ts';
import type { XrpVerifier } from './verifier.ts';

export interface InProcessProof {
  readonly merkleProof: readonly Hex[];
  /** abi.encode of the response struct. */
  readonly response: Hex;
}

export interface InProcessFdc {
  /** ABI-encoded request, or the verifier's status when there is no answer (yet). */
  prepare(type: AttestationType, body: AbiStruct): { readonly request: Hex } | { readonly status: string };
  /** Voting round of a block timestamp. */
  roundOf(timestampS: number): number;
  /** Undefined while the proof may still come; `missed` when the round is over without this request. */
  proofOf(round: number, request: string): InProcessProof | 'missed' | undefined;
}

export function inProcessFdc(verifier: XrpVerifier, rounds: FdcRounds, clock: Pick<Clock, 'nowS'>): InProcessFdc {
  return {
    prepare(type, body) {
      const verdict = verifier.attest(type, body);
      return 'attestation' in verdict ? { request: encodeRequest(type, verdict.attestation) } : verdict;
    },
    roundOf: (timestampS) => rounds.votingRounds.roundAt(timestampS),
    proofOf(round, request) {
      const found = rounds.store.find(request, round, clock.nowS());
      if (found) return { merkleProof: found.proof, response: found.responseHex };
      const stillHidden = rounds.store.has(round) && rounds.store.round(round, clock.nowS()).length === 0;
      return rounds.isOver(round) && !stillHidden ? 'missed' : undefined;
    },
  };
}
