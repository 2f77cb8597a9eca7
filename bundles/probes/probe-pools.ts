/** A pool at its limits. */
import { pools } from '../../support/probes/pools.ts';
import { withAgent } from './minting.ts';
import { defineProbes } from './probing.ts';

export const probePools = defineProbes({
  name: 'probe-pools',
  story: 'simulates entries, exits, fees and debts of a pool at their limits',
  ...withAgent(pools),
});
