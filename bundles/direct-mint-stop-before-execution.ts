/** Pays the core vault, then stops, like a user whose process died: the minting stays pending until somebody executes it. */
import type { Actors } from '../support/actors/actors.ts';
import { directMintingRecord } from '../support/model/records.ts';
import { joinExpectations } from '../support/model/statement.ts';
import { defineBundle } from '../support/sequence/bundle.ts';
import {
  type DirectMintPlan,
  canMintDirectly,
  chooseDirectUba,
  directPlan,
  expectedPayment,
  payDirectly,
} from './direct-minting.ts';

export const directMintStopBeforeExecution = defineBundle<Actors, DirectMintPlan, string>({
  name: 'direct-mint-stop-before-execution',
  story: 'pays the core vault for a direct minting and stops before executing it',
  choices: ['amount'],
  // Elsewhere anybody may execute a payment before its payer does, which nothing here expects yet.
  needs: ['directMinting', 'ownDevnet'],
  arrange: [],
  enabled: canMintDirectly,
  resolve: (view, [amount = 0]) => directPlan(view, chooseDirectUba(view, amount), 0),
  run: payDirectly,
  expected(_view, plan, paymentHash) {
    const record = directMintingRecord(paymentHash);
    return joinExpectations(expectedPayment(plan), {
      movements: [],
      records: { [record]: { status: 'ACTIVE' } },
      claims: [],
      notes: { [record]: { paymentHash, paymentUba: plan.paymentUba } },
    });
  },
});
