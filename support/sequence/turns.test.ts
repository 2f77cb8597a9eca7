/** Whose turn it is: by the schedule, 0 goes on with the same user, time moves only when all wait. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Floor, type Lane, type TimeMachine, sideBySide, takeTurns } from './turns.ts';

/** Time that moves only when told to; every advance is written down. */
class Clock implements TimeMachine {
  readonly advances: number[] = [];
  #nowS = 1_000;

  async nowS(): Promise<number> {
    return this.#nowS;
  }

  async advanceTo(atS: number): Promise<number> {
    this.advances.push(atS);
    this.#nowS = atS;
    return atS;
  }
}

/** A lane that notes each act and the time of it, waiting so many seconds after each. */
const lane = (name: string, acts: string[], waitsS: readonly number[]): Lane => ({
  name,
  run: async (waiter) => {
    for (const [index, waitS] of waitsS.entries()) {
      acts.push(`${name}${index + 1}@${(await waiter.nowS()) - 1_000}`);
      await waiter.sleepS(waitS);
    }
  },
});

async function play(schedule: readonly number[], lanes: Readonly<Record<string, readonly number[]>>) {
  const clock = new Clock();
  const acts: string[] = [];
  const players = Object.entries(lanes).map(([name, waitsS]) => lane(name, acts, waitsS));
  await takeTurns(players, clock, schedule);
  return { acts: acts.join(' '), advances: clock.advances.map((atS) => atS - 1_000) };
}

describe('takeTurns', () => {
  test('0, and the end of the schedule, go on with the same user until it has to wait', async () => {
    const sequential = await play([], { a: [0, 0, 0], b: [0, 0] });
    expect(sequential.acts).toBe('a1@0 a2@0 a3@0 b1@0 b2@0');
    expect(await play([0, 0, 0, 0, 0, 0], { a: [0, 0, 0], b: [0, 0] })).toEqual(sequential);
  });

  test('n picks the n-th user after the one whose turn it was, around the end', async () => {
    expect((await play([1, 1, 1, 1], { a: [0, 0], b: [0, 0] })).acts).toBe('b1@0 a1@0 b2@0 a2@0');
    expect((await play([2, 0, 1, 2], { a: [0, 0], b: [0], c: [0, 0] })).acts).toBe('c1@0 c2@0 a1@0 a2@0 b1@0');
    expect((await play([5], { a: [0], b: [0] })).acts).toBe('b1@0 a1@0');
  });

  test('time moves to the earliest wake-up, and only when nobody is ready', async () => {
    expect(await play([], { a: [30, 0], b: [10, 10, 5] })).toEqual({
      acts: 'a1@0 b1@0 b2@10 b3@20 a2@30',
      advances: [10, 20, 25, 30],
    });
  });

  test('those who wake at the same second are picked by the schedule too', async () => {
    const lanes = { a: [10, 0], b: [10, 0] };
    expect((await play([0, 0], lanes)).acts).toBe('a1@0 b1@0 b2@10 a2@10');
    expect((await play([0, 0, 1], lanes)).acts).toBe('a1@0 b1@0 a2@10 b2@10');
  });

  test('one acts at a time, whatever it awaits on the way', async () => {
    let acting = 0;
    let most = 0;
    const busy = (name: string): Lane => ({
      name,
      run: async (waiter) => {
        for (let act = 0; act < 5; act += 1) {
          acting += 1;
          most = Math.max(most, acting);
          await new Promise((resolve) => setImmediate(resolve));
          acting -= 1;
          await waiter.sleepS(act % 2);
        }
      },
    });
    await takeTurns([busy('a'), busy('b'), busy('c')], new Clock(), [1, 2, 1, 0, 2, 1]);
    expect(most).toBe(1);
  });

  test('the first failure ends the run with its error; nobody else acts after it', async () => {
    const acts: string[] = [];
    const failing: Lane = {
      name: 'b',
      run: async (waiter) => {
        await waiter.sleepS(5);
        throw new Error('b is broken');
      },
    };
    const lanes = [lane('a', acts, [10, 0]), failing];
    await expect(takeTurns(lanes, new Clock(), [])).rejects.toThrow('b is broken');
    expect(acts).toEqual(['a1@0']);
  });

  test('a failure before the first wait counts as well', async () => {
    const failing: Lane = {
      name: 'a',
      run: async () => {
        throw new Error('at once');
      },
    };
    await expect(takeTurns([failing], new Clock(), [])).rejects.toThrow('at once');
  });

  test('a clock that fails ends the run', async () => {
    const clock: TimeMachine = {
      nowS: async () => 0,
      advanceTo: async () => {
        throw new Error('the devnet is gone');
      },
    };
    await expect(takeTurns([lane('a', [], [5])], clock, [])).rejects.toThrow('the devnet is gone');
  });

  test('nobody to play ends at once', async () => {
    expect(await play([1, 2], {})).toEqual({ acts: '', advances: [] });
  });

  test('the same schedule gives the same interleaving, and everybody gets to the end', async () => {
    const waits = fc.array(fc.nat({ max: 20 }), { maxLength: 6 });
    const lanes = fc.record({ a: waits, b: waits, c: waits });
    await fc.assert(
      fc.asyncProperty(lanes, fc.array(fc.nat({ max: 4 }), { maxLength: 30 }), async (drawn, schedule) => {
        const once = await play(schedule, drawn);
        expect(await play(schedule, drawn)).toEqual(once);
        const acts = once.acts === '' ? [] : once.acts.split(' ');
        expect(acts).toHaveLength(drawn.a.length + drawn.b.length + drawn.c.length);
        expect(once.advances).toEqual(once.advances.toSorted((x, y) => x - y));
      }),
      { numRuns: 50 },
    );
  });
});

describe('sideBySide', () => {
  const waiter = { nowS: async () => 0, sleepS: async () => undefined };

  test('lets everybody end before it tells of a failure', async () => {
    const ended: string[] = [];
    const lanes: Lane[] = [
      {
        name: 'a',
        run: async () => {
          throw new Error('a is broken');
        },
      },
      {
        name: 'b',
        run: async (given) => {
          await given.sleepS(1);
          ended.push('b');
        },
      },
    ];
    await expect(sideBySide(lanes, waiter, new Floor())).rejects.toThrow('a is broken');
    expect(ended).toEqual(['b']);
  });

  test('lets only one act between two waits, also over several calls', async () => {
    const heard: string[] = [];
    const lane = (name: string): Lane => ({
      name,
      run: async (given) => {
        for (const act of [1, 2]) {
          heard.push(`${name} begins ${act}`);
          // Longer than the other's whole lane would take.
          for (let tick = 0; tick < 50; tick += 1) await Promise.resolve();
          heard.push(`${name} ends ${act}`);
          await given.sleepS(1);
        }
      },
    });
    const floor = new Floor();
    await Promise.all([sideBySide([lane('a'), lane('b')], waiter, floor), sideBySide([lane('c')], waiter, floor)]);
    expect(heard).toHaveLength(12);
    const pairs = heard.filter((_, index) => index % 2 === 0).map((begun, index) => [begun, heard[2 * index + 1]]);
    for (const [begun, ended] of pairs) expect(ended).toBe(begun?.replace('begins', 'ends'));
    // Nobody is served twice before the others were served once.
    expect(pairs.map(([begun]) => begun?.[0])).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
  });

  test('who fails gives the floor away', async () => {
    const floor = new Floor();
    const broken: Lane = { name: 'a', run: () => Promise.reject(new Error('a is broken')) };
    await expect(sideBySide([broken], waiter, floor)).rejects.toThrow('a is broken');
    (await floor.take())();
  });
});
