/** Which agents a story goes to. */
import { mintableAgents } from '../support/model/market.ts';
import { type View, choose } from '../support/sequence/bundle.ts';

/** The agent with the smallest vault, of all agents, since one whose lots are minted is not mintable any more. */
export function smallestAgent({ market }: View): string {
  const agents =
    mintableAgents(market).length === 0 ? market.agents : market.agents.filter(({ available }) => available);
  const [first, ...others] = agents;
  if (first === undefined) throw new Error('there is no agent');
  return others.reduce((least, agent) => (agent.capacity.vaultUnits < least.capacity.vaultUnits ? agent : least), first)
    .vault;
}

/** The drawn agent and the one after it. */
export function twoAgents(view: View, choice: number): string[] {
  const agents = mintableAgents(view.market);
  const picked = choose(agents, choice);
  const next = agents[(agents.indexOf(picked) + 1) % agents.length] ?? picked;
  return [picked.vault, next.vault];
}
