/**
 * Executors: whom a minter or a redeemer names to end the record instead, and what is promised for it in native coin. The
 * executor gets it, wrapped, only by ending the record; if anybody else does it is burned (protocol facts 2.1, 2.4, 3.1 and 3.4).
 */
import type { RecordFields } from './state.ts';

const GWEI = 10n ** 9n;

/** Lowered to whole gwei; the protocol keeps the rest for good. */
export const wholeGwei = (amountWei: bigint): bigint => amountWei - (amountWei % GWEI);

/** CollateralReservationsFacet: with an executor named, all beyond the reservation fee is his, in whole gwei. */
export const mintingExecutorFeeWei = (sentWei: bigint, reservationFeeWei: bigint): bigint =>
  wholeGwei(sentWei - reservationFeeWei);

/**
 * RedemptionRequestsFacet: the whole gwei that were sent, G, are shared by the requests of one transaction: request i of k gets
 * ⌊left/(k − i)⌋ gwei of what is left, so that all of G is given away.
 */
export function redemptionExecutorFeesWei(sentWei: bigint, requests: number): bigint[] {
  let leftGwei = sentWei / GWEI;
  return Array.from({ length: requests }, (_, index) => {
    const gwei = leftGwei / BigInt(requests - index);
    leftGwei -= gwei;
    return gwei * GWEI;
  });
}

/** Of the fee held for a record's executor, what whoever ends it gets: all as the executor, else nothing (it is burned). */
export const executorPaidBy = ({ executor, executorFeeWei = '0' }: RecordFields, caller: string | undefined): bigint =>
  executor !== undefined && executor === caller ? BigInt(executorFeeWei) : 0n;
