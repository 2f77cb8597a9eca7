/** Refusing deposits on the ledger (DepositAuth) for as long as an act takes. */
import { DEPOSIT_AUTH } from '../support/actors/ledger-flags.ts';
import type { Hands } from '../support/actors/hands.ts';
import { cleaningUp } from '../support/units/troubles.ts';

/**
 * What `act` gives. Deposits are accepted again whatever comes of it, even of the blocking itself: an account that was left
 * blocked would make every later payment to it fail.
 */
export const refusingDeposits = <T>(hands: Pick<Hands, 'setLedgerFlag'>, act: () => Promise<T>): Promise<T> =>
  cleaningUp(
    async () => {
      await hands.setLedgerFlag('blocking deposits', DEPOSIT_AUTH, true);
      return act();
    },
    () => hands.setLedgerFlag('unblocking deposits', DEPOSIT_AUTH, false),
  );
