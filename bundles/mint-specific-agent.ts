/** Mints a random number of lots with the agent that the parameter names; without one, with the last that is available. */
import type { Actors } from '../support/actors/actors.ts';
import type { AgentView } from '../support/model/market.ts';
import { type Params, type View, defineBundle } from '../support/sequence/bundle.ts';
import {
  type MintPlan,
  type ObservedMinting,
  affordableAgents,
  expectedMinting,
  mint,
  mintPlan,
  refusedReservation,
} from './minting.ts';

export const mintSpecificAgent = defineBundle<Actors, MintPlan, ObservedMinting>({
  name: 'mint-specific-agent',
  story: 'mints a random number of lots with the agent that BUNDLE_PARAMS names',
  choices: ['lots'],
  params: ['agent'],
  arrange: [],
  mints: true,
  enabled: (view, params) => named(view, params) !== undefined || `agent ${params['agent'] ?? ''} has no lot to mint`,
  resolve(view, [lots = 0], params) {
    const agent = named(view, params);
    if (agent === undefined) throw new Error('the agent is not there');
    return mintPlan(view, agent, lots);
  },
  run: mint,
  refusedWith: refusedReservation,
  expected: expectedMinting,
});

function named(view: View, { agent }: Params): AgentView | undefined {
  const agents = affordableAgents(view);
  return agent === undefined ? agents.at(-1) : agents.find(({ vault }) => vault === agent.toLowerCase());
}
