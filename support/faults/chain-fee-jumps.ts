/** The chain asks more for a unit of gas than transactions usually offer, and then less again: users offer what it asks. */
import type { Fault } from './fault.ts';

const GWEI = 10n ** 9n;

export const chainFeeJumps: Fault = {
  name: 'chain-fee-jumps',
  story: 'as each step begins, the chain asks another fee for gas, several times what is usually offered at most',
  plan: {},
  baseFeesWei: [60n * GWEI, 0n, 25n * GWEI],
  ending: 'SUCCESSFUL',
};
