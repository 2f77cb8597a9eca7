/** That nothing was paid counts as it was proven, to the last field. */
import { act } from '../../support/probes/acts.ts';
import { forgedClaims } from '../../support/probes/forging.ts';
import { idOf } from '../../support/model/records.ts';
import { AN_UNPAID_REDEMPTION, overdue } from './defaulting.ts';
import { defineForging } from './forging.ts';

export const defaultForged = defineForging({
  name: 'default-forged',
  story: 'claims a default with a proof in which one field is changed, each field in turn',
  error: 'NonPaymentNotProven',
  needs: ['canInjectFaults'],
  arrange: AN_UNPAID_REDEMPTION,
  about: () => ({}),
  plan: overdue,
  async claims({ redemption }, { redeemer, prober }) {
    const id = idOf(redemption);
    const proof = await redeemer.proveUnpaid(await redeemer.readRequest(id));
    const facts = await prober.facts();
    return forgedClaims(prober, facts, proof, {
      name: 'redemptionPaymentDefault',
      error: 'NonPaymentNotProven',
      earlier: { 'requestBody.checkSourceAddresses': 'SourceAddressesNotSupported', sourceId: 'InvalidChain' },
      callWith: (forged) => act(facts, redeemer.address, 'redemptionPaymentDefault', [forged, id]),
    });
  },
});
