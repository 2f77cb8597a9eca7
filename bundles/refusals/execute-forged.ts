/** A proof counts as it was proven, to the last field; whoever changes one has another proof, which the FDC does not know. */
import { act } from '../../support/probes/acts.ts';
import { forgedClaims } from '../../support/probes/forging.ts';
import { idOf } from '../../support/model/records.ts';
import { mintStopBeforeExecution } from '../mint-stop-before-execution.ts';
import { EXECUTION_PARAMS, aboutPaid, named } from './executing.ts';
import { defineForging } from './forging.ts';
import { first } from './refusal.ts';

export const executeForged = defineForging({
  name: 'execute-forged',
  story: 'executes a paid minting with a proof in which one field is changed, each field in turn',
  error: 'LegalPaymentNotProven',
  params: EXECUTION_PARAMS,
  arrange: [first(mintStopBeforeExecution)],
  about: aboutPaid,
  plan: (_view, params) => named(params),
  async claims({ minting, paymentHash }, { minter, prober }) {
    const proof = await minter.prove(paymentHash);
    const facts = await prober.facts();
    return forgedClaims(prober, facts, proof, {
      name: 'executeMinting',
      error: 'LegalPaymentNotProven',
      earlier: { 'responseBody.status': 'PaymentFailed', sourceId: 'InvalidChain' },
      callWith: (forged) => act(facts, minter.address, 'executeMinting', [forged, idOf(minting)]),
    });
  },
});
