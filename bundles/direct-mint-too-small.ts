/** Pays the core vault less than the least fee of a direct minting: all of it goes to the fee receiver. */
import type { Actors } from '../support/actors/actors.ts';
import { chooseAmount, defineBundle } from '../support/sequence/bundle.ts';
import {
  type DirectMintPlan,
  type ObservedDirectMinting,
  directMintingTerms,
  directPlan,
  expectedDirectMinting,
  mintDirectly,
  mostAtOnceUba,
  payableUba,
  whyNoDirectMinting,
  whyPutOff,
} from './direct-minting.ts';

export const directMintTooSmall = defineBundle<Actors, DirectMintPlan, ObservedDirectMinting>({
  name: 'direct-mint-too-small',
  story: 'pays the core vault less than the least fee of a direct minting, which mints nothing for the user',
  choices: ['amount', 'proof owner'],
  // Elsewhere anybody may execute a payment before its payer does, which nothing here expects yet.
  needs: ['directMinting', 'ownDevnet'],
  arrange: [],
  enabled(view) {
    const { minimumFeeUba } = directMintingTerms(view);
    if (minimumFeeUba < 2n) return 'no payment is too small for the fee of a direct minting';
    if (mostAtOnceUba(view) < minimumFeeUba) return whyPutOff;
    return payableUba(view) >= minimumFeeUba || whyNoDirectMinting;
  },
  resolve(view, [amount = 0, proofOwner = 0]) {
    const { minimumFeeUba } = directMintingTerms(view);
    return directPlan(view, chooseAmount(1n, minimumFeeUba - 1n, amount), proofOwner);
  },
  run: mintDirectly,
  expected: expectedDirectMinting,
});
