/**
 * Scenario 9: more than the queue has. Two redemptions of half a lot leave dust of two agents, so that the tickets are fewer lots
 * than the user holds; a redemption of all of them gets what the queue has, and is told what is left.
 */
import type { Actors } from '../support/actors/actors.ts';
import { redeemAmount } from '../bundles/redeem-amount.ts';
import { redeem } from '../bundles/redeem.ts';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';
import { type Scenario, step } from '../support/sequence/scenario.ts';
import { mintWithTwo } from './agents.ts';

const REQUIRED = [
  'mint-specific-agent',
  'mint-specific-agent',
  'redeem-amount',
  'redeem-amount',
  'mint-specific-agent',
  'redeem',
];

export const redeemMoreThanTheQueue: Scenario<Actors> = {
  name: 'redeem-more-than-the-queue',
  story:
    'A user mints a lot with an agent and with another one, redeems the least that may be redeemed twice, mints with the first ' +
    'again, and redeems all lots: some of them are dust that no ticket has.',
  needs: ['redeemAmount'],
  draws: 1,
  required: REQUIRED,
  requiredAnywhere: [],
  steps({ drawn: [first = 0] }) {
    const mintWith = mintWithTwo(first);
    return [
      mintWith(0),
      mintWith(1),
      step(redeemAmount, [0, 0]),
      step(redeemAmount, [0, 0]),
      mintWith(0),
      step(redeem, [CHOICE_MAX, 0]),
    ];
  },
};
