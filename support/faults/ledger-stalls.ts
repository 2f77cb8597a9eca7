/** The ledger stands still now and then, for less time than anybody loses patience in. */
import type { Fault } from './fault.ts';
import { BAD_ROUND } from './bad-round.ts';

export const ledgerStalls: Fault = {
  name: 'ledger-stalls',
  story: 'the ledger closes no ledger for 40 seconds, again and again',
  plan: { ledger: { stallDuring: { ...BAD_ROUND, forS: 40 } } },
  ending: 'SUCCESSFUL',
};
