/** A payment mints for the one reservation that its reference names. */
import { mintStopBeforeExecution } from '../mint-stop-before-execution.ts';
import { execute, paid } from './executing.ts';
import { defineRefusal, first } from './refusal.ts';

export const executeWithOtherPayment = defineRefusal({
  name: 'execute-with-other-payment',
  story: 'executes a minting with the payment that was made for another one',
  error: 'InvalidMintingReference',
  arrange: [first(mintStopBeforeExecution), first(mintStopBeforeExecution)],
  plan(view) {
    const [one, other] = paid(view);
    if (one === undefined || other === undefined) return 'the user has no two paid mintings';
    return { minting: one.minting, paymentHash: other.paymentHash };
  },
  attempt: execute,
});
