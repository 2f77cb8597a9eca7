/**
 * What no server here may take: one list of attacks, tried on each of them. After each the server answers as before.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Visitors } from '../http/visitors.ts';
import { askRaw, leaveOpen, sendBytes } from './raw-http.ts';

export interface Attacked {
  readonly url: string;
  /** A sound request of this service: its headers and body. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  stop(): Promise<void>;
}

export const FRIEND: Visitors = { origin: 'http://wallet.test', host: 'devnet.test' };
const NESTED = 5_000;
const FLOOD_BYTES = 300_000_000;

const nested = '{"a":'.repeat(NESTED) + '1' + '}'.repeat(NESTED);
const list = '['.repeat(NESTED) + ']'.repeat(NESTED);

const BODIES: Readonly<Record<string, string | Buffer>> = {
  'objects in objects': `{"method":"ping","params":[${nested}],"id":${nested}}`,
  'lists in lists': `{"method":"ping","params":${list}}`,
  'half of a nested list': '['.repeat(90_000),
  'a number without end': `{"method":"ping","params":[{"limit":${'9'.repeat(50_000)}}]}`,
  'one key twice': '{"method":"ping","method":{},"params":[],"params":7}',
  'keys of every object':
    '{"__proto__":{"method":"ping"},"constructor":{"prototype":{"polluted":1}},"method":"toString"}',
  'no UTF-8': Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
  'a lone surrogate': '{"method":"\\ud800","id":"\\udfff"}',
  'nothing at all': '',
  zeros: Buffer.alloc(1000),
};

const host = (url: string) => new URL(url).host;
const SMUGGLED: Readonly<Record<string, (url: string) => string>> = {
  'two lengths': (url) => `POST / HTTP/1.1\r\nHost: ${host(url)}\r\nContent-Length: 2\r\nContent-Length: 40\r\n\r\n{}`,
  'a length and chunks': (url) =>
    `POST / HTTP/1.1\r\nHost: ${host(url)}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n`,
  'chunks by another name': (url) =>
    `POST / HTTP/1.1\r\nHost: ${host(url)}\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`,
  'a wrong chunk': (url) => `POST / HTTP/1.1\r\nHost: ${host(url)}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n`,
  'a negative length': (url) => `POST / HTTP/1.1\r\nHost: ${host(url)}\r\nContent-Length: -1\r\n\r\n`,
  'a second Host': (url) => `GET / HTTP/1.1\r\nHost: evil.example\r\nHost: ${host(url)}\r\nConnection: close\r\n\r\n`,
  'no Host': () => 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n',
  'another target': (url) => `GET http://evil.example/ HTTP/1.1\r\nHost: ${host(url)}\r\nConnection: close\r\n\r\n`,
  'a tunnel': (url) => `CONNECT evil.example:443 HTTP/1.1\r\nHost: ${host(url)}\r\n\r\n`,
  'a header of 100 kB': (url) => `GET / HTTP/1.1\r\nHost: ${host(url)}\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`,
  '5,000 headers': (url) => `GET / HTTP/1.1\r\nHost: ${host(url)}\r\n${'a: b\r\n'.repeat(5_000)}\r\n`,
  'no HTTP': () => '\u0016\u0003\u0001 hello\r\n\r\n',
};

/** Tests that `start` gives a server that stands them all; it must let `FRIEND` in where it can be told so. */
export function standsAttacks(name: string, start: () => Promise<Attacked>, { hasVisitors = true } = {}): void {
  describe(`${name} under attack`, () => {
    let attacked: Attacked;
    beforeAll(async () => {
      attacked = await start();
      return () => attacked.stop();
    });

    const sound = (headers: Record<string, string> = {}) =>
      askRaw(attacked.url, { headers: { ...attacked.headers, ...headers }, body: attacked.body });
    const answersAsBefore = async () => expect(await sound()).toMatchObject({ status: 200 });

    test.each(Object.keys(BODIES))('a body of %s is answered', async (kind) => {
      const { status } = await askRaw(attacked.url, { headers: attacked.headers, body: BODIES[kind] ?? '' });
      expect(status).toBeGreaterThanOrEqual(200);
      expect(status).not.toBe(500);
      await answersAsBefore();
    });

    test.each(Object.keys(SMUGGLED))('a request with %s gets nothing', async (kind) => {
      const reply = await sendBytes(attacked.url, SMUGGLED[kind]?.(attacked.url) ?? '');
      expect(reply).toMatch(/^(|HTTP\/1\.1 4\d\d .*)/);
      expect(reply.match(/HTTP\/1\.1 /g) ?? []).toHaveLength(reply === '' ? 0 : 1);
      await answersAsBefore();
    });

    test.each([
      ['a foreign Host', { host: 'evil.example' }],
      ['a Host that only begins like ours', { host: 'localhost.evil.example' }],
      ['a foreign Origin', { origin: 'https://evil.example' }],
      ['the Origin of a local file', { origin: 'null' }],
      ['the Origin of another program of this machine', { origin: 'http://localhost:1' }],
      ['a page that hides its Origin', { 'sec-fetch-site': 'cross-site' }],
      ['a friend of another name', { host: 'wallet.test', origin: 'http://devnet.test' }],
    ])('%s is refused in a sentence', async (_, headers) => {
      const { status, text, headers: sent } = await sound(headers);
      expect(status).toBe(403);
      expect(text).toMatch(/foreign|elsewhere/);
      expect(sent).not.toHaveProperty('access-control-allow-origin');
    });

    test.each(hasVisitors ? ['a friend'] : [])('%s is let in by name and by origin, also from a browser', async () => {
      expect(await sound({ host: 'devnet.test:80' })).toMatchObject({ status: 200 });
      const friend = { origin: 'http://wallet.test' };
      expect(await sound(friend)).toMatchObject({
        status: 200,
        headers: { 'access-control-allow-origin': 'http://wallet.test' },
      });
      const asking = { ...friend, 'access-control-request-method': 'POST' };
      expect(await askRaw(attacked.url, { method: 'OPTIONS', headers: asking })).toMatchObject({ status: 204 });
    });

    test('its own pages, had it any, are no strangers', async () => {
      expect(await sound({ origin: `http://${host(attacked.url)}` })).toMatchObject({ status: 200 });
    });

    test('half a request keeps nobody waiting', async () => {
      const head = `POST / HTTP/1.1\r\nHost: ${host(attacked.url)}\r\nContent-Type: application/json\r\n`;
      const sockets = await Promise.all([
        leaveOpen(attacked.url, `${head}Content-Length: 1000\r\n\r\n{"method"`),
        leaveOpen(attacked.url, 'POST / HT'),
        leaveOpen(attacked.url, `${head}Transfer-Encoding: chunked\r\n\r\n5\r\n{"met`),
      ]);
      expect(await sound()).toMatchObject({ status: 200 });
      for (const socket of sockets) socket.destroy();
    });

    test('a body of 300 MB is not taken', async () => {
      const socket = await leaveOpen(
        attacked.url,
        `POST / HTTP/1.1\r\nHost: ${host(attacked.url)}\r\nContent-Length: ${FLOOD_BYTES}\r\n\r\n`,
      );
      const closed = new Promise((resolve) => socket.once('close', resolve));
      let sentBytes = 0;
      const chunk = Buffer.alloc(100_000, 32);
      while (sentBytes < FLOOD_BYTES && !socket.destroyed) {
        await new Promise((resolve) => socket.write(chunk, resolve));
        sentBytes += chunk.length;
      }
      await closed;
      expect(sentBytes).toBeLessThan(FLOOD_BYTES / 4);
      await answersAsBefore();
    });

    test('who sends and never reads is made to wait, or cut', async () => {
      const socket = await leaveOpen(attacked.url, '');
      socket.pause();
      const headers = { host: host(attacked.url), ...attacked.headers };
      const lines = Object.entries(headers).map(([header, value]) => `${header}: ${value}\r\n`);
      const head = `POST ${new URL(attacked.url).pathname} HTTP/1.1\r\n${lines.join('')}`;
      const one = `${head}Content-Length: ${Buffer.byteLength(attacked.body)}\r\n\r\n${attacked.body}`;
      const many = one.repeat(Math.ceil(100_000 / one.length));
      // Without a limit all of it would be answered, and the answers kept.
      for (let sentBytes = 0; sentBytes < FLOOD_BYTES / 6 && !socket.destroyed; sentBytes += many.length) {
        if (socket.writableLength > 5_000_000) break;
        socket.write(many);
        await answersAsBefore();
      }
      expect(socket.destroyed || socket.writableLength > 1_000_000).toBe(true);
      socket.destroy();
      await answersAsBefore();
    });
  });
}
