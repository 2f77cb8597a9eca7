/**
 * Scenario 1: enter a pool, mint with its agent, redeem what was minted, wait out the timelock, exit with all tokens and
 * withdraw the fees.
 */
import type { Actors } from '../support/actors/actors.ts';
import { mintSpecificAgent } from '../bundles/mint-specific-agent.ts';
import { poolEnter } from '../bundles/pool-enter.ts';
import { poolExit } from '../bundles/pool-exit.ts';
import { poolWithdrawFees } from '../bundles/pool-withdraw-fees.ts';
import { redeem } from '../bundles/redeem.ts';
import { waitForTimelock } from '../bundles/wait-for-timelock.ts';
import { CHOICE_MAX, type View, choose } from '../support/sequence/bundle.ts';
import { type Scenario, step } from '../support/sequence/scenario.ts';

const REQUIRED = ['pool-enter', 'mint-specific-agent', 'redeem', 'wait-for-timelock'];

export const enterMintRedeemExit: Scenario<Actors> = {
  name: 'enter-mint-redeem-exit',
  story:
    'A user enters a random pool with a random amount, mints a random number of lots with the agent of that pool, redeems ' +
    'what was minted, waits until the pool tokens are free, exits with all of them if possible and withdraws the fees.',
  draws: 3,
  required: REQUIRED,
  requiredAnywhere: REQUIRED,
  steps({ drawn: [pool = 0, entry = 0, lots = 0] }) {
    let vault = '';
    let heldBeforeUba = 0n;
    const held = (view: View): bigint => view.user.balances['fAsset'] ?? 0n;
    return [
      step(poolEnter, [0, entry], (view) => {
        ({ vault } = choose(view.market.agents, pool));
        return { pool: vault };
      }),
      step(mintSpecificAgent, [lots], (view) => {
        heldBeforeUba = held(view);
        return { agent: vault };
      }),
      step(redeem, [CHOICE_MAX, 0], (view) => ({
        lots: String((held(view) - heldBeforeUba) / view.market.settings.lotSizeUba),
      })),
      step(waitForTimelock, []),
      step(poolExit, [0, CHOICE_MAX], () => ({ pool: vault })),
      step(poolWithdrawFees, [0, CHOICE_MAX], () => ({ pool: vault })),
    ];
  },
};
