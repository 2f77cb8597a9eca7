/** Every scenario. A new one is one file and one line here. */
import { enterMintRedeemExit } from './enter-mint-redeem-exit.ts';
import { executeLate } from './execute-late.ts';
import { handOnPoolTokens, handOnPoolTokensWithDebt } from './hand-on-pool-tokens.ts';
import { redeemInOrder } from './redeem-in-order.ts';
import type { Scenario } from './scenario.ts';

export const scenarios: readonly Scenario[] = [
  enterMintRedeemExit,
  handOnPoolTokens,
  handOnPoolTokensWithDebt,
  executeLate,
  redeemInOrder,
];
