/** Rounds that leave requests out: whoever needs a proof pays for another request. */
import type { Fault } from './fault.ts';
import { BAD_ROUND_DIVISOR } from './bad-round.ts';

export const fdcRequestLeftOut: Fault = {
  name: 'fdc-request-left-out',
  story: 'every third round of the data connector leaves out all requests',
  plan: { fdc: { leaveOut: { roundsDivisibleBy: BAD_ROUND_DIVISOR } } },
  ending: 'SUCCESSFUL',
};
