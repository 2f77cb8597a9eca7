/**
 * refusals: acts that the protocol must turn down. In the order they are tried; a new one is one file, and one line here.
 * Imports what bundles may import.
 * Never here: an act that may succeed.
 */
import type { Actors } from '../../support/actors/actors.ts';
import type { Bundle } from '../../support/sequence/bundle.ts';
import { defaultAgain } from './default-again.ts';
import { defaultConfirmed } from './default-confirmed.ts';
import { defaultForged } from './default-forged.ts';
import { defaultForeign } from './default-foreign.ts';
import { defaultOtherAmount } from './default-other-amount.ts';
import { defaultPaid } from './default-paid.ts';
import { defaultShortWindow } from './default-short-window.ts';
import { defaultTooEarly } from './default-too-early.ts';
import { executeAgain } from './execute-again.ts';
import { executeForged } from './execute-forged.ts';
import { executeForeign } from './execute-foreign.ts';
import { executeUnderpaid } from './execute-underpaid.ts';
import { executeWithOtherPayment } from './execute-with-other-payment.ts';
import { mintUnderpay } from './mint-underpay.ts';
import { poolEnterBelowMinimum } from './pool-enter-below-minimum.ts';
import { poolExitBeyondRatio } from './pool-exit-beyond-ratio.ts';
import { poolExitMoreThanHeld } from './pool-exit-more-than-held.ts';
import { poolExitTimelocked } from './pool-exit-timelocked.ts';
import { poolExitZero } from './pool-exit-zero.ts';
import { poolTransferDebtLocked } from './pool-transfer-debt-locked.ts';
import { poolTransferTimelocked } from './pool-transfer-timelocked.ts';
import { poolWithdrawTooMuch } from './pool-withdraw-too-much.ts';
import { poolWithdrawZeroFees } from './pool-withdraw-zero-fees.ts';
import { redeemAmountBelowMinimum } from './redeem-amount-below-minimum.ts';
import { redeemAmountBeyondBalance } from './redeem-amount-beyond-balance.ts';
import { redeemExecutorFeeWithoutExecutor } from './redeem-executor-fee-without-executor.ts';
import { redeemLotsNotHeld } from './redeem-lots-not-held.ts';
import { redeemToAgent } from './redeem-to-agent.ts';
import { redeemZeroLots } from './redeem-zero-lots.ts';
import { reserveBelowAgentFee } from './reserve-below-agent-fee.ts';
import { reserveMoreThanFree } from './reserve-more-than-free.ts';
import { reserveUnderpayingFee } from './reserve-underpaying-fee.ts';
import { reserveUnknownVault } from './reserve-unknown-vault.ts';
import { reserveZeroLots } from './reserve-zero-lots.ts';
import type { Refusal } from './refusal.ts';

export const refusals: readonly Refusal[] = [
  reserveZeroLots,
  reserveMoreThanFree,
  reserveUnknownVault,
  reserveBelowAgentFee,
  reserveUnderpayingFee,
  executeAgain,
  executeForeign,
  executeWithOtherPayment,
  executeUnderpaid,
  executeForged,
  redeemZeroLots,
  redeemLotsNotHeld,
  redeemAmountBeyondBalance,
  redeemAmountBelowMinimum,
  redeemToAgent,
  redeemExecutorFeeWithoutExecutor,
  defaultTooEarly,
  defaultShortWindow,
  defaultOtherAmount,
  defaultForged,
  defaultAgain,
  defaultForeign,
  defaultPaid,
  defaultConfirmed,
  poolEnterBelowMinimum,
  poolExitZero,
  poolExitMoreThanHeld,
  poolExitTimelocked,
  poolExitBeyondRatio,
  poolTransferTimelocked,
  poolTransferDebtLocked,
  poolWithdrawZeroFees,
  poolWithdrawTooMuch,
];

/** What a saved play of a refusal may consist of, besides the ordinary bundles and story steps. */
export const refusalSteps: readonly Bundle<Actors>[] = [mintUnderpay, ...refusals.map(({ bundle }) => bundle)];
