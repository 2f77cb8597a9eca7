import { describe, expect, test } from 'vitest';
import { VirtualClock } from './virtual-clock.ts';

/** A clock at second 100 and what its jobs have done. */
function clockWithJobs(...jobs: [name: string, intervalS: number, firstAtS: number][]) {
  const runs: string[] = [];
  const clock = new VirtualClock({ startS: 100 });
  for (const [name, intervalS, firstAtS] of jobs) {
    const run = async (atS: number) => void runs.push(`${name} ${atS} ${clock.nowS()}`);
    clock.every({ name, intervalS, firstAtS, run });
  }
  return { clock, runs };
}

describe('VirtualClock', () => {
  test('runs jobs in order of time, then of registration, with now = their time', async () => {
    const { clock, runs } = clockWithJobs(['slow', 4, 104], ['quick', 2, 102]);
    expect(await clock.advanceTo(106)).toBe(106);
    expect(runs).toEqual(['quick 102 102', 'slow 104 104', 'quick 104 104', 'quick 106 106']);
  });

  test('time stands still between moves and never goes back', async () => {
    const { clock, runs } = clockWithJobs(['job', 5, 105]);
    expect(await clock.advanceTo(104)).toBe(104);
    expect(await clock.advanceTo(90)).toBe(104);
    expect(clock.nowS()).toBe(104);
    expect(runs).toEqual([]);
  });

  test('a failing job stops the move at its time and is due again', async () => {
    const { clock, runs } = clockWithJobs(['after', 10, 110]);
    let fails = true;
    const run = async () => {
      if (fails) throw new Error('broken');
    };
    clock.every({ name: 'weak', intervalS: 10, firstAtS: 105, run });
    await expect(clock.advanceTo(120)).rejects.toThrow('weak at 105: broken');
    expect(clock.nowS()).toBe(105);
    fails = false;
    expect(await clock.advanceTo(112)).toBe(112);
    expect(runs).toEqual(['after 110 110']);
  });

  test('a job cannot move time', async () => {
    const { clock } = clockWithJobs();
    clock.every({ name: 'eager', intervalS: 1, firstAtS: 101, run: async () => void (await clock.advanceTo(200)) });
    await expect(clock.advanceTo(101)).rejects.toThrow('already moving');
  });

  test('show sees the new time once, after all jobs', async () => {
    const seen: string[] = [];
    const clock = new VirtualClock({ startS: 100, show: async (atS) => void seen.push(`show ${atS}`) });
    clock.every({ name: 'job', intervalS: 2, firstAtS: 102, run: async (atS) => void seen.push(`job ${atS}`) });
    await clock.advanceTo(105);
    expect(seen).toEqual(['job 102', 'job 104', 'show 105']);
  });

  test('a snapshot puts back the time and the due times, any number of times', async () => {
    const { clock, runs } = clockWithJobs(['job', 10, 110]);
    await clock.advanceTo(115);
    const restore = await clock.snapshot();
    for (const _ of [1, 2]) {
      runs.length = 0;
      await clock.advanceTo(135);
      expect(runs).toEqual(['job 120 120', 'job 130 130']);
      await restore();
      expect(clock.nowS()).toBe(115);
    }
  });

  test.for([0, 0.5, -1])('refuses an interval of %s seconds', (intervalS) => {
    const { clock } = clockWithJobs();
    expect(() => clock.every({ name: 'odd', intervalS, firstAtS: 101, run: async () => undefined })).toThrow('odd');
  });

  test('refuses a time that is no whole second', async () => {
    await expect(clockWithJobs().clock.advanceTo(100.5)).rejects.toThrow('whole Unix seconds');
  });
});
