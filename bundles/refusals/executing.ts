/** What the refusals of executions share: which reservations are paid, and an attempt to execute one. */
import type { Actors } from '../../support/actors/actors.ts';
import type { Params, View } from '../../support/sequence/bundle.ts';
import { SHORT_PAYMENT } from './mint-underpay.ts';
import { activeRecords, idOf, isMinting } from '../../support/model/records.ts';

/** A reservation with a payment that was made for it, or for another one. */
export interface Execution extends Record<string, string> {
  readonly minting: string;
  readonly paymentHash: string;
}

export const EXECUTION_PARAMS = ['minting', 'paymentHash'];

/** Active reservations that are paid. */
export const paid = (view: View): Execution[] => withNote(view, 'paymentHash');

/** Active reservations that one drop is missing for. */
export const underpaid = (view: View): Execution[] => withNote(view, SHORT_PAYMENT);

/** The first paid reservation as parameters, while there is one. */
export const aboutPaid = (view: View): Params => paid(view)[0] ?? {};

/** The execution that the parameters name. */
export function named({ minting, paymentHash }: Params): Execution | string {
  if (minting === undefined || paymentHash === undefined) return 'no minting is named';
  return { minting, paymentHash };
}

export const execute = ({ minting, paymentHash }: Execution, { minter }: Actors): Promise<unknown> =>
  minter.execute(idOf(minting), paymentHash);

function withNote({ user, notes }: View, note: string): Execution[] {
  return activeRecords(user.records)
    .filter(isMinting)
    .flatMap((minting) => {
      const paymentHash = notes[minting]?.[note];
      return paymentHash === undefined ? [] : [{ minting, paymentHash }];
    });
}
