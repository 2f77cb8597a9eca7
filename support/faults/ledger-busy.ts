/** The ledger is busy: a transaction gets in for a hundred times the usual fee only, which users and agents see and pay. */
import type { Fault } from './fault.ts';

export const ledgerBusy: Fault = {
  name: 'ledger-busy',
  story: "the open ledger's fee is a hundred times the usual one",
  plan: { ledger: { feeFactor: 100 } },
  ending: 'SUCCESSFUL',
};
