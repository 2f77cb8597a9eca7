/** Reserves, then stops, as a user whose process died before paying: the agent ends the reservation when its window is over. */
import type { Actors } from '../support/actors/actors.ts';
import type { Reservation } from '../support/actors/minter.ts';
import { defineBundle } from '../support/sequence/bundle.ts';
import { type MintPlan, expectedUnpaidReservation, refusedReservation, reserve, withRandomAgent } from './minting.ts';

interface Reserved {
  readonly minter: string;
  readonly reservation: Reservation;
}

export const mintStopBeforePayment = defineBundle<Actors, MintPlan, Reserved>({
  name: 'mint-stop-before-payment',
  story: 'reserves a minting with a random agent and stops before paying for it',
  ...withRandomAgent,
  // Elsewhere nobody can tell when an agent ends it, whose lots are reserved until then.
  needs: ['canInjectFaults'],
  run: async (plan, { minter }) => ({ minter: minter.address, reservation: await reserve(plan, minter) }),
  refusedWith: refusedReservation,
  expected: (view, plan, seen) => expectedUnpaidReservation(view.market, plan, seen),
});
