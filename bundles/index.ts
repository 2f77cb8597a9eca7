/**
 * bundles: one file for each act of a user. This file lists them in the order they are tried; a new one is one line here.
 * Imports actors, readers, sequence, model, units and files.
 * Never here: a network's name, the devnet, or an expectation that uses a client.
 */
import type { Actors } from '../support/actors/actors.ts';
import type { Bundle } from '../support/sequence/bundle.ts';
import { directMintExecutePending } from './direct-mint-execute-pending.ts';
import { directMintStopBeforeExecution } from './direct-mint-stop-before-execution.ts';
import { directMintTooSmall } from './direct-mint-too-small.ts';
import { directMint } from './direct-mint.ts';
import { directMintByTag } from './direct-mint-by-tag.ts';
import { tagReserve } from './tag-reserve.ts';
import { tagTransfer } from './tag-transfer.ts';
import { mintExecuteEntrusted } from './mint-execute-entrusted.ts';
import { mintExecutePending } from './mint-execute-pending.ts';
import { mintLowestFeeAgent } from './mint-lowest-fee-agent.ts';
import { mintOnOldTerms } from './mint-on-old-terms.ts';
import { mintRandomAgentBlockUnderlying } from './mint-random-agent-block-underlying.ts';
import { mintRandomAgent } from './mint-random-agent.ts';
import { mintSpecificAgent } from './mint-specific-agent.ts';
import { mintStopAfterProof } from './mint-stop-after-proof.ts';
import { mintStopBeforeExecution } from './mint-stop-before-execution.ts';
import { mintStopBeforePayment } from './mint-stop-before-payment.ts';
import { poolEnter } from './pool-enter.ts';
import { poolExit } from './pool-exit.ts';
import { poolPayFeeDebt } from './pool-pay-fee-debt.ts';
import { poolTransfer } from './pool-transfer.ts';
import { poolWithdrawFees } from './pool-withdraw-fees.ts';
import { redeemAmount } from './redeem-amount.ts';
import { redeemBlockUnderlying } from './redeem-block-underlying.ts';
import { redeemDefaultEntrusted } from './redeem-default-entrusted.ts';
import { redeemDefaultStopAfterProof } from './redeem-default-stop-after-proof.ts';
import { redeemDefault } from './redeem-default.ts';
import { redeemStopBeforePayment } from './redeem-stop-before-payment.ts';
import { redeemUnpaid } from './redeem-unpaid.ts';
import { refusalSteps } from './refusals/index.ts';
import { redeem } from './redeem.ts';
import { seePriceJump } from './see-price-jump.ts';
import { seeTermsChange } from './see-terms-change.ts';
import { standBy } from './stand-by.ts';
import { transferFasset } from './transfer-fasset.ts';
import { waitForOthers } from './wait-for-others.ts';
import { waitForPaymentWindows } from './wait-for-payment-windows.ts';
import { waitForTimelock } from './wait-for-timelock.ts';

/** Tried alone for each user, and drawn into sequences. */
export const bundles: readonly Bundle<Actors>[] = [
  mintLowestFeeAgent,
  mintRandomAgent,
  mintSpecificAgent,
  mintStopBeforePayment,
  mintStopBeforeExecution,
  mintStopAfterProof,
  mintExecutePending,
  mintExecuteEntrusted,
  mintRandomAgentBlockUnderlying,
  mintOnOldTerms,
  directMint,
  directMintTooSmall,
  directMintStopBeforeExecution,
  directMintExecutePending,
  tagReserve,
  directMintByTag,
  tagTransfer,
  redeem,
  redeemAmount,
  redeemStopBeforePayment,
  redeemBlockUnderlying,
  redeemUnpaid,
  redeemDefaultStopAfterProof,
  redeemDefault,
  redeemDefaultEntrusted,
  poolEnter,
  poolExit,
  poolWithdrawFees,
  poolPayFeeDebt,
  transferFasset,
  seePriceJump,
  seeTermsChange,
];

/** Steps that only stories and arrangements use. */
export const storySteps: readonly Bundle<Actors>[] = [
  waitForTimelock,
  waitForPaymentWindows,
  waitForOthers,
  standBy,
  poolTransfer,
  ...refusalSteps,
];
