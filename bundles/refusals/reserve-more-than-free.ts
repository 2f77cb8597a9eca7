/** An agent backs as many lots as its collateral is good for, and not one more. */
import { defineReservationRefusal } from './reserving.ts';

export const reserveMoreThanFree = defineReservationRefusal({
  name: 'reserve-more-than-free',
  story: 'reserves one lot more than the agent has free, with the fee for all of them',
  error: 'NotEnoughFreeCollateral',
  spoil({ valueWei }, { freeLots }, view) {
    const lots = freeLots + 1n;
    // The fee of many lots is at most the sum of the single fees and what each of them was rounded down by.
    const feesWei = lots * (BigInt(valueWei) + 1n);
    if (feesWei >= (view.user.balances['native'] ?? 0n)) return 'the user cannot pay the fee of so many lots';
    return { lots: String(lots), valueWei: String(feesWei) };
  },
});
