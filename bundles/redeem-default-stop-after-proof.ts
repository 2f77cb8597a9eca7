/** Proves that a redemption was not paid, then stops: whoever takes the collateral later proves it again. */
import type { Actors } from '../support/actors/actors.ts';
import { NOTHING_EXPECTED } from '../support/model/statement.ts';
import { defineBundle } from '../support/sequence/bundle.ts';
import { type DefaultPlan, ofOverdue, requestOf } from './defaulting.ts';

export const redeemDefaultStopAfterProof = defineBundle<Actors, DefaultPlan, null>({
  name: 'redeem-default-stop-after-proof',
  story: 'proves that a redemption was not paid in time and stops before taking collateral for it',
  ...ofOverdue,
  async run(plan, { redeemer }, view) {
    await redeemer.proveUnpaid(requestOf(plan, redeemer, view));
    return null;
  },
  expected: () => NOTHING_EXPECTED,
});
