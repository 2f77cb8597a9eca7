/** No more than so many turns in any second, in the order asked for. */
import { expect, test } from 'vitest';
import { Pacer } from './pacer.ts';

/** When each caller gets their turn; no time passes but in pauses, each of which takes `lateMs` longer than it should. */
async function turns(perS: number | undefined, callers: number, lateMs = 0): Promise<number[]> {
  let nowMs = 50;
  const pause = async (milliseconds: number) => void (nowMs += milliseconds + lateMs);
  const pacer = new Pacer(perS, () => nowMs, pause);
  const atMs: number[] = [];
  for (let caller = 0; caller < callers; caller += 1) {
    await pacer.turn();
    atMs.push(nowMs);
  }
  return atMs;
}

test('one goes at once, the others one after the other, with a fifth to spare', async () => {
  expect(await turns(20, 4)).toEqual([50, 112.5, 175, 237.5]);
  expect(await turns(0.5, 2)).toEqual([50, 2550]);
});

test('who is late does not make the next one come sooner', async () => {
  expect(await turns(10, 3, 70)).toEqual([50, 245, 440]);
});

test('without a limit nobody waits', async () => expect(await turns(undefined, 3)).toEqual([50, 50, 50]));

test('time that passes counts', async () => {
  let nowMs = 0;
  const pauses: number[] = [];
  const pacer = new Pacer(
    10,
    () => nowMs,
    async (milliseconds) => {
      pauses.push(milliseconds);
      nowMs += milliseconds;
    },
  );
  for (const at of [0, 70, 500]) {
    nowMs = at;
    await pacer.turn();
  }
  expect(pauses).toEqual([55]);
});
