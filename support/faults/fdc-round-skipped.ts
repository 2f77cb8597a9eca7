/** Rounds without a root: whoever needs a proof pays for another request. */
import type { Fault } from './fault.ts';
import { BAD_ROUND_DIVISOR } from './bad-round.ts';

export const fdcRoundSkipped: Fault = {
  name: 'fdc-round-skipped',
  story: 'every third round of the data connector gets no root',
  plan: { fdc: { skipRoundsDivisibleBy: BAD_ROUND_DIVISOR } },
  ending: 'SUCCESSFUL',
};
