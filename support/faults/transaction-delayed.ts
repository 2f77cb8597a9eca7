/** The chain takes its time: a transaction is in no block for a while, and the client must neither despair nor act twice. */
import type { Fault } from './fault.ts';

export const transactionDelayed: Fault = {
  name: 'transaction-delayed',
  story: "users' transactions are mined a block later than they could be",
  plan: {},
  chain: 'delay',
  ending: 'SUCCESSFUL',
};
