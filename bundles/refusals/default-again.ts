/** Collateral for an unpaid redemption is paid once. */
import { redeemDefault } from '../redeem-default.ts';
import { AN_UNPAID_REDEMPTION, claimDefault, redemptionOf } from './defaulting.ts';
import { defineRefusal, first } from './refusal.ts';

export const defaultAgain = defineRefusal({
  name: 'default-again',
  story: 'claims the default of a redemption a second time',
  error: 'InvalidRedemptionStatus',
  needs: ['canInjectFaults'],
  arrange: [...AN_UNPAID_REDEMPTION, first(redeemDefault)],
  plan: (view) => redemptionOf(view, 'DEFAULTED_UNCONFIRMED', true),
  attempt: (plan, actors) => claimDefault(plan, actors),
});
