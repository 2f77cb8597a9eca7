/** The proof must begin where the payment window begins, or a payment in the first ledger would be left out of it. */
import { AN_UNPAID_REDEMPTION, claimDefault, overdue } from './defaulting.ts';
import { defineRefusal } from './refusal.ts';

export const defaultShortWindow = defineRefusal({
  name: 'default-short-window',
  story: 'claims a default with a proof that begins one ledger too late',
  error: 'RedemptionNonPaymentProofWindowTooShort',
  needs: ['canInjectFaults'],
  arrange: AN_UNPAID_REDEMPTION,
  plan: overdue,
  attempt: (plan, actors) => claimDefault(plan, actors, ({ firstBlock }) => ({ firstBlock: firstBlock + 1n })),
});
