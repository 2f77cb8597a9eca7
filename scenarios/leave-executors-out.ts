/**
 * Scenario 7: executors who are left out. A user names the partner every time, and ends everything without them or is paid by the
 * agents: no fee may reach the partner.
 */
import type { Actors } from '../support/actors/actors.ts';
import { mintRandomAgent } from '../bundles/mint-random-agent.ts';
import { mintStopBeforePayment } from '../bundles/mint-stop-before-payment.ts';
import { redeemDefault } from '../bundles/redeem-default.ts';
import { redeemUnpaid } from '../bundles/redeem-unpaid.ts';
import { redeem } from '../bundles/redeem.ts';
import { waitForOthers } from '../bundles/wait-for-others.ts';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';
import { type Scenario, step } from '../support/sequence/scenario.ts';

const REQUIRED = [
  'mint-random-agent',
  'mint-random-agent',
  'redeem',
  'mint-random-agent',
  'redeem-unpaid',
  'redeem-default',
  'mint-stop-before-payment',
  'wait-for-others',
];

export const leaveExecutorsOut: Scenario<Actors> = {
  name: 'leave-executors-out',
  story:
    'A user names the partner as executor of mintings and redemptions, and executes and defaults themselves, is paid by the agents ' +
    'or lets a reservation run out: the fees are burned, or shared by the agent and its pool, and what is less than a gwei is kept.',
  needs: ['canInjectFaults'],
  draws: 0,
  required: REQUIRED,
  requiredAnywhere: REQUIRED,
  steps({ partnerAddress }) {
    const naming =
      (executorFeeWei: string, params = {}) =>
      () => ({
        executor: partnerAddress,
        executorFeeWei,
        ...params,
      });
    return [
      step(mintRandomAgent, [0, 0, 0], naming('999999999')),
      step(mintRandomAgent, [CHOICE_MAX, 0, 0], naming('1000000007')),
      // Two agents' tickets, of which one gets one gwei and the other two.
      step(redeem, [0, 0], naming('3000000000', { lots: '2' })),
      step(mintRandomAgent, [0, 0, 0], naming('0')),
      step(redeemUnpaid, [0, 0], naming('1000000000')),
      step(redeemDefault, [0]),
      step(mintStopBeforePayment, [0, 0, 0], naming('1000000000')),
      step(waitForOthers, []),
    ];
  },
};
