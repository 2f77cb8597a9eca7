/** Mints a random number of lots with a random available agent. */
import type { Actors } from '../support/actors/actors.ts';
import { defineBundle } from '../support/sequence/bundle.ts';
import {
  type MintPlan,
  type ObservedMinting,
  expectedMinting,
  mint,
  refusedReservation,
  withRandomAgent,
} from './minting.ts';

export const mintRandomAgent = defineBundle<Actors, MintPlan, ObservedMinting>({
  name: 'mint-random-agent',
  story: 'mints a random number of lots with a random available agent',
  ...withRandomAgent,
  run: mint,
  refusedWith: refusedReservation,
  expected: expectedMinting,
});
