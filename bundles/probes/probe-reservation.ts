/** An open reservation: who may end it, with which proof, at which edge. */
import { openReservation } from '../../support/probes/open-reservation.ts';
import { withAgent } from './minting.ts';
import { defineProbes } from './probing.ts';

export const probeReservation = defineProbes({
  name: 'probe-reservation',
  story: 'simulates every way to end a reservation, each with one thing wrong, and with nothing wrong',
  ...withAgent(openReservation),
});
