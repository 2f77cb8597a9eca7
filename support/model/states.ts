/**
 * States worth reaching: every branch of a minting, a redemption, a default or a pool act that hangs on what others have done or
 * on somebody's terms. A step that was judged says which of them it was in, so that a run can say which were never seen. A new
 * branch of an expectation is one line here, and the place that says so.
 */
import { amgToTokenWei } from './prices.ts';
import { type DirectMintingTerms, directMintingAmounts } from './direct-minting.ts';
import type { AgentView, Market } from './market.ts';
import type { DefaultPayout, DefaultTerms } from './redemption-default.ts';
import type { ExpectedRedemption } from './redemption.ts';
import type { RecordFields } from './state.ts';
import { mulBips } from '../units/amounts.ts';

/** In which runs a state can be reached: every one, those on a devnet, those with faults. */
type Where = 'anywhere' | 'devnet' | 'with faults';

export const STATES = [
  ['reserve: all free lots', 'anywhere'],
  ['reserve: without a minting fee', 'devnet'],
  ['reserve: nothing of the fee for the pool', 'devnet'],
  ['reserve: all of the fee for the pool', 'devnet'],
  ['reserve: the terms have changed since the look', 'devnet'],
  ['refused: NotEnoughFreeCollateral', 'anywhere'],
  ['refused: AgentsFeeTooHigh', 'devnet'],
  ['refused: InappropriateFeeAmount', 'devnet'],
  ['execute: the terms have changed since the reservation', 'devnet'],
  ['execute: the payment window is over', 'anywhere'],
  ['direct mint: the least fee', 'anywhere'],
  ['direct mint: a fee by amount', 'anywhere'],
  ['direct mint: nothing is left for the user', 'anywhere'],
  ['redeem: from one agent', 'anywhere'],
  ['redeem: from several agents', 'anywhere'],
  ['redeem: dust with a ticket', 'anywhere'],
  ['redeem: dust is left', 'anywhere'],
  ['redeem: just as many tickets as allowed', 'devnet'],
  ['redeem: one ticket more than allowed', 'devnet'],
  ['redeem: more than the queue has', 'anywhere'],
  ['redeem: nothing of the fee for the pool', 'devnet'],
  ['default: the vault pays all', 'devnet'],
  ['default: the pool pays its part', 'devnet'],
  ['default: the pool pays as much as it may', 'devnet'],
  ['minting ended SUCCESSFUL', 'anywhere'],
  ['minting ended DEFAULTED', 'anywhere'],
  ['redemption ended SUCCESSFUL', 'anywhere'],
  ['redemption ended BLOCKED', 'anywhere'],
  ['redemption ended DEFAULTED_UNCONFIRMED', 'devnet'],
  ['redemption ended DEFAULTED_FAILED', 'with faults'],
  ['pool: entered while it holds fees', 'anywhere'],
  ['pool: entered while it holds none', 'anywhere'],
  ['pool: exited with all tokens', 'anywhere'],
  ['pool: exited with a part', 'anywhere'],
  ['pool: all claimable fees withdrawn', 'anywhere'],
  ['pool: a part of the fees withdrawn', 'anywhere'],
  ['pool: pays for a default while the user is in it', 'devnet'],
] as const satisfies readonly (readonly [string, Where])[];

export type State = (typeof STATES)[number][0];

const ALL: readonly State[] = STATES.map(([state]) => state);

/** Those of these names that are states; what a run never means to reach is left out. */
export const statesNamed = (...names: readonly string[]): State[] => ALL.filter((state) => names.includes(state));

const when = (holds: boolean, state: State): State[] => (holds ? [state] : []);

/** States that a reservation of so many lots meets, `wantedFeeBips` being the fee that its minter saw. */
export function reservationStates(agent: AgentView, lots: bigint, wantedFeeBips: bigint): State[] {
  return [
    ...when(lots === agent.freeLots, 'reserve: all free lots'),
    ...when(agent.feeBips === 0n, 'reserve: without a minting fee'),
    ...when(agent.feeBips > 0n && agent.poolFeeShareBips === 0n, 'reserve: nothing of the fee for the pool'),
    ...when(agent.feeBips > 0n && agent.poolFeeShareBips === 10_000n, 'reserve: all of the fee for the pool'),
    ...when(agent.feeBips !== wantedFeeBips, 'reserve: the terms have changed since the look'),
  ];
}

