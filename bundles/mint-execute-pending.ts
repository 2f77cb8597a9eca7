/** Executes a random minting that was paid and never executed. */
import type { Actors } from '../support/actors/actors.ts';
import type { ExecutedMinting } from '../support/actors/minter.ts';
import type { RecordId } from '../support/model/state.ts';
import { NOTHING_EXPECTED, joinExpectations } from '../support/model/statement.ts';
import { type View, choose, defineBundle } from '../support/sequence/bundle.ts';
import { expectedExecution } from './minting.ts';
import { executionStates } from '../support/model/states.ts';
import { awaitsExecution, idOf, isMinting } from '../support/model/records.ts';

interface PendingPlan extends Record<string, string> {
  readonly minting: RecordId;
  readonly paymentHash: string;
}

export const mintExecutePending = defineBundle<Actors, PendingPlan, ExecutedMinting | undefined>({
  name: 'mint-execute-pending',
  story: 'executes a random minting that was paid and left pending',
  choices: ['minting'],
  arrange: ['mint-stop-before-execution'],
  enabled: (view) => pending(view).length > 0 || 'no paid minting is pending',
  resolve(view, [choice = 0]) {
    const minting = choose(pending(view), choice);
    return { minting, paymentHash: view.notes[minting]?.['paymentHash'] ?? '' };
  },
  async run({ minting, paymentHash }, { minter }, view) {
    // An executor, where one is named, may be quicker.
    const isNamed = view.user.records[minting]?.['executor'] !== undefined;
    return isNamed ? minter.executeIfOpen(idOf(minting), paymentHash) : minter.execute(idOf(minting), paymentHash);
  },
  expected(view, plan, executed) {
    const fields = view.user.records[plan.minting] ?? {};
    const poolFeeUba = BigInt(view.notes[plan.minting]?.['poolFeeUba'] ?? 0);
    return joinExpectations(expectedExecution(plan.minting, fields, poolFeeUba, executed), {
      ...NOTHING_EXPECTED,
      reached: executed === undefined ? [] : executionStates(view.market, fields, poolFeeUba),
    });
  },
});

function pending(view: View): RecordId[] {
  return Object.keys(view.user.records)
    .filter(isMinting)
    .filter((id) => awaitsExecution(view.user.records[id], view.notes[id]));
}
