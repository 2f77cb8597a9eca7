/**
 * Scenario 10: one redemption takes so many tickets at most, three on the devnet. Mintings with two agents in turns make just as
 * many, and then one more: a redemption of all lots is told what is left, and the next one gets it.
 */
import type { Actors } from '../support/actors/actors.ts';
import { redeem } from '../bundles/redeem.ts';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';
import { type Scenario, step } from '../support/sequence/scenario.ts';
import { mintWithTwo } from './agents.ts';

const MINTING = 'mint-specific-agent';

export const redeemBeyondTheTicketLimit: Scenario<Actors> = {
  name: 'redeem-beyond-the-ticket-limit',
  story:
    'A user mints a lot with an agent, one with another and one with the first again, and redeems them all at once: three tickets, as many as a redemption ' +
    'takes. Then the user mints until there are four, redeems all lots, of which three tickets are taken, and redeems the rest.',
  needs: ['canInjectFaults'],
  draws: 1,
  required: [MINTING, MINTING, MINTING, 'redeem', MINTING, MINTING, MINTING, MINTING, 'redeem', 'redeem'],
  requiredAnywhere: [],
  steps({ drawn: [first = 0] }) {
    const mintWith = mintWithTwo(first);
    const three = [mintWith(0), mintWith(1), mintWith(0)];
    const all = step(redeem, [CHOICE_MAX, 0]);
    return [...three, all, ...three, mintWith(1), all, all];
  },
};
