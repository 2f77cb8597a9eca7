/** Value and fee must be paid to the last drop. What was paid is the agent's, who ends the reservation later. */
import { execute, underpaid } from './executing.ts';
import { mintUnderpay } from './mint-underpay.ts';
import { defineRefusal, first } from './refusal.ts';
import { waitForMintingEnd } from './wait-for-minting-end.ts';

export const executeUnderpaid = defineRefusal({
  name: 'execute-underpaid',
  story: 'executes a minting that was paid with one drop too little',
  error: 'MintingPaymentTooSmall',
  arrange: [first(mintUnderpay)],
  plan: (view) => underpaid(view)[0] ?? 'no reservation is paid too little for',
  attempt: execute,
  afterwards: [waitForMintingEnd],
});
