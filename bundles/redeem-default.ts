/** Takes the collateral for a random redemption that was not paid in time. */
import { NOTHING_EXPECTED } from '../support/model/statement.ts';
import type { Actors, Look } from '../support/actors/actors.ts';
import type { RedemptionDefault } from '../support/actors/redeemer.ts';
import { redemptionReference } from '../support/model/background.ts';
import { defaultPayout, defaultTerms } from '../support/model/redemption-default.ts';
import type { RecordId } from '../support/model/state.ts';
import { type View, choose, defineBundle } from '../support/sequence/bundle.ts';
import { claim, own } from './movements.ts';
import { isWindowOver } from './redeeming.ts';

interface DefaultPlan extends Record<string, string> {
  readonly redemption: RecordId;
  readonly agentVault: string;
  readonly valueUba: string;
  readonly paymentUba: string;
}

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
  choices: ['redemption'],
  arrange: ['mint-random-agent', 'redeem-unpaid'],
  enabled: (view) => overdue(view).length > 0 || 'no redemption is past its payment window and unpaid',
  resolve(view, [choice = 0]) {
    const redemption = choose(overdue(view), choice);
    const fields = view.user.records[redemption] ?? {};
    const valueUba = BigInt(fields['valueUba'] ?? 0);
    return {
      redemption,
      agentVault: fields['agentVault'] ?? '',
      valueUba: String(valueUba),
      paymentUba: String(valueUba - BigInt(fields['feeUba'] ?? 0)),
    };
  },
  async run(plan, { redeemer, look, lookBefore }, view) {
    const notes = view.notes[plan.redemption] ?? {};
    const id = BigInt(plan.redemption.slice('redemption '.length));
    const befores: Look[] = [];
    const paid = await redeemer.claimDefault(
      {
        id,
        paymentAddress: redeemer.ledgerAddress,
        paymentReference: `0x${redemptionReference(id)}`,
        paymentUba: BigInt(plan.paymentUba),
        firstBlock: BigInt(notes['firstBlock'] ?? 0),
        lastBlock: BigInt(notes['lastBlock'] ?? 0),
        lastTimestampS: BigInt(notes['lastTimestampS'] ?? 0),
      },
      async () => {
        befores.push(await look());
        return redeemer.isOpen(id);
      },
    );
    if (paid === undefined) return undefined;
    const [before] = befores;
    if (before === undefined) throw new Error('the default was sent without a look at what was there before');
    return { before: await lookBefore(paid.block, before), paid };
  },
  expected(_view, plan, taken) {
    if (taken === undefined) return NOTHING_EXPECTED;
    const { before, paid } = taken;
    const collateralWei = before.user.pools[plan.agentVault]?.totals.collateralWei ?? 0n;
    const { vaultToken, terms } = defaultTerms(before.market, plan.agentVault, collateralWei);
    const payout = defaultPayout({ ...terms, valueUba: BigInt(plan.valueUba) });
    return {
      movements: [
        own(`vault token ${vaultToken}`, payout.vaultUnits, `default of ${plan.redemption}, from the vault`),
        own('wNat', payout.poolWei, `default of ${plan.redemption}, from the pool`),
      ],
      records: { [plan.redemption]: { status: 'DEFAULTED_UNCONFIRMED' } },
      claims: [
        claim('RedemptionDefault redemptionAmountUBA', plan.valueUba, paid.valueUba),
        claim('RedemptionDefault redeemedVaultCollateralWei', payout.vaultUnits, paid.vaultUnits),
        claim('RedemptionDefault redeemedPoolCollateralWei', payout.poolWei, paid.poolWei),
      ],
    };
  },
});

/** Open requests whose payment window is over by ledger and by time, and whose payment has not arrived. */
function overdue(view: View): RecordId[] {
  return Object.entries(view.user.records)
    .filter(([id, fields]) => id.startsWith('redemption ') && fields['status'] === 'ACTIVE')
    .map(([id]) => id)
    .filter((id) => view.paid?.has(id) !== true)
    .filter((id) => isWindowOver(view, id));
}
