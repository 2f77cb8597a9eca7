/** Smaller limits: what agents announce and when it counts, self-minting, values and addresses that are none. */
import { limits } from '../../support/probes/limits.ts';
import { withAgent } from './minting.ts';
import { defineProbes } from './probing.ts';

export const probeLimits = defineProbes({
  name: 'probe-limits',
  story: 'simulates announcements of agents a second early and late, self-mints, and values that are none',
  ...withAgent(limits),
});
