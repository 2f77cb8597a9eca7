/** How an act was refused: the protocol's custom error, or the Flare Data Connector. */
import { RequestRejected } from '../clients/fdc/errors.ts';
import { TransactionReverted } from '../clients/flare/account.ts';
import { NOT_REFUSED } from '../model/statement.ts';

/** The verifier refused finally, before any transaction. */
export const ATTESTATION_REFUSED = 'attestation refused';

/**
 * The custom error's name, or the reason text where there is none. Other errors say nothing about the protocol and are
 * passed on.
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
