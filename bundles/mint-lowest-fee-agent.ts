/** Mints a random number of lots with the available agent whose minting fee is lowest. */
import type { Actors } from '../support/actors/actors.ts';
import { defineBundle } from '../support/sequence/bundle.ts';
import {
  type MintPlan,
  type ObservedMinting,
  affordableAgents,
  expectedMinting,
  mint,
  mintPlan,
  refusedReservation,
  whyNoMinting,
} from './minting.ts';

export const mintLowestFeeAgent = defineBundle<Actors, MintPlan, ObservedMinting>({
  name: 'mint-lowest-fee-agent',
  story: 'mints a random number of lots with the available agent of the lowest fee',
  choices: ['lots'],
  arrange: [],
  mints: true,
  enabled: (view) => affordableAgents(view).length > 0 || whyNoMinting,
  resolve(view, [lots = 0]) {
    const agents = affordableAgents(view);
    const cheapest = agents.reduce((best, agent) => (agent.feeBips < best.feeBips ? agent : best));
    return mintPlan(view, cheapest, lots);
  },
  run: mint,
  refusedWith: refusedReservation,
  expected: expectedMinting,
});
