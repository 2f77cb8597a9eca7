/** What the refusals of reservations share: a legal order of one lot, of which each spoils one thing. */
import type { AgentView } from '../../support/model/market.ts';
import type { View } from '../../support/sequence/bundle.ts';
import { affordableAgents, mintPlan, whyNoMinting } from '../minting.ts';
import { type Refusal, type RefusalDefinition, defineRefusal } from './refusal.ts';

interface Terms {
  readonly agentVault: string;
  readonly lots: string;
  readonly mostFeeBips: string;
  readonly valueWei: string;
}

interface Order extends Terms, Record<string, string> {}

interface ReservationRefusal extends Pick<RefusalDefinition<Order>, 'name' | 'story' | 'error'> {
  /** What is wrong with the order, or why it cannot be made wrong. */
  readonly spoil: (order: Terms, agent: AgentView, view: View) => Partial<Terms> | string;
}

/** An order with the agent that has the fewest free lots. */
export function defineReservationRefusal({ name, story, error, spoil }: ReservationRefusal): Refusal {
  return defineRefusal<Order>({
    name,
    story,
    error,
    plan(view) {
      const agents = affordableAgents(view);
      if (agents.length === 0) return whyNoMinting;
      const agent = agents.reduce((least, other) => (other.freeLots < least.freeLots ? other : least));
      const legal = legalOrder(view, agent);
      const spoilt = spoil(legal, agent, view);
      return typeof spoilt === 'string' ? spoilt : { ...legal, ...spoilt };
    },
    attempt: ({ agentVault, lots, mostFeeBips, valueWei }, { minter }) =>
      minter.reserve(agentVault, BigInt(lots), BigInt(mostFeeBips), BigInt(valueWei)),
  });
}

/** One lot, at the agent's fee and exactly the reservation fee. */
function legalOrder(view: View, agent: AgentView): Order {
  const { agentVault, lots, feeBips, reservationFeeWei } = mintPlan(view, agent, 0);
  return { agentVault, lots, mostFeeBips: feeBips, valueWei: reservationFeeWei };
}
