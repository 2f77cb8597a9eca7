import http from 'node:http';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DataAvailabilityClient } from './data-availability-client.ts';
import { NotYetProvable, RequestRejected, ServiceRefused, ServiceUnavailable } from './errors.ts';
import { JsonService } from './json-service.ts';
import { encodeResponse } from './response-codec.ts';
import { VerifierClient } from './verifier-client.ts';

interface Scripted {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** A server that gives the scripted answers one after another and notes what it was asked. */
let answers: Scripted[] = [];
let asked: { path: string; body: string; key: string | undefined }[] = [];
const server = http.createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const key = request.headers['x-api-key'];
    asked.push({ path: request.url ?? '', body: Buffer.concat(chunks).toString(), key: key?.toString() });
    const { status = 200, headers = {}, body } = answers.shift() ?? { status: 418, body: 'script is over' };
    response.writeHead(status, headers);
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
});
const CLOSED_PORT = 'http://127.0.0.1:9';
let url: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  url = `http://127.0.0.1:${address.port}`;
  return () => {
    server.close();
    server.closeAllConnections();
  };
});

let slept: number[] = [];
const waiter = { sleepS: async (seconds: number) => void slept.push(seconds), nowS: () => Promise.resolve(0) };
beforeEach(() => {
  [answers, asked, slept] = [[], [], []];
});

const service = (...urls: string[]) => new JsonService({ urls, waiter });

describe('JsonService', () => {
  test('pauses longer each time, or as long as the server says', async () => {
    answers = [{ status: 503 }, { status: 500 }, { status: 429, headers: { 'retry-after': '7' } }, { body: { a: 1 } }];
    expect(await service(url).get('/x')).toEqual({ a: 1 });
    expect(slept).toEqual([1, 2, 7]);
  });

  test('gives up after its tries with the reason', async () => {
    answers = Array.from({ length: 5 }, () => ({ status: 502, body: 'bad gateway' }));
    const error = await service(url)
      .get('/x')
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect(String(error)).toContain('HTTP 502 bad gateway, 5 tries');
    expect(asked).toHaveLength(5);
  });

  test('goes to the next URL at once and stays there', async () => {
    answers = [{ body: 1 }, { body: 2 }];
    const twoUrls = service(CLOSED_PORT, `${url}/`);
    expect([await twoUrls.get('/x'), await twoUrls.get('/y')]).toEqual([1, 2]);
    expect(twoUrls.url).toBe(url);
    expect(slept).toEqual([]);
  });

  test.each([400, 401, 403, 404])('does not repeat what was refused with %i', async (status) => {
    answers = [{ status, body: { message: 'why' } }];
    await expect(service(url).get('/x')).rejects.toThrow(ServiceRefused);
    expect(asked).toHaveLength(1);
  });

  test('needs a URL', () => {
    expect(() => service()).toThrow('needs a URL');
  });
});

const verifier = () => new VerifierClient({ urls: [url], apiKey: 'key', sourceId: 'testXRP', waiter });
const prepare = () => verifier().prepareRequest('ConfirmedBlockHeightExists', { blockNumber: 5n, queryWindow: 7200n });
const page = (...items: object[]) => ({ body: { status: 'OK', data: { items, limit: 100, offset: 0 } } });

