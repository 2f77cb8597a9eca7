/** How long payment windows are waited for. */
import { expect, test } from 'vitest';
import { sampleMarket } from '../support/model/testing/sample-market.ts';
import { waitForPaymentWindows } from './wait-for-payment-windows.ts';
import { comesTo, viewOf, withRecords } from './testing/examples.ts';

const { timeS: NOW_S, ledger: LEDGER } = sampleMarket().point;
const ending = (inS: number, status = 'ACTIVE', lastBlock = 0) => ({
  status,
  lastTimestampS: String(NOW_S + inS),
  lastBlock: String(lastBlock),
});

/** A ledger closes every 4 seconds, and the market is looked at in these ledgers. */
const waiting = (...ledgers: readonly number[]) => {
  const waited: number[] = [];
  const seen = [...ledgers];
  const actors = {
    poolManager: { wait: async (time: number) => void waited.push(time) },
    hands: { ledgerCloseS: 4 },
    look: async () => ({ market: { point: { ledger: seen.shift() } } }),
  };
  return { waited, actors };
};

test.each([
  [
    'until a second behind the last window of what is open',
    withRecords({ 'minting 1': ending(60), 'minting 2': ending(9), 'minting 3': ending(99, 'SUCCESSFUL') }),
    [61],
  ],
  [
    'until the last ledger of a window has closed too, in which something can still be paid in time',
    withRecords({ 'minting 1': ending(60, 'ACTIVE', LEDGER + 30), 'minting 2': ending(9, 'ACTIVE', LEDGER + 7) }),
    [61, 12, 4],
  ],
  ['not at all when there is none', viewOf(), [0]],
])('%s', async (_name, view, seconds) => {
  const { waited, actors } = waiting(LEDGER + 28, LEDGER + 30, LEDGER + 31);
  expect(waitForPaymentWindows.enabled(view, {})).toBe(true);
  expect(waitForPaymentWindows.resolve(view, [], {}).plan).toMatchObject({ seconds: String(seconds[0]) });
  expect((await comesTo(waitForPaymentWindows, view, [], actors)).movements).toEqual([]);
  expect(waited).toEqual(seconds);
});
