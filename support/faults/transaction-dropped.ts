/** The node forgets what it has taken: the client sends the same bytes again, and nothing happens twice. */
import type { Fault } from './fault.ts';

export const transactionDropped: Fault = {
  name: 'transaction-dropped',
  story: "users' transactions are taken by the node and forgotten until they are sent again",
  plan: {},
  chain: 'drop',
  ending: 'SUCCESSFUL',
};
