/** Defaults an unpaid redemption of somebody else who has named the user as executor: the fee is the user's, the collateral is not. */
import type { Actors } from '../support/actors/actors.ts';
import type { RedemptionDefault } from '../support/actors/redeemer.ts';
import { idOf } from '../support/model/records.ts';
import type { RecordId } from '../support/model/state.ts';
import { NOTHING_EXPECTED } from '../support/model/statement.ts';
import { executorEndStates } from '../support/model/states.ts';
import { choose, defineBundle } from '../support/sequence/bundle.ts';
import { entrustedDefaults, entrustedFields, ownFee } from './executors.ts';
import { claim } from './movements.ts';

interface EntrustedPlan extends Record<string, string> {
  readonly redemption: RecordId;
}

export const redeemDefaultEntrusted = defineBundle<Actors, EntrustedPlan, RedemptionDefault | undefined>({
  name: 'redeem-default-entrusted',
  story: 'defaults, as the executor, a random redemption of somebody else that was not paid in time',
  choices: ['redemption'],
  arrange: ['mint-random-agent', 'redeem-unpaid'],
  triedByPartner: true,
  reachesPartner: true,
  enabled: (view) => entrustedDefaults(view).length > 0 || 'nobody has entrusted the user with an unpaid redemption',
  resolve: (view, [choice = 0]) => ({ redemption: choose(entrustedDefaults(view), choice).record }),
  async run({ redemption }, { redeemer }) {
    const request = await redeemer.readRequest(idOf(redemption));
    return redeemer.claimDefault(request, () => redeemer.isOpen(request.id));
  },
  expected(view, { redemption }, paid) {
    if (paid === undefined) return NOTHING_EXPECTED;
    const fields = entrustedFields(view, redemption);
    return {
      movements: ownFee(redemption, fields, fields['executor']),
      records: {},
      claims: [claim('RedemptionDefault redemptionAmountUBA', fields['valueUba'] ?? '0', paid.valueUba)],
      reached: executorEndStates('default', fields, fields['executor']),
    };
  },
});
