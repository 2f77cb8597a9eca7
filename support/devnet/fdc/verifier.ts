/**
 * A verifier of XRP attestations: the answer to a request body, from the confirmed part of one ledger.
 *
 * Speaks no HTTP (verifier-server.ts) and knows no rounds (rounds.ts); both ask it.
 */
import { ANSWERERS, NoAnswer } from './attestations.ts';
import type { AbiStruct, Attestation, AttestationType, Hex } from './attestation-types.ts';
import { ConfirmedHistory } from './confirmed-history.ts';
import { bytes32Text } from './encoding.ts';
import type { FdcFaults } from './faults.ts';
import { ZERO_BYTES32 } from './transaction-facts.ts';
import type { LedgerHistory } from '../ledger/history.ts';

export type Verdict =
  | { readonly status: 'VALID'; readonly attestation: Attestation }
  | { readonly status: `INVALID: ${string}` | 'INDETERMINATE: SYSTEM_FAILURE' };

export interface XrpVerifierOptions {
  readonly history: LedgerHistory;
  /** Source as text: testXRP or XRP. */
  readonly sourceId: string;
  /** Ledgers that must stand on top of a ledger before it is seen; 3 unless said otherwise. */
  readonly confirmations?: number;
  readonly faults?: FdcFaults;
  /** Time for faults that come and go, Unix seconds. */
  readonly nowS?: () => number;
}

/** How the reference of every minting begins. */
const MINTING_REFERENCE = '0x4642505266410001';

export class XrpVerifier {
  /** The part of the ledger that is old enough to be attested. */
  readonly confirmed: ConfirmedHistory;
  /** bytes32 of the source. */
  readonly sourceId: Hex;
  readonly faults: FdcFaults;
  readonly #nowS: () => number;

  constructor(options: XrpVerifierOptions) {
    this.confirmed = new ConfirmedHistory(options.history, options.confirmations ?? 3);
    this.sourceId = bytes32Text(options.sourceId);
    this.faults = options.faults ?? {};
    this.#nowS = options.nowS ?? (() => 0);
  }

  /** Answers now; the same question may be answered otherwise when more ledgers have closed. */
  attest(type: AttestationType, requestBody: AbiStruct): Verdict {
    const { verifierIndeterminate = false, isIndeterminateAt } = this.faults;
    if (verifierIndeterminate || isIndeterminateAt?.(this.#nowS()) === true)
      return { status: 'INDETERMINATE: SYSTEM_FAILURE' };
    try {
      const answer = ANSWERERS[type](this.confirmed, this.#looksAt(requestBody));
      const { sourceId } = this;
      const attestation = { attestationType: bytes32Text(type), sourceId, requestBody, ...answer };
      return { status: 'VALID', attestation: this.faults.alterAttestation?.(type, attestation) ?? attestation };
    } catch (error) {
      if (error instanceof NoAnswer) return { status: error.status };
      throw error;
    }
  }

  /** What it looks for in the ledger to answer; payments to nobody when it is to overlook all. */
  #looksAt(requestBody: AbiStruct): AbiStruct {
    const { overlookPayments = false } = this.faults;
    const isMeant =
      overlookPayments === 'mintings'
        ? String(requestBody['standardPaymentReference']).startsWith(MINTING_REFERENCE)
        : overlookPayments;
    return isMeant && 'destinationAddressHash' in requestBody
      ? { ...requestBody, destinationAddressHash: ZERO_BYTES32 }
      : requestBody;
  }
}
