/** The verifier cannot tell now and then; a round that is finalised meanwhile leaves every request out. */
import type { Fault } from './fault.ts';
import { BAD_ROUND } from './bad-round.ts';

export const verifierIndeterminate: Fault = {
  name: 'verifier-indeterminate',
  story: 'the verifier gives no answer for 40 seconds, again and again',
  plan: { fdc: { verifierIndeterminateDuring: { ...BAD_ROUND, forS: 40 } } },
  ending: 'SUCCESSFUL',
};
