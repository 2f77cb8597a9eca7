/** The proof must reach beyond the last ledger in which the agent could still have paid. */
import { AN_UNPAID_REDEMPTION, claimDefault, overdue } from './defaulting.ts';
import { defineRefusal } from './refusal.ts';

export const defaultTooEarly = defineRefusal({
  name: 'default-too-early',
  story: 'claims a default with a proof that ends one ledger too early',
  error: 'RedemptionDefaultTooEarly',
  needs: ['canInjectFaults'],
  arrange: AN_UNPAID_REDEMPTION,
  plan: overdue,
  // Without a limit in time the first ledger beyond the proof's window is just the last one of the payment window.
  attempt: (plan, actors) =>
    claimDefault(plan, actors, ({ lastBlock }) => ({ lastBlock: lastBlock - 1n, lastTimestampS: 0n })),
});
