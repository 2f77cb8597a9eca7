/** Executes a random direct minting that was paid and never executed. */
import type { Actors } from '../support/actors/actors.ts';
import { awaitsExecution, directMintingPayment } from '../support/model/records.ts';
import type { RecordId } from '../support/model/state.ts';
import { joinExpectations } from '../support/model/statement.ts';
import { CHOICE_MAX, type Plan, type View, choose, defineBundle } from '../support/sequence/bundle.ts';
import {
  type ObservedDirectMinting,
  executeDirectly,
  expectedDirectExecution,
  mostAtOnceUba,
} from './direct-minting.ts';

interface PendingPlan extends Plan {
  readonly minting: RecordId;
  readonly paymentHash: string;
  /** What was paid. */
  readonly paymentUba: string;
  /** The proof can be used by the user only, not by anybody. */
  readonly isOwnProof: boolean;
}

export const directMintExecutePending = defineBundle<Actors, PendingPlan, ObservedDirectMinting>({
  name: 'direct-mint-execute-pending',
  story: 'executes a random direct minting that was paid and left pending',
  choices: ['minting', 'proof owner'],
  needs: ['directMinting'],
  arrange: ['direct-mint-stop-before-execution'],
  mints: true,
  enabled: (view) => pending(view).length > 0 || 'no direct minting is pending',
  resolve(view, [choice = 0, proofOwner = 0]) {
    const minting = choose(pending(view), choice);
    const { paymentHash = '', paymentUba = '' } = view.notes[minting] ?? {};
    return { minting, paymentHash, paymentUba, isOwnProof: proofOwner > CHOICE_MAX / 2 };
  },
  run: ({ paymentHash, isOwnProof }, actors) => executeDirectly(paymentHash, isOwnProof, actors),
  expected: (view, { minting, paymentUba }, seen) =>
    joinExpectations(expectedDirectExecution(view, BigInt(paymentUba), seen), {
      movements: [],
      records: { [minting]: { status: 'SUCCESSFUL' } },
      claims: [],
    }),
});

/** Those that would be put off wait until they are not. */
function pending(view: View): RecordId[] {
  const { user, notes } = view;
  return Object.keys(user.records)
    .filter((record) => directMintingPayment(record) !== undefined)
    .filter((record) => awaitsExecution(user.records[record], notes[record]))
    .filter((record) => BigInt(notes[record]?.['paymentUba'] ?? 0) <= mostAtOnceUba(view));
}
