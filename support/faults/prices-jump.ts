/** The price of XRP jumps every round: whatever is computed with it must be computed with the one of the transaction. */
import type { Fault } from './fault.ts';

export const pricesJump: Fault = {
  name: 'prices-jump',
  story: 'the price of XRP jumps by three percent every voting round',
  plan: { prices: { jumpBips: 313 } },
  ending: 'SUCCESSFUL',
};
