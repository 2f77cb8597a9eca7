/** A fee for an executor who does not exist would be lost. */
import { mintRandomAgent } from '../mint-random-agent.ts';
import { canRedeem } from '../redeeming.ts';
import { defineRefusal, first } from './refusal.ts';

/** The smallest fee there is: executor fees are in whole gwei, and less is kept without a word. */
const ONE_GWEI = 1_000_000_000n;

export const redeemExecutorFeeWithoutExecutor = defineRefusal({
  name: 'redeem-executor-fee-without-executor',
  story: 'redeems a lot with a fee for an executor and without an executor',
  error: 'ExecutorFeeWithoutExecutor',
  arrange: [first(mintRandomAgent)],
  plan(view) {
    const enabled = canRedeem(view);
    return enabled === true ? { executorFeeWei: String(ONE_GWEI) } : enabled;
  },
  attempt: ({ executorFeeWei }, { redeemer }) => redeemer.redeem(1n, { executorFeeWei: BigInt(executorFeeWei) }),
});
