/**
 * Looks at an agent, and reserves on what was seen only when the price has jumped or the agent has changed its terms. What holds
 * are the terms of the reservation, or the protocol refuses it.
 */
import type { Actors } from '../support/actors/actors.ts';
import type { AgentView } from '../support/model/market.ts';
import { choose, defineBundle } from '../support/sequence/bundle.ts';
import { EXECUTOR_PARAMS } from './executors.ts';
import { type TermName, changeTerm, jumpPrice } from './happenings.ts';
import {
  type MintPlan,
  type ObservedMinting,
  executePaid,
  expectedMinting,
  refusedReservation,
  replanned,
  reserve,
  withRandomAgent,
} from './minting.ts';

interface OldTermsPlan extends MintPlan {
  /** `price` or the agent's setting. */
  readonly change: string;
  /** Bips from the usual price, or the setting's new value. */
  readonly to: string;
}

interface Change {
  readonly what: 'price' | TermName;
  readonly to: (agent: AgentView) => bigint;
}

const TERM_CHANGES: readonly Change[] = [
  { what: 'feeBIPS', to: ({ feeBips }) => feeBips + 1n },
  { what: 'feeBIPS', to: ({ feeBips }) => (feeBips === 0n ? 2n : feeBips - 1n) },
  { what: 'feeBIPS', to: ({ feeBips }) => (feeBips === 0n ? 1n : 0n) },
  { what: 'poolFeeShareBIPS', to: ({ poolFeeShareBips }) => (poolFeeShareBips === 0n ? 1n : 0n) },
  { what: 'poolFeeShareBIPS', to: ({ poolFeeShareBips }) => (poolFeeShareBips === 10_000n ? 9_999n : 10_000n) },
];
/** Up by more than the twentieth that is sent on top of the reservation fee, and down. */
const CHANGES: readonly Change[] = [
  ...TERM_CHANGES,
  { what: 'price', to: () => 700n },
  { what: 'price', to: () => -700n },
];

export const mintOnOldTerms = defineBundle<Actors, OldTermsPlan, ObservedMinting>({
  name: 'mint-on-old-terms',
  story: 'looks at a random agent, and mints on the terms seen when its fee, its share or the price has changed',
  ...withRandomAgent,
  choices: ['agent', 'lots', 'change', 'executor'],
  params: ['agent', 'shiftBips', ...EXECUTOR_PARAMS],
  needs: ['canInjectFaults'],
  resolve(view, [agentChoice = 0, lots = 0, changeChoice = 0, executor = 0], params) {
    const plan = withRandomAgent.resolve(view, [agentChoice, lots, executor], params);
    const agent = view.market.agents.find(({ vault }) => vault === plan.agentVault);
    const { shiftBips } = params;
    const jump: Change = { what: 'price', to: () => BigInt(shiftBips ?? 0) };
    const { what, to } = shiftBips === undefined ? choose(CHANGES, changeChoice) : jump;
    return { ...plan, change: what, to: String(agent === undefined ? 0n : to(agent)) };
  },
  async run(plan, actors) {
    await happen(plan, actors);
    // What it costs on the ledger is asked of the agent anew; how much fee is accepted and how much is sent is not.
    const current = replanned(plan, (await actors.look()).market);
    const reservation = await reserve(plan, actors.minter);
    const payment = await actors.minter.pay(reservation, BigInt(current?.paymentUba ?? plan.paymentUba));
    const paid = { minter: actors.minter.address, reservation, paymentHash: payment.hash };
    return { ...paid, executed: await executePaid(plan, paid, actors.minter) };
  },
  refusedWith: refusedReservation,
  expected: expectedMinting,
});

async function happen({ agentVault, change, to }: OldTermsPlan, actors: Actors): Promise<void> {
  const term = TERM_CHANGES.find(({ what }) => what === change)?.what;
  if (term === undefined || term === 'price') await jumpPrice(actors, Number.parseInt(to, 10));
  else await changeTerm(actors, agentVault, term, BigInt(to));
}
