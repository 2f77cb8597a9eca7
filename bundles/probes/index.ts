/** Bundles of probes: a new one is one file, and one line here. */
import type { Actors } from '../../support/actors/actors.ts';
import type { Bundle } from '../../support/sequence/bundle.ts';
import { probeAccess } from './probe-access.ts';
import { probeRedemption } from './probe-redemption.ts';
import { probeReservation } from './probe-reservation.ts';

export const probes: readonly Bundle<Actors>[] = [probeReservation, probeRedemption, probeAccess];
