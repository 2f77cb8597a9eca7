/** A payment to the core vault can be executed at any later time, also when those of agents are over. */
import type { Actors } from '../support/actors/actors.ts';
import { directMintExecutePending } from '../bundles/direct-mint-execute-pending.ts';
import { directMintStopBeforeExecution } from '../bundles/direct-mint-stop-before-execution.ts';
import { mintExecutePending } from '../bundles/mint-execute-pending.ts';
import { mintStopBeforeExecution } from '../bundles/mint-stop-before-execution.ts';
import { redeem } from '../bundles/redeem.ts';
import { waitForPaymentWindows } from '../bundles/wait-for-payment-windows.ts';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';
import { type Scenario, step } from '../support/sequence/scenario.ts';

const REQUIRED = [
  'direct-mint-stop-before-execution',
  'mint-stop-before-execution',
  'wait-for-payment-windows',
  'direct-mint-execute-pending',
  'mint-execute-pending',
];

export const executeDirectlyLate: Scenario<Actors> = {
  name: 'execute-directly-late',
  story:
    'A user pays the core vault and an agent, lets the payment window pass, executes both mintings then, and redeems all that there are tickets for.',
  needs: ['directMinting', 'ownDevnet'],
  draws: 3,
  required: REQUIRED,
  requiredAnywhere: REQUIRED,
  steps: ({ drawn: [amount = 0, agent = 0, lots = 0] }) => [
    step(directMintStopBeforeExecution, [amount]),
    step(mintStopBeforeExecution, [agent, lots, 0]),
    step(waitForPaymentWindows, []),
    step(directMintExecutePending, [0, amount]),
    step(mintExecutePending, [0]),
    step(redeem, [CHOICE_MAX, 0]),
  ],
};
