/** A minting is executed once: its payment proof does not mint a second time. */
import { mintExecutePending } from '../mint-execute-pending.ts';
import { mintStopBeforeExecution } from '../mint-stop-before-execution.ts';
import { EXECUTION_PARAMS, aboutPaid, execute, named } from './executing.ts';
import { defineRefusal, first } from './refusal.ts';

export const executeAgain = defineRefusal({
  name: 'execute-again',
  story: 'executes a minting a second time with the same payment',
  error: 'InvalidCrtId',
  params: EXECUTION_PARAMS,
  arrange: [first(mintStopBeforeExecution), first(mintExecutePending)],
  about: aboutPaid,
  plan: (_view, params) => named(params),
  attempt: execute,
});
