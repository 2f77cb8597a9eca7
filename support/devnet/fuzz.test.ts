/** All servers of the devnet against twenty thousand malformed requests. */
import http from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { startControlServer } from './control-server.ts';
import { startDataAvailabilityServer } from './fdc/data-availability-server.ts';
import { ProofStore } from './fdc/proof-store.ts';
import { startVerifierServer } from './fdc/verifier-server.ts';
import { VotingRounds } from './fdc/voting-rounds.ts';
import { type LedgerServerOptions, startLedgerServer } from './ledger/server.ts';
import { fundedLedger, walletOf } from './ledger/testing.ts';
import { type Malformed, malformedRequests } from './testing/malformed.ts';
import { type Ask, askRaw } from './testing/raw-http.ts';
import { stillTarget } from './testing/still-target.ts';

const SEED = 10;
const REQUESTS = 20_000;
/** What caches and compiled code have taken by then is not counted. */
const WARM_UP = 4_000;
const LANES = 8;
const KEPT_LIMIT_BYTES = 20_000_000;
const TOKEN = '5a'.repeat(32);

type Urls = Readonly<Record<Malformed['service'], string>>;

/** Until the test is over. */
async function startServers(refuse: LedgerServerOptions['refuse'] = () => undefined): Promise<Urls> {
  const ledger = fundedLedger([walletOf(1)]);
  for (let closed = 0; closed < 10; closed += 1) ledger.close();
  const served = await startLedgerServer(ledger, { refuse });
  const { history } = ledger;
  const verifier = await startVerifierServer({ history, sourceId: 'testXRP', apiKey: 'key' });
  const layer = await startDataAvailabilityServer({
    store: new ProofStore(),
    clock: { nowS: () => 1000 },
    votingRounds: new VotingRounds(0, 90),
  });
  const control = await startControlServer(stillTarget(), { token: TOKEN });
  for (const server of [served, verifier, layer, control]) onTestFinished(() => server.stop());
  return {
    ledger: served.jsonRpcUrl,
    'web-socket': served.webSocketUrl,
    faucet: served.jsonRpcUrl,
    verifier: verifier.url,
    'data-availability': layer.url,
    control: control.url,
  };
}

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

function heapBytes(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

/** One client, that sends one request after the other and keeps what was answered as a fault of the server's own. */
class Lane {
  readonly faults: string[] = [];
  readonly #agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  readonly #urls: Urls;
  #socket: WebSocket | undefined;

  constructor(urls: Urls) {
    this.#urls = urls;
  }

  async send(request: Malformed): Promise<void> {
    const { service, body } = request;
    const answer = await (service === 'web-socket' ? this.#tell(body) : this.#ask(request));
    if (/^500 |"error":"internal"/.test(answer))
      this.faults.push(`${service} ${request.path} ${body.toString()} → ${answer}`);
  }

  close(): void {
    this.#agent.destroy();
    this.#socket?.terminate();
  }

  /** Status and text. A server may also hang up on what is no HTTP. */
  async #ask({ service, path, body, headers }: Malformed): Promise<string> {
    const usual = { 'content-type': 'application/json', 'x-api-key': 'key', authorization: `Bearer ${TOKEN}` };
    const ask = { path: encodeURI(path) || '/', headers: { ...usual, ...headers }, body, agent: this.#agent };
    const { status, text } = await askRaw(this.#urls[service], ask);
    return `${status} ${text}`;
  }

  /** The next message, or "closed". */
  async #tell(body: Buffer): Promise<string> {
    const socket = await this.#open();
    return new Promise((resolve) => {
      const hear = (data: Buffer) => resolve(data.toString('utf8'));
      socket.once('message', hear);
      socket.once('close', () => resolve('closed'));
      socket.send(body, { binary: false });
    });
  }

  async #open(): Promise<WebSocket> {
    if (this.#socket?.readyState === WebSocket.OPEN) return this.#socket;
    const socket = new WebSocket(this.#urls['web-socket']);
    socket.on('error', () => undefined); // broken frames are what we send
    socket.setMaxListeners(0);
    await new Promise((resolve) => socket.once('open', resolve));
    this.#socket = socket;
    return socket;
  }
}

interface Verdict {
  readonly faults: readonly string[];
  /** By the servers, and by us, after the warm-up. */
  readonly keptBytes: number;
}

async function trial(urls: Urls, requests: readonly Malformed[], warmUp: number): Promise<Verdict> {
  const lanes = Array.from({ length: LANES }, () => new Lane(urls));
  await sendAll(lanes, requests.slice(0, warmUp));
  const before = heapBytes();
  await sendAll(lanes, requests.slice(warmUp));
  const keptBytes = heapBytes() - before;
  for (const lane of lanes) lane.close();
  return { faults: lanes.flatMap(({ faults }) => faults), keptBytes };
}

async function sendAll(lanes: readonly Lane[], requests: readonly Malformed[]): Promise<void> {
  const waiting = requests.values();
  await Promise.all(
    lanes.map(async (lane) => {
      for (const request of waiting) await lane.send(request);
    }),
  );
}

test('none is answered by a fault of the server, and all are forgotten', async () => {
  const urls = await startServers();
  const { faults, keptBytes } = await trial(urls, malformedRequests(SEED, REQUESTS), WARM_UP);
  expect(faults.slice(0, 5)).toEqual([]);
  expect(keptBytes).toBeLessThan(KEPT_LIMIT_BYTES);

  const headers = { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` };
  const askOf = (service: Malformed['service'], ask: Ask) => askRaw(urls[service], { headers, ...ask });
  expect(await askOf('ledger', { body: '{"method":"ping"}' })).toMatchObject({ status: 200 });
  expect(await askOf('faucet', { path: '/accounts' })).toMatchObject({ status: 200 });
  expect(await askOf('control', { body: '{"method":"now"}' })).toMatchObject({ status: 200 });
  expect(await askOf('verifier', { method: 'GET', path: '/verifier/xrp/api/health' })).toMatchObject({ status: 200 });
  expect(await askOf('data-availability', { method: 'GET', path: '/api/health' })).toMatchObject({ status: 200 });
});

test('a server that has a fault, or forgets nothing, is found out', async () => {
  const kept: unknown[] = [];
  const urls = await startServers((command) => {
    kept.push(Array.from({ length: 100_000 }, () => Math.random()));
    if (command === 'ping') throw new Error('planted');
    return undefined;
  });
  const { faults, keptBytes } = await trial(urls, malformedRequests(SEED, 1_000), 100);
  expect(faults.join()).toContain('planted');
  expect(keptBytes).toBeGreaterThan(KEPT_LIMIT_BYTES);
  expect(kept.length).toBeGreaterThan(0); // and so it is still there when it is measured
});
