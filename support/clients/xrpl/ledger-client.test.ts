/** What servers leave out or refuse: asked for elsewhere, told in words, never taken for nothing. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import { LedgerClient } from './ledger-client.ts';

const requestSchema = z.looseObject({ id: z.unknown(), command: z.string() });
type Answers = Readonly<Record<string, object>>;

/** A server that gives these results by command; what is not there it does not know. */
async function serverWith(answers: Answers): Promise<string> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket) =>
    socket.on('message', (data: Buffer) => {
      const { id, command } = requestSchema.parse(JSON.parse(data.toString('utf8')));
      const answer = answers[command] ?? { error: 'unknownCmd' };
      const isError = 'error' in answer;
      socket.send(
        JSON.stringify({
          id,
          type: 'response',
          ...(isError ? { status: 'error', ...answer } : { status: 'success', result: answer }),
        }),
      );
    }),
  );
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of server.clients) socket.terminate();
    server.close();
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a TCP server's address
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function clientOf(...servers: readonly Answers[]): Promise<LedgerClient> {
  const client = new LedgerClient(await Promise.all(servers.map(serverWith)), { tries: 2 });
  onTestFinished(() => client.disconnect());
  return client;
}

const state = (validated_ledger?: object) => ({ state: validated_ledger === undefined ? {} : { validated_ledger } });
const info = (validated_ledger?: object) => ({ info: validated_ledger === undefined ? {} : { validated_ledger } });

test.each([
  ['in drops', { server_state: state({ reserve_base: 10_000_000 }) }, 10_000_000n],
  ['in XRP', { server_state: state({}), server_info: info({ reserve_base_xrp: 1.5 }) }, 1_500_000n],
  [
    'in XRP, without a ledger in the other',
    { server_state: state(), server_info: info({ reserve_base_xrp: 10 }) },
    10_000_000n,
  ],
])('the base reserve is told %s', async (_name, answers, drops) => {
  expect(await (await clientOf(answers)).baseReserveDrops()).toBe(drops);
});

const NONE = { server_state: state({}), server_info: info() };

test('a server that does not tell the reserve is not asked again when another one tells', async () => {
  const client = await clientOf(NONE, { server_state: state({ reserve_base: 2 }) });
  expect(await client.baseReserveDrops()).toBe(2n);
});

test('a reserve that nobody tells is an error in words, never nothing', async () => {
  await expect((await clientOf(NONE)).baseReserveDrops()).rejects.toThrow(
    /does not tell the base reserve: no reserve_base in server_state or server_info, 2 tries$/,
  );
});

test('a server that a new amendment has left behind is not the last word', async () => {
  const behind = { server_state: { error: 'amendmentBlocked', error_message: 'Amendment blocked, need upgrade.' } };
  const client = await clientOf(behind, { server_state: state({ reserve_base: 3 }) });
  expect(await client.baseReserveDrops()).toBe(3n);
  await expect((await clientOf(behind)).baseReserveDrops()).rejects.toThrow(/Amendment blocked, need upgrade/);
});
