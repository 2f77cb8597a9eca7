/** A proof that a larger amount was not paid does not count. */
import { AN_UNPAID_REDEMPTION, claimDefault, overdue } from './defaulting.ts';
import { defineRefusal } from './refusal.ts';

export const defaultOtherAmount = defineRefusal({
  name: 'default-other-amount',
  story: 'claims a default with the proof that one drop more than owed was not paid',
  error: 'RedemptionNonPaymentMismatch',
  needs: ['canInjectFaults'],
  arrange: AN_UNPAID_REDEMPTION,
  plan: overdue,
  attempt: (plan, actors) => claimDefault(plan, actors, ({ paymentUba }) => ({ paymentUba: paymentUba + 1n })),
});
