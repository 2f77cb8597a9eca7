/** Every scenario. A new one is one file and one line here. */
import type { Actors } from '../support/actors/actors.ts';
import { enterMintRedeemExit } from './enter-mint-redeem-exit.ts';
import { executeLate } from './execute-late.ts';
import { handOnPoolTokens, handOnPoolTokensWithDebt } from './hand-on-pool-tokens.ts';
import { redeemInOrder } from './redeem-in-order.ts';
import type { Scenario } from '../support/sequence/scenario.ts';

export const scenarios: readonly Scenario<Actors>[] = [
  enterMintRedeemExit,
  handOnPoolTokens,
  handOnPoolTokensWithDebt,
  executeLate,
  redeemInOrder,
];
