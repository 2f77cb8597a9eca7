/** Reserves and pays, then stops, like a user whose process died: the minting stays pending until somebody executes it. */
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

export const mintStopBeforeExecution = defineBundle<Actors, MintPlan, PaidReservation>({
  name: 'mint-stop-before-execution',
  story: 'reserves and pays a minting with a random agent and stops before executing it',
  ...withRandomAgent,
  run: reserveAndPay,
  refusedWith: refusedReservation,
  expected: (view, plan, seen) => expectedReservation(view.market, plan, seen),
});
