/**
 * Value and fee must be paid to the last drop. What was paid is the agent's, who ends the reservation when its window is over:
 * tried only while half of that is left, or the proof may come after the end.
 */
import type { View } from '../../support/sequence/bundle.ts';
import { waitForOthers } from '../wait-for-others.ts';
import { type Execution, execute, underpaid } from './executing.ts';
import { mintUnderpay } from './mint-underpay.ts';
import { defineRefusal, first } from './refusal.ts';

export const executeUnderpaid = defineRefusal({
  name: 'execute-underpaid',
  story: 'executes a minting that was paid with one drop too little',
  error: 'MintingPaymentTooSmall',
  arrange: [first(mintUnderpay)],
  plan: (view) =>
    underpaid(view).find(hasTime(view)) ?? 'no reservation is paid too little for, or its window is ending',
  attempt: execute,
  afterwards: [waitForOthers],
});

const hasTime =
  ({ user, market }: View) =>
  ({ minting }: Execution): boolean => {
    const lastTimestampS = BigInt(user.records[minting]?.['lastTimestampS'] ?? 0);
    const leftS = lastTimestampS - BigInt(market.point.timeS);
    return 2n * leftS >= market.settings.window.secondsForPayment;
  };
