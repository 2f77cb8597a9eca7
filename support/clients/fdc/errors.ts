/** How the Flare Data Connector refuses, and what a caller can do about it. */
import type { Verdict } from '../verdict.ts';

/** Ask again later: the ledger is not confirmed that far, or the verifier is in trouble. */
export class NotYetProvable extends Error implements Verdict {
  readonly verdict = 'unknown';
  readonly kind = 'NotYetProvable';
  readonly status: string;
  constructor(type: string, status: string) {
    super(`${type} cannot be proven yet: ${status}`);
    this.name = 'NotYetProvable';
    this.status = status;
  }
}

/** The verifier's final answer: what the request asks to prove is false. */
export class RequestRejected extends Error implements Verdict {
  readonly verdict = 'wrong';
  readonly kind = 'attestation refused';
  readonly status: string;
  constructor(type: string, status: string) {
    super(`${type} is not provable: ${status}`);
    this.name = 'RequestRejected';
    this.status = status;
  }
}

/** A server refused the call itself (4xx): a wrong key, a wrong network or our own bug. */
export class ServiceRefused extends Error implements Verdict {
  readonly verdict = 'unknown';
  readonly kind = 'ServiceRefused';
  readonly httpStatus: number;
  constructor(url: string, httpStatus: number, body: string) {
    super(`${url} refused the call: HTTP ${httpStatus} ${body.slice(0, 500)}`);
    this.name = 'ServiceRefused';
    this.httpStatus = httpStatus;
  }
}

export { ServiceUnavailable } from '../endpoints.ts';

/** Every attempt was paid for, but no round gave a proof. */
export class AttestationFailed extends Error implements Verdict {
  override name = 'AttestationFailed';
  readonly verdict = 'unknown';
  readonly kind = 'AttestationFailed';
}

/** The data-availability layer gave a proof that the chain does not accept. */
export class ProofDoesNotVerify extends Error implements Verdict {
  override name = 'ProofDoesNotVerify';
  readonly verdict = 'unknown';
  readonly kind = 'ProofDoesNotVerify';
}
