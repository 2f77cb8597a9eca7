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
  ['reserve: with an executor, without a fee for it', 'anywhere'],
  ['reserve: with an executor and a fee for it', 'anywhere'],
  ['execute: by the executor', 'anywhere'],
  ['execute: the executor fee is burned', 'anywhere'],
  ['minting default: the executor fee is shared', 'devnet'],
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
  ['redeem: with an executor, without a fee for it', 'anywhere'],
  ['redeem: with an executor and a fee for it', 'anywhere'],
  ['redeem: the executor fee is shared by unequal parts', 'anywhere'],
  ['redemption paid: the executor fee is burned', 'anywhere'],
  ['default: by the executor', 'devnet'],
  ['default: the executor fee is burned', 'devnet'],
  ['executor: less than a gwei is kept by the protocol', 'anywhere'],
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

/** What an act means for an executor and their fee. */
const OF_EXECUTORS = {
  reserve: {
    withoutFee: 'reserve: with an executor, without a fee for it',
    withFee: 'reserve: with an executor and a fee for it',
  },
  redeem: {
    withoutFee: 'redeem: with an executor, without a fee for it',
    withFee: 'redeem: with an executor and a fee for it',
  },
  execute: { byThem: 'execute: by the executor', burned: 'execute: the executor fee is burned' },
  default: { byThem: 'default: by the executor', burned: 'default: the executor fee is burned' },
} as const satisfies Record<string, Record<string, State>>;

/** What naming an executor met: the fields of each record that was opened, and all that was sent for executors. */
export function executorStates(act: 'reserve' | 'redeem', records: readonly RecordFields[], sentWei: bigint): State[] {
  if (!records.some(({ executor }) => executor !== undefined)) return [];
  const fees = records.map(({ executorFeeWei }) => BigInt(executorFeeWei ?? 0));
  const totalWei = fees.reduce((sum, fee) => sum + fee, 0n);
  const { withFee, withoutFee } = OF_EXECUTORS[act];
  return [
    totalWei === 0n ? withoutFee : withFee,
    ...when(act === 'redeem' && new Set(fees).size > 1, 'redeem: the executor fee is shared by unequal parts'),
    ...when(totalWei < sentWei, 'executor: less than a gwei is kept by the protocol'),
  ];
}

/** Who got the executor's fee when `caller` ended a record with these fields. */
export function executorEndStates(
  act: 'execute' | 'default',
  fields: RecordFields,
  caller: string | undefined,
): State[] {
  const { executor, executorFeeWei = '0' } = fields;
  const { byThem, burned } = OF_EXECUTORS[act];
  if (executor !== undefined && executor === caller) return [byThem];
  return when(executorFeeWei !== '0', burned);
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
