/** An open redemption: how it may end, by whom, with which proof, at which edge. */
import { openRedemption } from '../../support/probes/open-redemption.ts';
import { withAgent } from './minting.ts';
import { defineProbes } from './probing.ts';

export const probeRedemption = defineProbes({
  name: 'probe-redemption',
  story: 'simulates every way to end a redemption, each with one thing wrong, and with nothing wrong',
  ...withAgent(openRedemption),
});
