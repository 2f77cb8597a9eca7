/** How long timelocks are waited for. */
import { expect, test } from 'vitest';
import { sampleMarket } from '../support/model/testing/sample-market.ts';
import { waitForTimelock } from './wait-for-timelock.ts';
import { comesTo, viewOf } from './testing/examples.ts';

const NOW_S = sampleMarket().point.timeS;
const lock = (inS: number) => ({ tokensWei: 1n, endS: BigInt(NOW_S + inS) });

test.each([
  ['until the last lock ends', viewOf({ timelocks: { '0x01': [lock(61), lock(9)], '0x02': [lock(60)] } }), '61'],
  ['not at all when there is none', viewOf(), '0'],
])('%s', async (_name, view, seconds) => {
  const waited: number[] = [];
  const poolManager = { wait: async (time: number) => void waited.push(time) };
  expect(waitForTimelock.enabled(view, {})).toBe(true);
  expect(waitForTimelock.resolve(view, [], {}).plan).toMatchObject({ seconds });
  expect((await comesTo(waitForTimelock, view, [], { poolManager })).movements).toEqual([]);
  expect(waited).toEqual([Number(seconds)]);
});
