/** AccountSet flag numbers of the XRP Ledger that the suite uses. */

/** Refuse every payment that is not authorised beforehand. */
export const DEPOSIT_AUTH = 9;
