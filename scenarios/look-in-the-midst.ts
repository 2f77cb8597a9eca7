/**
 * Scenario 8: getters are right in the midst of things too. Tickets of two agents, dust, a pool entered in debt, a reservation
 * and a redemption that are open: then everything is asked, as it is and after simulated acts on top.
 */
import { mintSpecificAgent } from '../bundles/mint-specific-agent.ts';
import { mintStopBeforeExecution } from '../bundles/mint-stop-before-execution.ts';
import { poolEnter } from '../bundles/pool-enter.ts';
import { probeViewsAfterActs } from '../bundles/probes/probe-views-after-acts.ts';
import { probeViews } from '../bundles/probes/probe-views.ts';
import { redeemStopBeforePayment } from '../bundles/redeem-stop-before-payment.ts';
import type { Actors } from '../support/actors/actors.ts';
import { mintableAgents } from '../support/model/market.ts';
import { CHOICE_MAX, choose } from '../support/sequence/bundle.ts';
import { type Scenario, between, step } from '../support/sequence/scenario.ts';

const LOOKS = ['probe-views', 'probe-views-after-acts'];

export const lookInTheMidst: Scenario<Actors> = {
  name: 'look-in-the-midst',
  story:
    'A user mints with two agents, enters a pool that has earned fees, reserves a minting and asks for a redemption: every ' +
    'getter is asked while all that is open.',
  needs: ['canSimulate'],
  draws: 3,
  required: ['mint-specific-agent', 'mint-specific-agent', ...LOOKS],
  requiredAnywhere: [],
  steps({ drawn: [first = 0, lots = 0, pool = 0] }) {
    const few = between(0, CHOICE_MAX / 8, lots);
    const mintWith = (further: number) =>
      step(mintSpecificAgent, [few], ({ market }) => {
        const agents = mintableAgents(market);
        const place = agents.indexOf(choose(agents, first)) + further;
        return { agent: agents[place % agents.length]?.vault ?? '' };
      });
    return [
      mintWith(0),
      mintWith(1),
      step(poolEnter, [pool, few]),
      step(mintStopBeforeExecution, [first, few, 0]),
      step(redeemStopBeforePayment, [few, 0]),
      step(probeViews, []),
      step(probeViewsAfterActs, []),
    ];
  },
};
