/**
 * What a minting costs and gives, from the terms read before it. Every ⌊ ⌋ is a rounding of its own.
 */
import { type Uba, type Wei, mulBips, uba, wei } from '../units/amounts.ts';
import { amgToTokenWei } from './prices.ts';

export interface MintingTerms {
  readonly lotSizeUba: bigint;
  /** Underlying base amount of one AMG. */
  readonly granularityUba: bigint;
  readonly reservationFeeBips: bigint;
  /** P(WNat), see prices.ts. */
  readonly nativePrice: bigint;
  readonly agentFeeBips: bigint;
  readonly poolFeeShareBips: bigint;
}

export interface MintingAmounts {
  /** Minted to the user. */
  readonly valueUba: Uba;
  /** Paid on top of the value, on the underlying ledger. */
  readonly feeUba: Uba;
  /** Part of the fee minted to the agent's pool. */
  readonly poolFeeUba: Uba;
  readonly paymentUba: Uba;
  /** Collateral reservation fee in native coin. */
  readonly reservationFeeWei: Wei;
  /** Part of the reservation fee that goes to the pool when the minting is executed. */
  readonly reservationFeePoolWei: Wei;
}

/**
 * CollateralReservationsFacet: fee = ⌊⌊value·P/10^9⌋·fee/10^4⌋; minting fee = ⌊value·agentFee/10^4⌋; pool fee =
 * ⌊fee·share/10^4⌋ lowered to a whole AMG.
 */
export function mintingAmounts(lots: bigint, terms: MintingTerms): MintingAmounts {
  const valueUba = lots * terms.lotSizeUba;
  const valueWei = amgToTokenWei(valueUba / terms.granularityUba, terms.nativePrice);
  const reservationFeeWei = mulBips(valueWei, terms.reservationFeeBips);
  const feeUba = mulBips(valueUba, terms.agentFeeBips);
  const poolFeeUba = poolPartUba(feeUba, terms.poolFeeShareBips, terms.granularityUba);
  return {
    valueUba: uba(valueUba),
    feeUba: uba(feeUba),
    poolFeeUba: uba(poolFeeUba),
    paymentUba: uba(valueUba + feeUba),
    reservationFeeWei: wei(reservationFeeWei),
    reservationFeePoolWei: wei(mulBips(reservationFeeWei, terms.poolFeeShareBips)),
  };
}

/** The pool's part of a minting or redemption fee: ⌊fee·share/10^4⌋ lowered to a multiple of the minting granularity. */
export function poolPartUba(feeUba: bigint, shareBips: bigint, granularityUba: bigint): bigint {
  return wholeAmg(mulBips(feeUba, shareBips), granularityUba);
}

/** Lowered to a multiple of the minting granularity. */
export const wholeAmg = (amountUba: bigint, granularityUba: bigint): bigint => amountUba - (amountUba % granularityUba);

export interface UnderlyingClock {
  /** currentUnderlyingBlock(): proven block, its time, native time of the last update. */
  readonly block: bigint;
  readonly timestampS: bigint;
  readonly updatedAtS: bigint;
}

export interface PaymentWindow {
  readonly firstBlock: bigint;
  readonly lastBlock: bigint;
  readonly lastTimestampS: bigint;
}

export interface WindowTerms {
  readonly blocksForPayment: bigint;
  readonly secondsForPayment: bigint;
  readonly averageBlockTimeMs: bigint;
}

/** Payment window of a reservation or (with the agent's extension) of a redemption (protocol facts 2.2 and 3.2). */
export function paymentWindow(clock: UnderlyingClock, atS: bigint, terms: WindowTerms, extensionS = 0n): PaymentWindow {
  const shiftS = atS - clock.updatedAtS + extensionS;
  return {
    firstBlock: clock.block,
    lastBlock: clock.block + (shiftS * 1000n) / terms.averageBlockTimeMs + terms.blocksForPayment,
    lastTimestampS: clock.timestampS + shiftS + terms.secondsForPayment,
  };
}
