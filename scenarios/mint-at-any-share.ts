/** Scenario 11: an agent leaves its pool nothing of its fees, and then all of them; it is minted with and redeemed from each time. */
import type { Actors } from '../support/actors/actors.ts';
import { mintSpecificAgent } from '../bundles/mint-specific-agent.ts';
import { redeem } from '../bundles/redeem.ts';
import { seeTermsChange } from '../bundles/see-terms-change.ts';
import { mintableAgents } from '../support/model/market.ts';
import { CHOICE_MAX, type View, choose } from '../support/sequence/bundle.ts';
import { type Scenario, step } from '../support/sequence/scenario.ts';

const ROUND = ['see-terms-change', 'see-terms-change', 'mint-specific-agent', 'redeem'];

export const mintAtAnyShare: Scenario<Actors> = {
  name: 'mint-at-any-share',
  story:
    'An agent leaves its pool nothing of its fees, and a user mints with it and redeems. Then it leaves the pool all of them, and ' +
    'the user does so again.',
  needs: ['canInjectFaults'],
  draws: 2,
  required: [...ROUND, ...ROUND],
  requiredAnywhere: [],
  steps({ drawn: [choice = 0, lots = 0] }) {
    let agent = '';
    const asking = (view: View) =>
      choose(
        mintableAgents(view.market).filter(({ feeBips }) => feeBips > 0n),
        choice,
      ).vault;
    const share = (name: string, value: number) =>
      step(seeTermsChange, [0, 0, value], (view: View) => ({ agent: (agent ||= asking(view)), name }));
    const round = (value: number) => [
      share('poolFeeShareBIPS', value),
      share('redemptionPoolFeeShareBIPS', value),
      step(mintSpecificAgent, [lots], () => ({ agent })),
      step(redeem, [CHOICE_MAX, 0]),
    ];
    return [...round(0), ...round(CHOICE_MAX)];
  },
};
