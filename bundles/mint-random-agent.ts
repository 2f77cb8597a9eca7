/** Mints a random number of lots with a random available agent. */
import type { Actors } from '../support/actors/actors.ts';
import { choose, defineBundle } from '../support/sequence/bundle.ts';
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

export const mintRandomAgent = defineBundle<Actors, MintPlan, ObservedMinting>({
  name: 'mint-random-agent',
  story: 'mints a random number of lots with a random available agent',
  choices: ['agent', 'lots'],
  arrange: [],
  enabled: (view) => affordableAgents(view).length > 0 || whyNoMinting,
  resolve: (view, [agent = 0, lots = 0]) => mintPlan(view, choose(affordableAgents(view), agent), lots),
  run: mint,
  refusedWith: refusedReservation,
  expected: expectedMinting,
});
