/** A payment mints for the one reservation that its reference names, even if it is large enough for another one. */
import type { View } from '../../support/sequence/bundle.ts';
import { mintStopBeforeExecution } from '../mint-stop-before-execution.ts';
import { type Execution, execute, paid } from './executing.ts';
import { defineRefusal, first } from './refusal.ts';

export const executeWithOtherPayment = defineRefusal({
  name: 'execute-with-other-payment',
  story: 'executes a minting with the payment that was made to the same agent for another, larger one',
  error: 'InvalidMintingReference',
  arrange: [first(mintStopBeforeExecution), first(mintStopBeforeExecution)],
  plan: (view) => exchanged(view) ?? 'the user has no two paid mintings with one agent',
  attempt: execute,
});

/** A minting with the payment of another one that covers it. */
function exchanged(view: View): Execution | undefined {
  const candidates = paid(view);
  const fieldsOf = ({ minting }: Execution) => view.user.records[minting] ?? {};
  const valueUba = (execution: Execution) => BigInt(fieldsOf(execution)['valueUba'] ?? 0);
  for (const one of candidates) {
    const other = candidates.find(
      (candidate) =>
        candidate !== one &&
        fieldsOf(candidate)['agentVault'] === fieldsOf(one)['agentVault'] &&
        valueUba(candidate) >= valueUba(one),
    );
    if (other !== undefined) return { minting: one.minting, paymentHash: other.paymentHash };
  }
  return undefined;
}
