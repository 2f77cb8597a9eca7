/** The reservation fee is due to the last wei. */
import { defineReservationRefusal } from './reserving.ts';

export const reserveUnderpayingFee = defineReservationRefusal({
  name: 'reserve-underpaying-fee',
  story: 'reserves and sends one wei less than the reservation fee',
  error: 'InappropriateFeeAmount',
  spoil: ({ valueWei }) =>
    valueWei === '0' ? 'there is no reservation fee' : { valueWei: String(BigInt(valueWei) - 1n) },
});
