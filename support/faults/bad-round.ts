/**
 * When services are in trouble: around the end of every third round, the same for all faults, so that the next request is
 * always proven and nobody's limits are exceeded.
 */
import { FIRST_VOTING_ROUND_START_S, timingsOf } from '../devnet/timings.ts';

/** Rounds whose number this divides are bad. */
export const BAD_ROUND_DIVISOR = 3;

const { votingEpochS, finalizationDelayS } = timingsOf('virtual');
const EVERY_S = BAD_ROUND_DIVISOR * votingEpochS;
const LEAD_S = 20;

/** Recurs so that it begins 20 seconds before the root of a bad round is due. */
export const BAD_ROUND = {
  everyS: EVERY_S,
  fromS: (FIRST_VOTING_ROUND_START_S + votingEpochS + finalizationDelayS - LEAD_S) % EVERY_S,
};
