/** What bundles about unpaid redemptions share: which redemptions are overdue, and what proves it. */
import type { Redeemer } from '../support/actors/redeemer.ts';
import type { UnpaidRequest } from '../support/readers/record-reads.ts';
import { redemptionReference } from '../support/model/background.ts';
import type { RecordId } from '../support/model/state.ts';
import { type Choices, type View, choose } from '../support/sequence/bundle.ts';
import { isWindowOver } from './redeeming.ts';
import { activeRecords, idOf, isRedemption } from '../support/model/records.ts';

export interface DefaultPlan extends Record<string, string> {
  readonly redemption: RecordId;
  readonly agentVault: string;
  readonly valueUba: string;
  readonly paymentUba: string;
}

/** One drawn number picks among all that can be defaulted. */
export const ofOverdue = {
  choices: ['redemption'],
  arrange: ['mint-random-agent', 'redeem-unpaid'],
  enabled: (view: View): true | string =>
    overdue(view).length > 0 || 'no redemption is past its payment window and unpaid',
  resolve(view: View, [choice = 0]: Choices): DefaultPlan {
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
};

/** The request of the plan, from what its redeemer knows. */
export function requestOf({ redemption, paymentUba }: DefaultPlan, redeemer: Redeemer, view: View): UnpaidRequest {
  const { firstBlock = 0, lastBlock = 0, lastTimestampS = 0 } = view.notes[redemption] ?? {};
  const id = idOf(redemption);
  return {
    id,
    paymentAddress: redeemer.ledgerAddress,
    paymentReference: `0x${redemptionReference(id)}`,
    paymentUba: BigInt(paymentUba),
    firstBlock: BigInt(firstBlock),
    lastBlock: BigInt(lastBlock),
    lastTimestampS: BigInt(lastTimestampS),
  };
}

/** Open requests whose payment window is over by ledger and by time, and whose payment has not arrived. */
function overdue(view: View): RecordId[] {
  return activeRecords(view.user.records)
    .filter(isRedemption)
    .filter((id) => view.paid?.has(id) !== true)
    .filter((id) => isWindowOver(view, id));
}
