/**
 * Scenario 8: terms that no longer hold when the reservation arrives. The price has risen by more than what was sent on top, then
 * by so much that the smallest vault cannot back all its lots any more: the protocol refuses both. When it has fallen, what is
 * too much comes back.
 */
import type { Actors } from '../support/actors/actors.ts';
import { mintOnOldTerms } from '../bundles/mint-on-old-terms.ts';
import { seePriceJump } from '../bundles/see-price-jump.ts';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';
import { type Scenario, step } from '../support/sequence/scenario.ts';
import { smallestAgent } from './agents.ts';

const REQUIRED = ['mint-on-old-terms', 'see-price-jump', 'mint-on-old-terms', 'mint-on-old-terms'];

export const reserveOnOldTerms: Scenario<Actors> = {
  name: 'reserve-on-old-terms',
  story:
    'A user looks at an agent and reserves when the price of XRP has risen: too little is sent for the reservation fee, or the ' +
    'agent cannot back all the lots any more. When the price has fallen it is minted, and what is too much comes back.',
  needs: ['canInjectFaults'],
  draws: 2,
  required: REQUIRED,
  requiredAnywhere: [],
  steps: ({ drawn: [agent = 0, executor = 0] }) => [
    step(mintOnOldTerms, [agent, 0, 0, executor], () => ({ shiftBips: '600' })),
    step(seePriceJump, [0], () => ({ shiftBips: '0' })),
    step(mintOnOldTerms, [0, CHOICE_MAX, 0, executor], (view) => ({ agent: smallestAgent(view), shiftBips: '4000' })),
    step(mintOnOldTerms, [agent, 0, 0, executor], () => ({ shiftBips: '-700' })),
  ],
};
