/** The proxies under the attacks that the devnet's servers stand, and with messages that are no requests. */
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { startLedgerServer } from '../devnet/ledger/server.ts';
import { fundedLedger, walletOf } from '../devnet/ledger/testing.ts';
import { standsAttacks } from '../devnet/testing/attacks.ts';
import { Dice } from './dice.ts';
import { startHttpProxy } from './http-proxy.ts';
import { KINDS_OF } from './kinds.ts';
import { startSocketProxy } from './socket-proxy.ts';

standsAttacks(
  'a proxy before a service',
  async () => {
    const server = await startLedgerServer(fundedLedger([walletOf(1)]));
    const dice = new Dice({ seed: 1, rates: {} });
    const ownKinds = () => Promise.resolve(undefined);
    const proxy = await startHttpProxy({ service: 'chain', url: server.jsonRpcUrl, dice, ownKinds });
    return {
      url: proxy.url,
      headers: { 'content-type': 'application/json' },
      body: '{"method":"server_info"}',
      stop: async () => {
        await proxy.stop();
        await server.stop();
      },
    };
  },
  { hasVisitors: false },
);

test.each(KINDS_OF.ledger)('what is no request is passed on as it is, also where %s would strike', async (kind) => {
  const server = await startLedgerServer(fundedLedger([walletOf(1)]));
  onTestFinished(() => server.stop());
  const proxy = await startSocketProxy(server.webSocketUrl, new Dice({ seed: 1, rates: { ledger: { [kind]: 100 } } }));
  onTestFinished(() => proxy.stop());
  const socket = new WebSocket(proxy.url);
  await new Promise((resolve) => socket.once('open', resolve));
  for (const text of ['{', 'null', '[]', '7', '['.repeat(5_000)]) {
    const answer = new Promise<Buffer>((resolve) => socket.once('message', resolve));
    socket.send(text);
    expect(JSON.parse((await answer).toString())).toMatchObject({ type: 'error', error: 'jsonInvalid', value: text });
  }
  socket.terminate();
});

test('a page from elsewhere gets no line to the ledger', async () => {
  const proxy = await startSocketProxy('ws://127.0.0.1:9', new Dice({ seed: 1, rates: {} }));
  onTestFinished(() => proxy.stop());
  const socket = new WebSocket(proxy.url, { origin: 'https://evil.example' });
  await expect(new Promise((_, reject) => socket.once('error', reject))).rejects.toThrow('403');
});
