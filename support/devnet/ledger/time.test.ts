import { expect, test } from 'vitest';
import { closeTimeS, humanTime, isoTime, rippleEpochS } from './time.ts';

test.each([
  { name: 'no rounding', now: 107, resolution: 1, parent: 0, expected: 107 },
  { name: 'down to the nearest', now: 104, resolution: 10, parent: 0, expected: 100 },
  { name: 'halves go up', now: 105, resolution: 10, parent: 0, expected: 110 },
  { name: 'always after the parent', now: 107, resolution: 1, parent: 107, expected: 108 },
  { name: 'also if rounding would fall behind', now: 104, resolution: 10, parent: 103, expected: 104 },
  { name: 'also if the clock stands still', now: 107, resolution: 10, parent: 500, expected: 501 },
])('close time: $name', ({ now, resolution, parent, expected }) => {
  expect(closeTimeS(now + rippleEpochS, resolution, parent + rippleEpochS)).toBe(expected + rippleEpochS);
});

test('texts', () => {
  expect(isoTime(rippleEpochS)).toBe('2000-01-01T00:00:00Z');
  expect(humanTime(rippleEpochS + 3661, 9)).toBe('2000-Jan-01 01:01:01.000000000 UTC');
});
