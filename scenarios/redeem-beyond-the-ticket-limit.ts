/**
 * Scenario 10: one redemption takes so many tickets at most. Mintings with two agents in turns make one ticket more than that on
 * the devnet; a redemption of all lots is told what is left, and the next one gets it.
 */
import type { Actors } from '../support/actors/actors.ts';
import { redeem } from '../bundles/redeem.ts';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';
import { type Scenario, step } from '../support/sequence/scenario.ts';
import { mintWithTwo } from './agents.ts';

const MINTINGS = ['mint-specific-agent', 'mint-specific-agent', 'mint-specific-agent', 'mint-specific-agent'];

export const redeemBeyondTheTicketLimit: Scenario<Actors> = {
  name: 'redeem-beyond-the-ticket-limit',
  story:
    'A user mints a lot with an agent and one with another, twice, which makes four tickets, redeems all lots, of which three tickets are taken at once, ' +
    'and redeems the rest.',
  needs: ['canInjectFaults'],
  draws: 1,
  required: [...MINTINGS, 'redeem', 'redeem'],
  requiredAnywhere: [],
  steps({ drawn: [first = 0] }) {
    const mintWith = mintWithTwo(first);
    const all = step(redeem, [CHOICE_MAX, 0]);
    return [mintWith(0), mintWith(1), mintWith(0), mintWith(1), all, all];
  },
};
