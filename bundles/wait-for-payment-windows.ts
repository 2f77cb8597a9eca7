/** Waits until the payment windows of all open mintings are over. A step of stories, not drawn at random. */
import { defineWait } from './waiting.ts';
import { isActive } from '../support/model/records.ts';
import type { RecordFields } from '../support/model/state.ts';
import type { View } from '../support/sequence/bundle.ts';

/** A payment is in time by either: a window is over when its last second is, and its last ledger has closed. */
export const waitForPaymentWindows = defineWait(
  'wait-for-payment-windows',
  'waits until no open minting can be paid any more',
  (view) => open(view).map(({ lastTimestampS = '0' }) => BigInt(lastTimestampS) + 1n),
  (view) => Math.max(0, ...open(view).map(({ lastBlock = '0' }) => Number(lastBlock))),
);

const open = ({ user }: View): RecordFields[] => Object.values(user.records).filter(isActive);
