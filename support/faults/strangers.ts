/** Somebody pays and gives to whoever uses the protocol: whatever is nobody's must be told apart from what is owed. */
import type { Fault } from './fault.ts';
import { EXCHANGE } from '../devnet/well-known.ts';

/** Less than any redemption is due, so that a payment that names more is partial. */
const MOST_DROPS = '654321';

export const strangers: Fault = {
  name: 'strangers',
  story: 'strangers pay dust, copied references, the due of others and less than they name, and give tokens away',
  plan: {
    strangers: { busy: true },
    ledger: { exchange: { account: EXCHANGE.ledgerAddress, mostDrops: MOST_DROPS } },
  },
  ending: 'SUCCESSFUL',
};
