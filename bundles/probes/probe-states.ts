/** What must not go on while something is off. */
import { offStates } from '../../support/probes/states.ts';
import { withAgent } from './minting.ts';
import { defineProbes } from './probing.ts';

export const probeStates = defineProbes({
  name: 'probe-states',
  story: 'simulates what users do while something is off: pauses, caps, agents that nobody may mint with',
  ...withAgent(offStates),
});
