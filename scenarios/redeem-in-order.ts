/**
 * Scenario 4: what was minted first is redeemed first, whoever's agent it was. Mintings with two agents in turns make tickets
 * of both; redemptions take them from the head: an amount that leaves dust, whole lots, and all the rest.
 */
import type { Actors } from '../support/actors/actors.ts';
import { redeemAmount } from '../bundles/redeem-amount.ts';
import { redeem } from '../bundles/redeem.ts';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';
import { type Scenario, between, step } from '../support/sequence/scenario.ts';
import { mintWithTwo } from './agents.ts';

const MINTINGS = ['mint-specific-agent', 'mint-specific-agent', 'mint-specific-agent'];

export const redeemInOrder: Scenario<Actors> = {
  name: 'redeem-in-order',
  story:
    'A user mints with an agent and with another one, redeems an amount, mints with the first again, and redeems lots and the ' +
    'rest: the tickets of the queue are taken in the order in which they were minted.',
  draws: 4,
  required: [...MINTINGS, 'redeem', 'redeem'],
  requiredAnywhere: [],
  steps({ drawn: [first = 0, lots = 0, amount = 0, part = 0] }) {
    const few = between(0, CHOICE_MAX / 8, lots);
    const mintWith = mintWithTwo(first);
    return [
      mintWith(0, few),
      mintWith(1, few),
      // So little that lots are left for the redemptions after it.
      step(redeemAmount, [between(0, CHOICE_MAX / 8, amount), 0]),
      mintWith(0, few),
      step(redeem, [between(0, CHOICE_MAX / 2, part), 0]),
      step(redeem, [CHOICE_MAX, 0]),
    ];
  },
};
