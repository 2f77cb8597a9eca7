/**
 * Prices come between the quote and the act: what depends on them is right by the price of the transaction, or refused as
 * documented. Together with jumping prices a publication stays within the twentieth that users send on top of a fee.
 */
import type { Fault } from './fault.ts';

export const pricePublishedLate: Fault = {
  name: 'price-published-late',
  story: 'another price of XRP is published between what a user sees and what they do',
  plan: {},
  priceShiftsBips: [151, -151, 0],
  ending: 'SUCCESSFUL',
};
