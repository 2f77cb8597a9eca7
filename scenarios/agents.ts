/** Which agents a story goes to. */
import { mintSpecificAgent } from '../bundles/mint-specific-agent.ts';
import type { Actors } from '../support/actors/actors.ts';
import { mintableAgents } from '../support/model/market.ts';
import { type View, choose } from '../support/sequence/bundle.ts';
import type { Decide } from '../support/sequence/runner.ts';
import { step } from '../support/sequence/scenario.ts';

/** The agent with the smallest vault, of all agents, since one whose lots are minted is not mintable any more. */
export function smallestAgent({ market }: View): string {
  const agents =
    mintableAgents(market).length === 0 ? market.agents : market.agents.filter(({ available }) => available);
  const [first, ...others] = agents;
  if (first === undefined) throw new Error('there is no agent');
  return others.reduce((least, agent) => (agent.capacity.vaultUnits < least.capacity.vaultUnits ? agent : least), first)
    .vault;
}

/** Mints with the drawn agent (0) or the one after it (1), which stay the same through the story. */
export function mintWithTwo(first: number): (which: 0 | 1, lots?: number) => Decide<Actors> {
  let vaults: readonly string[] = [];
  return (which, lots = 0) =>
    step(mintSpecificAgent, [lots], (view) => {
      if (vaults.length === 0) vaults = twoAgents(view, first);
      return { agent: vaults[which] ?? '' };
    });
}

/** The drawn agent and the one after it. */
function twoAgents(view: View, choice: number): string[] {
  const agents = mintableAgents(view.market);
  const picked = choose(agents, choice);
  const next = agents[(agents.indexOf(picked) + 1) % agents.length] ?? picked;
  return [picked.vault, next.vault];
}
