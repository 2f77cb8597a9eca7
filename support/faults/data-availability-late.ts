/** Proofs come late, within the patience of whoever asks for them. */
import type { Fault } from './fault.ts';

export const dataAvailabilityLate: Fault = {
  name: 'data-availability-late',
  story: 'proofs are served a minute after their root',
  plan: { fdc: { dataAvailabilityLagS: 60 } },
  ending: 'SUCCESSFUL',
};
