/** A reservation of zero lots is refused. */
import { defineReservationRefusal } from './reserving.ts';

export const reserveZeroLots = defineReservationRefusal({
  name: 'reserve-zero-lots',
  story: 'reserves no lot at all',
  error: 'CannotMintZeroLots',
  spoil: () => ({ lots: '0' }),
});
