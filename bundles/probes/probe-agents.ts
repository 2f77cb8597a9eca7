/** What agents and governance may do. */
import { agents } from '../../support/probes/agents.ts';
import { withAgent } from './minting.ts';
import { defineProbes } from './probing.ts';

export const probeAgents = defineProbes({
  name: 'probe-agents',
  story: 'simulates what agents, tag owners and governance may do, early, late and by others',
  ...withAgent(agents),
});
