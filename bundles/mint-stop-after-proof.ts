/** Reserves, pays and proves the payment, then stops: whoever executes it later proves it again. */
import type { Actors } from '../support/actors/actors.ts';
import { defineBundle } from '../support/sequence/bundle.ts';
import {
  type MintPlan,
  type PaidReservation,
  expectedReservation,
  refusedReservation,
  reserveAndPay,
  withRandomAgent,
} from './minting.ts';

export const mintStopAfterProof = defineBundle<Actors, MintPlan, PaidReservation>({
  name: 'mint-stop-after-proof',
  story: 'reserves, pays and proves a minting with a random agent and stops before executing it',
  ...withRandomAgent,
  async run(plan, actors) {
    const paid = await reserveAndPay(plan, actors);
    await actors.minter.prove(paid.paymentHash);
    return paid;
  },
  refusedWith: refusedReservation,
  expected: (view, plan, seen) => expectedReservation(view.market, plan, seen),
});
