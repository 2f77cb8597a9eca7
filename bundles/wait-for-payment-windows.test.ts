/** How long payment windows are waited for. */
import { expect, test } from 'vitest';
import { sampleMarket } from '../support/model/testing/sample-market.ts';
import { waitForPaymentWindows } from './wait-for-payment-windows.ts';
import { comesTo, viewOf, withRecords } from './testing/examples.ts';

const NOW_S = sampleMarket().point.timeS;
const ending = (inS: number, status = 'ACTIVE') => ({ status, lastTimestampS: String(NOW_S + inS) });

test.each([
  [
    'until a second behind the last window of what is open',
    withRecords({ 'minting 1': ending(60), 'minting 2': ending(9), 'minting 3': ending(99, 'SUCCESSFUL') }),
    '61',
  ],
  ['not at all when there is none', viewOf(), '0'],
])('%s', async (_name, view, seconds) => {
  const waited: number[] = [];
  const poolManager = { wait: async (time: number) => void waited.push(time) };
  expect(waitForPaymentWindows.enabled(view, {})).toBe(true);
  expect(waitForPaymentWindows.resolve(view, [], {}).plan).toMatchObject({ seconds });
  expect((await comesTo(waitForPaymentWindows, view, [], { poolManager })).movements).toEqual([]);
  expect(waited).toEqual([Number(seconds)]);
});
