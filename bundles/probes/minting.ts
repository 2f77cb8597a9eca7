/** What is shared by probes that simulate a minting first. */
import type { Claim } from '../../support/model/statement.ts';
import { type AgentFacts, type Facts, richestAgent } from '../../support/probes/facts.ts';
import type { Probe } from '../../support/probes/probe.ts';
import type { Prober } from '../../support/probes/prober.ts';
import { mintableAgents } from '../../support/model/market.ts';
import type { View } from '../../support/sequence/bundle.ts';
import type { ProbesDefinition } from './probing.ts';

const enabled = ({ market }: View): true | string =>
  mintableAgents(market).length > 0 ? true : 'no agent has a free lot';

/** Probes made with the agent that has the most free lots. */
export const withAgent = (
  probesOf: (prober: Prober, facts: Facts, agent: AgentFacts) => Promise<readonly Probe[]>,
): Pick<ProbesDefinition, 'enabled' | 'claims'> => ({
  enabled,
  async claims(prober: Prober, facts: Facts): Promise<readonly Claim[]> {
    const agent = richestAgent(facts);
    // Others may have taken the last lot since the step was decided.
    return agent === undefined ? [] : prober.claims(facts, await probesOf(prober, facts, agent));
  },
});
