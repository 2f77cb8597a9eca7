/** What the refusals of defaults share: the user's open redemptions, and a claim as the protocol's own record has it. */
import type { Actors } from '../../support/actors/actors.ts';
import type { UnpaidRequest } from '../../support/readers/record-reads.ts';
import type { Params, View } from '../../support/sequence/bundle.ts';
import { mintRandomAgent } from '../mint-random-agent.ts';
import { redeemUnpaid } from '../redeem-unpaid.ts';
import { isWindowOver } from '../redeeming.ts';
import { first } from './refusal.ts';
import { idOf, isRedemption, type RedemptionStatus } from '../../support/model/records.ts';

export interface DefaultClaim extends Record<string, string> {
  readonly redemption: string;
}

/** A redemption whose payment window is over and that nobody has paid. */
export const AN_UNPAID_REDEMPTION = [first(mintRandomAgent), first(redeemUnpaid)];

/** The first redemption with that status whose payment window is over, or is not. */
export function redemptionOf(view: View, status: RedemptionStatus, isOver: boolean): DefaultClaim | string {
  const found = Object.entries(view.user.records).find(([id, fields]) => {
    return isRedemption(id) && fields['status'] === status && isWindowOver(view, id) === isOver;
  });
  return found === undefined
    ? `the user has no ${status} redemption whose window is ${isOver ? 'over' : 'open'}`
    : { redemption: found[0] };
}

export const overdue = (view: View): DefaultClaim | string => redemptionOf(view, 'ACTIVE', true);

/** An overdue redemption as parameters, while there is one. */
export function aboutOverdue(view: View): Params {
  const found = overdue(view);
  return typeof found === 'string' ? {} : found;
}

/** Claims the default of a redemption, with something in the claim put otherwise. */
export async function claimDefault(
  { redemption }: DefaultClaim,
  { redeemer }: Actors,
  otherwise: (request: UnpaidRequest) => Partial<UnpaidRequest> = () => ({}),
): Promise<unknown> {
  const request = await redeemer.readRequest(idOf(redemption));
  return redeemer.claimDefault({ ...request, ...otherwise(request) });
}
