import { describe, expect, test, vi } from 'vitest';
import { Endpoints, ServiceUnavailable, TransientFailure, publicUrl, realPause, retryAfterMsOf } from './endpoints.ts';

const paused: number[] = [];
const endpoints = (urls: readonly string[], tries = 4) => {
  paused.length = 0;
  const pause = async (milliseconds: number) => void paused.push(milliseconds);
  return new Endpoints({ service: 'x', urls, tries, firstPauseMs: 100, pause });
};
const A = 'http://a.example';
const B = 'http://b.example';
const failing = (times: number, retryAfterMs?: number) => {
  const asked: string[] = [];
  const act = async (url: string) => {
    asked.push(url);
    if (asked.length <= times) throw new TransientFailure('down', { retryAfterMs });
    return 'answer';
  };
  return { asked, act };
};

describe('Endpoints', () => {
  test('pauses from half to the whole of a time that doubles', async () => {
    const { act } = failing(3);
    await endpoints([A]).ask(act, () => 0);
    expect(paused).toEqual([50, 100, 200]);
    await endpoints([A]).ask(failing(3).act, () => 1);
    expect(paused).toEqual([100, 200, 400]);
  });

  test('pauses as long as the server says, within reason', async () => {
    await endpoints([A]).ask(failing(1, 7000).act);
    expect(paused).toEqual([7000]);
    await endpoints([A]).ask(failing(1, 86_400_000).act);
    expect(paused).toEqual([60_000]);
  });

  test('goes to the next endpoint at once and stays there', async () => {
    const both = endpoints([A, B]);
    const { asked, act } = failing(1);
    await both.ask(act);
    await both.ask(act);
    expect(asked).toEqual([A, B, B]);
    expect(paused).toEqual([]);
  });

  test('two who ask at once each come to the endpoint that works', async () => {
    const both = endpoints([A, B], 1);
    const asked: string[] = [];
    let release = (): void => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    const ask = async (who: string, isReady: Promise<void>) =>
      both.ask(async (url) => {
        asked.push(`${who} ${url}`);
        if (url === B) return who;
        await isReady;
        throw new TransientFailure('down');
      });
    const late = ask('late', released);
    expect(await ask('early', Promise.resolve())).toBe('early');
    release();
    expect(await late).toBe('late');
    expect(asked).toEqual([`late ${A}`, `early ${A}`, `early ${B}`, `late ${B}`]);
    expect(both.url, 'nobody went on from what works').toBe(B);
  });

  test('comes back to the preferred one after a while', async ({ onTestFinished }) => {
    const both = endpoints([A, B]);
    const { asked, act } = failing(1);
    await both.ask(act);
    const later = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 31_000);
    onTestFinished(() => later.mockRestore());
    await both.ask(act);
    expect(asked).toEqual([A, B, A]);
  });

  test('gives up with who, where, how often and why; another error goes through at once', async () => {
    const error = await endpoints([A, 'http://u:p@b.example/k?key=1'], 2)
      .ask(failing(9).act)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect(String(error)).toContain('x at http://a.example, http://b.example/k: down, 2 tries');
    await expect(endpoints([A]).ask(() => Promise.reject(new RangeError('ours')))).rejects.toThrow(RangeError);
    expect(paused).toEqual([]);
  });

  test('asks no more when it is closed, not even what waits in a pause', async () => {
    const waiting = new Endpoints({ service: 'x', urls: [A], tries: 14, firstPauseMs: 3_600_000, pause: realPause });
    const { asked, act } = failing(99);
    const answer = waiting.ask(act);
    await expect.poll(() => asked).toHaveLength(1);
    waiting.close();
    await expect(answer).rejects.toThrow('x at http://a.example: down, 1 try');
    await expect(waiting.ask(act)).rejects.toThrow(ServiceUnavailable);
    expect(asked).toEqual([A, A]);
  });

  test('needs a URL', () => expect(() => endpoints([])).toThrow('needs a URL'));
});

test.each([
  ['https://user:pass@host.example/ext/C/rpc?x-apikey=secret', 'https://host.example/ext/C/rpc'],
  ['https://host.example/v3/0123456789abcdef0123456789abcdef', 'https://host.example/v3/…'],
  ['wss://host.example:51233/', 'wss://host.example:51233'],
])('%s is shown as %s', (url, shown) => expect(publicUrl(url)).toBe(shown));

test('Retry-After in seconds, as a date, or not at all', ({ onTestFinished }) => {
  expect(retryAfterMsOf('7')).toBe(7000);
  vi.useFakeTimers({ now: 1_790_000_000_000, toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  expect(retryAfterMsOf(new Date(Date.now() + 60_000).toUTCString())).toBe(60_000);
  expect([retryAfterMsOf('soon'), retryAfterMsOf(null), retryAfterMsOf(undefined)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
