import { expect, test } from 'vitest';
import { Remembered } from './remembered.ts';

/** Fails as often as said, then gives the number of the reading. */
function failing(times: number) {
  let readings = 0;
  const read = async (): Promise<number> => {
    readings += 1;
    if (readings <= times) throw new Error(`down, reading ${readings}`);
    return readings;
  };
  return { read, readings: () => readings };
}

test('an answer is read once, also for those who ask while it is being read', async () => {
  const { read, readings } = failing(0);
  const known = new Remembered<number>();
  expect(await Promise.all([known.of('a', read), known.of('a', read)])).toEqual([1, 1]);
  expect(await known.of('a', read)).toBe(1);
  expect(readings()).toBe(1);
  expect(await known.of('b', read), 'another question').toBe(2);
});

test('a failure is told to all who waited for it, and not remembered', async () => {
  const { read, readings } = failing(1);
  const known = new Remembered<number>();
  const asked = await Promise.allSettled([known.of('a', read), known.of('a', read)]);
  expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(readings()).toBe(1);
  expect(known.has('a')).toBe(false);
  expect(await known.of('a', read)).toBe(2);
});

test('an answer is forgotten only while it is the one that is known', async () => {
  const { read } = failing(0);
  const known = new Remembered<number>();
  const first = known.of('a', read);
  known.forget('a', first);
  expect(await known.of('a', read)).toBe(2);
  known.forget('a', first);
  expect(await known.of('a', read)).toBe(2);
});
