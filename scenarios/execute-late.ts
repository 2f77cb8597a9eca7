/** Scenario 3: a minting that was paid in time can be executed when its payment window is over, at any later time. */
import type { Actors } from '../support/actors/actors.ts';
import { mintExecutePending } from '../bundles/mint-execute-pending.ts';
import { mintStopBeforeExecution } from '../bundles/mint-stop-before-execution.ts';
import { waitForPaymentWindows } from '../bundles/wait-for-payment-windows.ts';
import { type Scenario, step } from '../support/sequence/scenario.ts';

const REQUIRED = ['mint-stop-before-execution', 'wait-for-payment-windows', 'mint-execute-pending'];

export const executeLate: Scenario<Actors> = {
  name: 'execute-late',
  story:
    'A user reserves and pays a minting with a random agent, lets the payment window pass, and executes the minting then.',
  draws: 2,
  required: REQUIRED,
  requiredAnywhere: REQUIRED,
  steps: ({ drawn: [agent = 0, lots = 0] }) => [
    step(mintStopBeforeExecution, [agent, lots, 0]),
    step(waitForPaymentWindows, []),
    step(mintExecutePending, [0]),
  ],
};
