/** Mintings without a reservation. */
import { directMinting } from '../../support/probes/direct-minting.ts';
import { withAgent } from './minting.ts';
import { defineProbes } from './probing.ts';

export const probeDirectMinting = defineProbes({
  name: 'probe-direct-minting',
  story: 'simulates mintings by payments to the core vault, each with one thing wrong',
  ...withAgent(directMinting),
});
