/** Mints a random amount directly: pays the core vault with a memo that names the user, and executes it. */
import type { Actors } from '../support/actors/actors.ts';
import { defineBundle } from '../support/sequence/bundle.ts';
import {
  type DirectMintPlan,
  type ObservedDirectMinting,
  canMintDirectly,
  chooseDirectUba,
  directPlan,
  expectedDirectMinting,
  mintDirectly,
} from './direct-minting.ts';

export const directMint = defineBundle<Actors, DirectMintPlan, ObservedDirectMinting>({
  name: 'direct-mint',
  story: 'mints a random amount directly: pays the core vault, and executes the minting',
  choices: ['amount', 'proof owner'],
  // Elsewhere anybody may execute a payment before its payer does, which nothing here expects yet.
  needs: ['directMinting', 'ownDevnet'],
  arrange: [],
  mints: true,
  enabled: canMintDirectly,
  resolve: (view, [amount = 0, proofOwner = 0]) => directPlan(view, chooseDirectUba(view, amount), proofOwner),
  run: mintDirectly,
  expected: expectedDirectMinting,
});
