/** Tells how an act was turned down: by which custom error of the protocol, or by the Flare Data Connector. */
import { RequestRejected } from '../clients/fdc/errors.ts';
import { TransactionReverted } from '../clients/flare/account.ts';

/** The verifier's final no, where the act does not even come to a transaction. */
export const ATTESTATION_REFUSED = 'attestation refused';
/** The act went through. */
export const NOT_REFUSED = 'no revert';

/**
 * The custom error's name, or the reason in words where there is none. Any other error says nothing about the protocol and
 * goes on.
 */
export async function refusedWith(act: () => Promise<unknown>): Promise<string> {
  try {
    await act();
    return NOT_REFUSED;
  } catch (error) {
    if (error instanceof TransactionReverted) return error.revert.name ?? error.revert.text;
    if (error instanceof RequestRejected) return ATTESTATION_REFUSED;
    throw error;
  }
}
