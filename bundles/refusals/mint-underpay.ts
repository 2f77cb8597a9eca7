/**
 * Reserves and pays one drop too little. The payment is lost to the agent, who ends the reservation when its window is over;
 * so the note of its hash has a name of its own, or it would be taken for a minting that can still be executed.
 */
import type { Actors } from '../../support/actors/actors.ts';
import { defineBundle } from '../../support/sequence/bundle.ts';
import {
  type MintPlan,
  type PaidReservation,
  expectedReservation,
  reserveAndPay,
  withRandomAgent,
} from '../minting.ts';
import { own } from '../movements.ts';
import { mintingRecord } from '../../support/model/records.ts';

/** Name of the note that has the hash of a payment too small. */
export const SHORT_PAYMENT = 'shortPaymentHash';

export const mintUnderpay = defineBundle<Actors, MintPlan, PaidReservation>({
  name: 'mint-underpay',
  story: 'reserves a minting with a random agent and pays one drop too little for it',
  ...withRandomAgent,
  run: (plan, actors) => reserveAndPay({ ...plan, paymentUba: String(BigInt(plan.paymentUba) - 1n) }, actors),
  expected(view, plan, seen) {
    const { movements, records, claims } = expectedReservation(view.market, plan, seen);
    return {
      movements: [...movements, own('xrp', 1n, 'the drop that was left out')],
      records,
      claims,
      notes: { [mintingRecord(seen.reservation.id)]: { [SHORT_PAYMENT]: seen.paymentHash } },
    };
  },
});
