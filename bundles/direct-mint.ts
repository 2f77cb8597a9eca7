/** Mints a random amount directly: pays the core vault with a memo that names the user, and executes it. */
import type { Actors } from '../support/actors/actors.ts';
import { CHOICE_MAX, chooseAmount, defineBundle } from '../support/sequence/bundle.ts';
import {
  type DirectMintPlan,
  type ObservedDirectMinting,
  directMintingTerms,
  expectedDirectMinting,
  mintDirectly,
  payableUba,
} from './direct-minting.ts';

export const directMint = defineBundle<Actors, DirectMintPlan, ObservedDirectMinting>({
  name: 'direct-mint',
  story: 'mints a random amount directly: pays the core vault, and executes the minting',
  choices: ['amount', 'proof owner'],
  needs: ['directMinting'],
  arrange: [],
  mints: true,
  enabled: (view) =>
    payableUba(view) >= directMintingTerms(view).minimumFeeUba ||
    'the user cannot pay as much as the fee of a direct minting',
  resolve(view, [amount = 0, proofOwner = 0]) {
    const { paymentAddress, minimumFeeUba } = directMintingTerms(view);
    return {
      paymentUba: String(chooseAmount(minimumFeeUba, payableUba(view) / PART_OF_ALL, amount)),
      paymentAddress,
      isOwnProof: proofOwner > CHOICE_MAX / 2,
    };
  },
  run: mintDirectly,
  expected: expectedDirectMinting,
});

/** FAssets without a ticket can be redeemed only while others have some, so that not everything is minted like this. */
const PART_OF_ALL = 8n;
