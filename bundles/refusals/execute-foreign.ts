/** Only the minter, the executor and the agent may execute, even with a good proof. */
import { mintStopBeforeExecution } from '../mint-stop-before-execution.ts';
import { EXECUTION_PARAMS, aboutPaid, execute, named } from './executing.ts';
import { defineRefusal, first } from './refusal.ts';

export const executeForeign = defineRefusal({
  name: 'execute-foreign',
  story: 'executes the paid minting of somebody else',
  error: 'OnlyMinterExecutorOrAgent',
  by: 'partner',
  params: EXECUTION_PARAMS,
  arrange: [first(mintStopBeforeExecution), first(mintStopBeforeExecution)],
  about: aboutPaid,
  plan: (_view, params) => named(params),
  attempt: execute,
});