/** States of a direct minting of so much. */
export function directMintingStates(receivedUba: bigint, terms: DirectMintingTerms): State[] {
  const { feeUba, mintedUba } = directMintingAmounts(receivedUba, terms);
  return [
    ...when(feeUba === terms.minimumFeeUba, 'direct mint: the least fee'),
    ...when(feeUba > terms.minimumFeeUba, 'direct mint: a fee by amount'),
    ...when(mintedUba === 0n, 'direct mint: nothing is left for the user'),
  ];
}

/** States of a request for this walk over the queue. */
export function requestStates(
  { queue, settings, agents }: Market,
  { requests, remainingUba, tickets, dustUba, dustLeftUba }: ExpectedRedemption,
): State[] {
  const isLeft = remainingUba > 0n;
  const isLimited = BigInt(tickets) === settings.maxRedeemedTickets;
  const isShared = ({ agentVault }: { agentVault: string }) =>
    agents.find(({ vault }) => vault === agentVault)?.redemptionPoolFeeShareBips !== 0n;
  return [
    ...when(requests.length === 1, 'redeem: from one agent'),
    ...when(requests.length > 1, 'redeem: from several agents'),
    ...when(dustUba > 0n, 'redeem: dust with a ticket'),
    ...when(dustLeftUba > 0n, 'redeem: dust is left'),
    ...when(isLimited && !isLeft, 'redeem: just as many tickets as allowed'),
    ...when(isLimited && isLeft && queue.length > tickets, 'redeem: one ticket more than allowed'),
    ...when(isLeft && queue.length <= tickets, 'redeem: more than the queue has'),
    ...when(!requests.every(isShared), 'redeem: nothing of the fee for the pool'),
  ];
}

/** States that the execution of a reservation meets. */
export function executionStates(
  { agents, point }: Market,
  { agentVault, valueUba, feeUba, lastBlock, lastTimestampS }: RecordFields,
  poolFeeUba: bigint,
): State[] {
  const agent = agents.find(({ vault }) => vault === agentVault);
  const fee = BigInt(feeUba ?? 0);
  const isSame =
    agent === undefined ||
    (fee === mulBips(BigInt(valueUba ?? 0), agent.feeBips) && poolFeeUba === mulBips(fee, agent.poolFeeShareBips));
  const isOver = point.ledger > Number(lastBlock) && point.ledgerTimeS > Number(lastTimestampS);
  return [
    ...when(!isSame, 'execute: the terms have changed since the reservation'),
    ...when(isOver, 'execute: the payment window is over'),
  ];
}

/** Which collateral pays a default. */
export function defaultStates(terms: DefaultTerms, { poolWei }: DefaultPayout): State[] {
  if (poolWei === 0n) return ['default: the vault pays all'];
  const wholeWei = amgToTokenWei(terms.valueUba / terms.granularityUba, terms.nativePrice);
  const backedUba = terms.mintedUba + terms.reservedUba + terms.poolRedeemingUba;
  const isCapped = poolWei === (terms.poolCollateralWei * terms.valueUba) / backedUba && poolWei !== wholeWei;
  return ['default: the pool pays its part', ...when(isCapped, 'default: the pool pays as much as it may')];
}

/** How often each state was reached, those that never were included. */
export function countStates(reached: readonly State[]): Record<string, number> {
  return Object.fromEntries(ALL.map((state) => [state, reached.filter((met) => met === state).length]));
}

/**
 * `states reached: 30 of 34; never: …`. What only faults can bring does not count where there are none. A run that reached less
 * than half was no whole one; its list would only fill the screen.
 */
export function statesText(counts: Readonly<Record<string, number>>, hasFaults: boolean): string {
  const wanted = STATES.filter(([, where]) => hasFaults || where !== 'with faults').map(([state]) => state);
  const never = wanted.filter((state) => (counts[state] ?? 0) === 0);
  const told = `states reached: ${wanted.length - never.length} of ${wanted.length}`;
  return never.length === 0 || 2 * never.length > wanted.length ? told : `${told}; never: ${never.join(', ')}`;
}
