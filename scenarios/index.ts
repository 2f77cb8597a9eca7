/**
 * scenarios: fixed stories, and the files that vitest plays. A new story is one file, and one line here.
 * Imports bundles, fixtures and the rooms of support.
 * Never here: programs.
 */
import type { Actors } from '../support/actors/actors.ts';
import { defaultBeyondThePool, defaultFromVaultAndPool } from './default-from-vault-and-pool.ts';
import { enterMintRedeemExit } from './enter-mint-redeem-exit.ts';
import { executeDirectlyLate } from './execute-directly-late.ts';
import { executeLate } from './execute-late.ts';
import { executeOnChangedTerms } from './execute-on-changed-terms.ts';
import { handOnPoolTokens, handOnPoolTokensWithDebt } from './hand-on-pool-tokens.ts';
import { lookInTheMidst } from './look-in-the-midst.ts';
import { leaveExecutorsOut } from './leave-executors-out.ts';
import { mintAtAnyShare } from './mint-at-any-share.ts';
import { redeemBeyondTheTicketLimit } from './redeem-beyond-the-ticket-limit.ts';
import { redeemInOrder } from './redeem-in-order.ts';
import { redeemMoreThanTheQueue } from './redeem-more-than-the-queue.ts';
import { reserveOnOldTerms } from './reserve-on-old-terms.ts';
import type { Scenario } from '../support/sequence/scenario.ts';

export const scenarios: readonly Scenario<Actors>[] = [
  enterMintRedeemExit,
  handOnPoolTokens,
  handOnPoolTokensWithDebt,
  executeLate,
  executeDirectlyLate,
  redeemInOrder,
  defaultFromVaultAndPool,
  defaultBeyondThePool,
  executeOnChangedTerms,
  lookInTheMidst,
  leaveExecutorsOut,
  reserveOnOldTerms,
  redeemMoreThanTheQueue,
  redeemBeyondTheTicketLimit,
  mintAtAnyShare,
];
