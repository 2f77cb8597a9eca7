/** Order in a ledger is nobody's to count on: the last two payments of different accounts change places. */
import type { Fault } from './fault.ts';

export const ledgerSwapsPayments: Fault = {
  name: 'ledger-swaps-payments',
  story: 'the last two payments of different accounts in a ledger take effect in the other order',
  plan: { ledger: { swapPayments: true } },
  ending: 'SUCCESSFUL',
};
