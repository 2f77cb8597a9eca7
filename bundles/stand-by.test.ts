/** Standing by is always possible, and nothing comes of it. */
import { expect, test } from 'vitest';
import { standBy } from './stand-by.ts';
import { comesTo, viewOf } from './testing/examples.ts';

test('nothing is drawn, done or expected', async () => {
  expect(standBy.enabled(viewOf(), {})).toBe(true);
  expect(standBy.resolve(viewOf(), [], {}).plan).toEqual({});
  expect(await comesTo(standBy, viewOf(), [], {})).toEqual({ movements: [], records: {}, claims: [] });
});
