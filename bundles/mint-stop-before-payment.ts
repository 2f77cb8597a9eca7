/**
 * Reserves, then stops, like a user whose process died before paying: the agent ends the reservation after its payment
 * window.
 */
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
  // Elsewhere it is unknown when an agent ends it, and its lots stay reserved until then.
  needs: ['canInjectFaults'],
  run: async (plan, { minter }) => ({ minter: minter.address, reservation: await reserve(plan, minter) }),
  refusedWith: refusedReservation,
  expected: (view, plan, seen) => expectedUnpaidReservation(view.market, plan, seen),
});
