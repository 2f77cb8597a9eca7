/** Only the redeemer, the executor and the agent may claim a default, even with a good proof. */
import { AN_UNPAID_REDEMPTION, aboutOverdue, claimDefault } from './defaulting.ts';
import { defineRefusal } from './refusal.ts';

export const defaultForeign = defineRefusal({
  name: 'default-foreign',
  story: 'claims the default of the unpaid redemption of somebody else',
  error: 'OnlyRedeemerExecutorOrAgent',
  by: 'partner',
  params: ['redemption'],
  needs: ['canInjectFaults'],
  arrange: AN_UNPAID_REDEMPTION,
  about: aboutOverdue,
  plan: (_view, { redemption }) => (redemption === undefined ? 'no redemption is named' : { redemption }),
  attempt: (plan, actors) => claimDefault(plan, actors),
});
