import { beforeEach, describe, expect, test, vi } from 'vitest';
import { RealtimeClock } from './realtime-clock.ts';

const START_S = 1_700_000_000;

const unexpected = (error: Error) => {
  throw error;
};
const breakDown = () => Promise.reject(new Error('broken'));

describe('RealtimeClock', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: START_S * 1000 });
    return () => void vi.useRealTimers();
  });

  test('runs a job at its times', async () => {
    const runs: number[] = [];
    const clock = new RealtimeClock({ onFailure: unexpected });
    clock.every({
      name: 'job',
      intervalS: 2,
      firstAtS: START_S + 1,
      run: async (atS) => void runs.push(atS - START_S),
    });
    await vi.advanceTimersByTimeAsync(6_000);
    expect(runs).toEqual([1, 3, 5]);
    expect(clock.nowS()).toBe(START_S + 6);
    await clock.stop();
  });

  test('never runs two jobs at once, and a late one once', async () => {
    const runs: string[] = [];
    const clock = new RealtimeClock({ onFailure: unexpected });
    const long = async () => {
      runs.push('long starts');
      await new Promise((resolve) => setTimeout(resolve, 3_500));
      runs.push('long ends');
    };
    clock.every({ name: 'long', intervalS: 100, firstAtS: START_S + 1, run: long });
    clock.every({
      name: 'short',
      intervalS: 1,
      firstAtS: START_S + 2,
      run: async (atS) => void runs.push(`short ${atS - START_S}`),
    });
    await vi.advanceTimersByTimeAsync(5_900);
    expect(runs).toEqual(['long starts', 'long ends', 'short 4', 'short 5']);
    await clock.stop();
  });

  test('stop waits for the job under way and starts no other', async () => {
    const runs: string[] = [];
    const clock = new RealtimeClock({ onFailure: unexpected });
    const run = async () => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      runs.push('done');
    };
    clock.every({ name: 'job', intervalS: 1, firstAtS: START_S, run });
    await vi.advanceTimersByTimeAsync(100);
    const stopped = clock.stop();
    await vi.advanceTimersByTimeAsync(5_000);
    await stopped;
    expect(runs).toEqual(['done']);
  });

  test('a failing job stops the clock and is reported by name', async () => {
    const failures: string[] = [];
    const clock = new RealtimeClock({ onFailure: (error) => failures.push(error.message) });
    clock.every({ name: 'weak', intervalS: 1, firstAtS: START_S + 1, run: breakDown });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(failures).toEqual([`weak at ${START_S + 1}: broken`]);
    await expect(clock.waitUntil(START_S + 60)).rejects.toThrow('stopped');
  });

  test('waitUntil comes back when the jobs due by then have run', async () => {
    const runs: number[] = [];
    const clock = new RealtimeClock({ onFailure: unexpected });
    const run = async (atS: number) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      runs.push(atS - START_S);
    };
    clock.every({ name: 'job', intervalS: 2, firstAtS: START_S + 2, run });
    const seen = clock.waitUntil(START_S + 2).then(() => [...runs]);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await seen).toEqual([2]);
    await clock.stop();
  });

  test('cannot be put back', async () => {
    await expect(new RealtimeClock({ onFailure: unexpected }).snapshot()).rejects.toThrow('cannot be put back');
  });
});
