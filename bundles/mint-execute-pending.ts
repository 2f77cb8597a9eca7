/** Executes a random minting that was paid and never executed. */
import type { Actors } from '../support/actors/actors.ts';
import type { ExecutedMinting } from '../support/actors/minter.ts';
import type { RecordId } from '../support/model/state.ts';
import { type View, choose, defineBundle } from '../support/sequence/bundle.ts';
import { expectedExecution } from './minting.ts';
import { executionStates } from '../support/model/states.ts';
import { awaitsExecution, idOf } from '../support/model/records.ts';

interface PendingPlan extends Record<string, string> {
  readonly minting: RecordId;
  readonly paymentHash: string;
}

export const mintExecutePending = defineBundle<Actors, PendingPlan, ExecutedMinting>({
  name: 'mint-execute-pending',
  story: 'executes a random minting that was paid and left pending',
  choices: ['minting'],
  arrange: ['mint-stop-before-execution'],
  enabled: (view) => pending(view).length > 0 || 'no paid minting is pending',
  resolve(view, [choice = 0]) {
    const minting = choose(pending(view), choice);
    return { minting, paymentHash: view.notes[minting]?.['paymentHash'] ?? '' };
  },
  run: (plan, { minter }) => minter.execute(idOf(plan.minting), plan.paymentHash),
  expected(view, plan, executed) {
    const fields = view.user.records[plan.minting] ?? {};
    const amount = (text: string | undefined) => BigInt(text ?? 0);
    const poolFeeUba = amount(view.notes[plan.minting]?.['poolFeeUba']);
    const execution = expectedExecution(
      plan.minting,
      {
        valueUba: amount(fields['valueUba']),
        feeUba: amount(fields['feeUba']),
        poolFeeUba,
      },
      executed,
    );
    return { ...execution, reached: executionStates(view.market, fields, poolFeeUba) };
  },
});

function pending(view: View): RecordId[] {
  return Object.keys(view.user.records).filter((id) => awaitsExecution(view.user.records[id], view.notes[id]));
}