describe('VerifierClient', () => {
  test('sends identifiers, integers as strings, and its key', async () => {
    answers = [{ body: { status: 'VALID', abiEncodedRequest: '0x1234' } }];
    expect(await prepare()).toBe('0x1234');
    const [{ path, body, key } = { path: '', body: '', key: '' }] = asked;
    expect([path, key]).toEqual(['/ConfirmedBlockHeightExists/prepareRequest', 'key']);
    expect(JSON.parse(body)).toEqual({
      attestationType: `0x436f6e6669726d6564426c6f636b486569676874457869737473${'00'.repeat(6)}`,
      sourceId: `0x74657374585250${'00'.repeat(25)}`,
      requestBody: { blockNumber: '5', queryWindow: '7200' },
    });
  });

  test.each(['INVALID: TRANSACTION DOES NOT EXIST', 'INVALID: BLOCK DOES NOT EXIST', 'INDETERMINATE: SYSTEM_FAILURE'])(
    'may become provable: %s',
    async (status) => {
      answers = [{ body: { status } }];
      await expect(prepare()).rejects.toThrow(NotYetProvable);
    },
  );

  test.each(['INVALID: REFERENCED TRANSACTION EXISTS', 'INVALID', 'MALFORMED ATTESTATION REQUEST', 'VALID'])(
    'is final without a request: %s',
    async (status) => {
      answers = [{ body: { status } }];
      await expect(prepare()).rejects.toThrow(RequestRejected);
    },
  );

  test('reads the indexer: what is there and what is not', async () => {
    const block = { blockNumber: 5, blockHash: 'ab', timestamp: 9, transactions: 0, confirmed: true };
    answers = [
      { body: { status: 'OK', data: block } },
      { body: { status: 'ERROR', errorMessage: 'Block not found' } },
      { body: { status: 'ERROR', errorMessage: 'Transaction not found' } },
      { body: { status: 'ERROR', errorMessage: 'database is down' } },
    ];
    expect(await verifier().confirmedBlockAt(5)).toMatchObject({ blockNumber: 5, timestamp: 9 });
    expect(await verifier().confirmedBlockAt(6)).toBeUndefined();
    expect(await verifier().transaction('ab')).toBeUndefined();
    await expect(verifier().blockRange()).rejects.toThrow('database is down');
  });

  test('reads pages until one is empty', async () => {
    const item = { transactionId: 'a', blockNumber: 1, timestamp: 1, paymentReference: null, isNativePayment: true };
    answers = [page({ ...item, response: '' }, { ...item, response: '' }), page({ ...item, response: '' }), page()];
    expect(await verifier().transactions({ from: 1, to: 2 })).toHaveLength(3);
    expect(asked.map(({ path }) => path)).toEqual(
      [0, 2, 3].map((offset) => `/api/indexer/transaction?offset=${offset}&from=1&to=2`),
    );
  });
});

const dataAvailability = () => new DataAvailabilityClient({ urls: [url], waiter });

describe('DataAvailabilityClient', () => {
  const response = {
    attestationType: `0x${'01'.repeat(32)}`,
    sourceId: `0x${'02'.repeat(32)}`,
    votingRound: '7',
    lowestUsedTimestamp: '18446744073709551615',
    requestBody: { addressStr: 'r' },
    responseBody: { isValid: true, standardAddress: 'r', standardAddressHash: `0x${'03'.repeat(32)}` },
  };

  test('asks raw first', async () => {
    answers = [{ body: { response_hex: '0x12', attestation_type: '0x01', proof: ['0x99'] } }];
    expect(await dataAvailability().proof('AddressValidity', 7, '0xab')).toEqual({
      responseHex: '0x12',
      merkleProof: ['0x99'],
    });
    expect(asked[0]).toMatchObject({
      path: '/api/v1/fdc/proof-by-request-round-raw',
      body: '{"votingRoundId":7,"requestBytes":"0xab"}',
    });
  });

  test('falls back to v0, whose strings give the same bytes', async () => {
    answers = [{ status: 404, body: {} }, { body: { response, proof: [] } }];
    const proof = await dataAvailability().proof('AddressValidity', 7, '0xab');
    const exact = { ...response, votingRound: 7n, lowestUsedTimestamp: 2n ** 64n - 1n };
    expect(proof).toEqual({ responseHex: encodeResponse('AddressValidity', exact), merkleProof: [] });
    expect(asked[1]?.path).toBe('/api/v0/fdc/get-proof-round-id-bytes');
  });

  test('tells "no proof" from a refusal', async () => {
    answers = [
      { status: 400, body: { error: 'attestation request not found' } },
      { status: 400, body: { votingRoundId: ['A valid integer is required.'] } },
    ];
    expect(await dataAvailability().proof('Payment', 7, '0xab')).toBeUndefined();
    await expect(dataAvailability().proof('Payment', 7, '0xab')).rejects.toThrow(ServiceRefused);
  });
});
