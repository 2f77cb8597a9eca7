/** Takes the collateral for a random redemption that was not paid in time. */
import { NOTHING_EXPECTED } from '../support/model/statement.ts';
import type { Actors, Look } from '../support/actors/actors.ts';
import type { RedemptionDefault } from '../support/actors/redeemer.ts';
import { defaultPayout, defaultTerms } from '../support/model/redemption-default.ts';
import { defaultStates, executorEndStates } from '../support/model/states.ts';
import { defineBundle } from '../support/sequence/bundle.ts';
import { type DefaultPlan, ofOverdue, requestOf } from './defaulting.ts';
import { ownFee } from './executors.ts';
import { claim, own } from './movements.ts';

/** Undefined when somebody else ended the redemption while it was being proven; that is a background event. */
type ObservedDefault = TakenDefault | undefined;

interface TakenDefault {
  /** Just before the transaction, since the proof takes a while. */
  readonly before: Look;
  readonly paid: RedemptionDefault;
}

export const redeemDefault = defineBundle<Actors, DefaultPlan, ObservedDefault>({
  name: 'redeem-default',
  story: 'proves that a redemption was not paid in time and takes collateral for it',
  ...ofOverdue,
  async run(plan, { redeemer, look, lookBefore }, view) {
    const request = requestOf(plan, redeemer, view);
    const befores: Look[] = [];
    const paid = await redeemer.claimDefault(request, async () => {
      befores.push(await look());
      return redeemer.isOpen(request.id);
    });
    if (paid === undefined) return undefined;
    const [before] = befores;
    if (before === undefined) throw new Error('the default was sent without a look at what was there before');
    return { before: await lookBefore(paid.block, before), paid };
  },
  expected(view, plan, taken) {
    if (taken === undefined) return NOTHING_EXPECTED;
    const { before, paid } = taken;
    const { vaultToken, terms } = defaultTerms(before.market, plan.agentVault);
    const fields = view.user.records[plan.redemption] ?? {};
    const due = { ...terms, valueUba: BigInt(plan.valueUba) };
    const payout = defaultPayout(due);
    return {
      movements: [
        own(`vault token ${vaultToken}`, payout.vaultUnits, `default of ${plan.redemption}, from the vault`),
        own('wNat', payout.poolWei, `default of ${plan.redemption}, from the pool`),
        ...ownFee(plan.redemption, fields, fields['redeemer']),
      ],
      records: {
        [plan.redemption]: {
          status: 'DEFAULTED_UNCONFIRMED',
          ...(fields['executor'] !== undefined && { executorFeeWei: '0' }),
        },
      },
      reached: [...defaultStates(due, payout), ...executorEndStates('default', fields, fields['redeemer'])],
      claims: [
        claim('RedemptionDefault redemptionAmountUBA', plan.valueUba, paid.valueUba),
        claim('RedemptionDefault redeemedVaultCollateralWei', payout.vaultUnits, paid.vaultUnits),
        claim('RedemptionDefault redeemedPoolCollateralWei', payout.poolWei, paid.poolWei),
      ],
    };
  },
});
