/** Waits until the payment windows of all open mintings are over. A step of stories, not drawn at random. */
import { defineWait } from './waiting.ts';
import { isActive } from '../support/model/records.ts';

export const waitForPaymentWindows = defineWait(
  'wait-for-payment-windows',
  'waits until no open minting can be paid any more',
  ({ user }) =>
    Object.values(user.records)
      .filter(isActive)
      .map(({ lastTimestampS = '0' }) => BigInt(lastTimestampS) + 1n),
);
