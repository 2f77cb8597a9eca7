import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { bytes32Text, decodeRequest } from './encoding.ts';
import type { FdcFaults } from './faults.ts';
import { WrittenHistory } from './history-double.ts';
import { type VerifierServer, startVerifierServer } from './verifier-server.ts';

const SENDER = 'rDP59GWEaNyfd6qXus9DQNi2MrcBMuPHKX';
const RECEIVER = 'razmJDBcMPX4txQoB82X1EtmNq4Y57FWYM';
const ID = 'ab'.repeat(32);
const KEY = 'test key';
const START_S = 1_790_000_000;
const faults: FdcFaults = {};

let server: VerifierServer;
beforeAll(async () => {
  const history = new WrittenHistory(100);
  history.close(START_S - 90_000);
  const payment = { from: SENDER, to: RECEIVER, amountDrops: 1000n, feeDrops: 12n };
  const second = { ...payment, hash: `0${ID.slice(1)}` };
  history.close(START_S, [{ ...payment, hash: ID, memos: ['42'.repeat(32)], destinationTag: 7 }, second]);
  history.closeEmpty(150, 4);
  server = await startVerifierServer({ history, sourceId: 'testXRP', apiKey: KEY, faults });
  return () => server.stop();
});

async function get(path: string, headers: Record<string, string> = { 'X-API-KEY': KEY }) {
  const response = await fetch(server.url + path, { headers });
  return { status: response.status, body: await response.json() };
}

async function post(path: string, body: unknown, headers: Record<string, string> = { 'x-apikey': KEY }) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(server.url + path, { method: 'POST', headers, body: text });
  return { status: response.status, body: await response.json() };
}

const prepared = z.strictObject({ status: z.string(), abiEncodedRequest: z.string() });
const dataOf = z.strictObject({ status: z.literal('OK'), data: z.unknown() });
/** No `count`: the real server has none. */
const pageOf = z.strictObject({
  items: z.array(z.looseObject({ transactionId: z.string().optional(), response: z.unknown().optional() })),
  limit: z.number(),
  offset: z.number(),
});

const envelope = (type: string, requestBody: unknown) => ({
  attestationType: bytes32Text(type),
  sourceId: bytes32Text('testXRP'),
  requestBody,
});
const paymentBody = { transactionId: ID.toUpperCase(), inUtxo: '0', utxo: '0x0', messageIntegrityCode: '0x00' };

describe('attestation endpoints', () => {
  test('prepareRequest', async () => {
    const { status, body } = await post('/Payment/prepareRequest', envelope('Payment', paymentBody));
    expect(status).toBe(200);
    const { status: verdict, abiEncodedRequest } = prepared.parse(body);
    expect(verdict).toBe('VALID');
    expect(decodeRequest(abiEncodedRequest).requestBody['transactionId']).toBe(`0x${ID}`);
  });

  test('an invalid request is HTTP 200 with nothing but the status', async () => {
    const unknown = { ...paymentBody, transactionId: 'cd'.repeat(32) };
    for (const endpoint of ['prepareRequest', 'prepareResponse', 'mic']) {
      expect(await post(`/Payment/${endpoint}`, envelope('Payment', unknown))).toEqual({
        status: 200,
        body: { status: 'INVALID: TRANSACTION DOES NOT EXIST' },
      });
    }
  });

  test('prepareResponse echoes the request as it was written, with integers as strings', async () => {
    const { body } = await post('/Payment/prepareResponse', envelope('Payment', paymentBody));
    expect(body).toMatchObject({
      status: 'VALID',
      response: {
        votingRound: '0',
        lowestUsedTimestamp: String(START_S),
        requestBody: { transactionId: `0x${ID}`, inUtxo: '0', utxo: '0x0' },
        responseBody: { receivedAmount: '1000', oneToOne: true, status: '0' },
      },
    });
    expect(JSON.stringify(body)).not.toContain('messageIntegrityCode');
  });

  test('prepareResponse of an address validity, as the user bot asks at its start', async () => {
    const asked = envelope('AddressValidity', { addressStr: RECEIVER });
    const { body } = await post('/AddressValidity/prepareResponse', asked);
    expect(body).toMatchObject({
      response: {
        lowestUsedTimestamp: '0xffffffffffffffff',
        responseBody: { isValid: true, standardAddress: RECEIVER },
      },
    });
  });

  test('verifyFDC answers a prepared request', async () => {
    const { body: request } = await post('/Payment/prepareRequest', envelope('Payment', paymentBody));
    const { body } = await post('/Payment/verifyFDC', request);
    expect(body).toEqual({
      status: 'VALID',
      abiEncodedResponse: expect.stringMatching(/^0x[0-9a-f]{1280}$/) as unknown,
    });
    const nonsense = await post('/Payment/verifyFDC', { abiEncodedRequest: '0x1234' });
    expect(nonsense).toEqual({ status: 200, body: { status: 'MALFORMED ATTESTATION REQUEST' } });
  });
});

describe('refusals', () => {
  test.each([
    ['a number', { ...paymentBody, utxo: 0 }],
    ['a negative', { ...paymentBody, utxo: '-1' }],
    ['an empty string', { ...paymentBody, utxo: '' }],
    ['no digits', { ...paymentBody, utxo: 'one' }],
    ['a missing field', { transactionId: ID, inUtxo: '0' }],
    ['a short hash', { ...paymentBody, transactionId: ID.slice(2) }],
    ['an empty body', {}],
    ['no object', 'text'],
    ['nothing', undefined],
  ])('%s is 400 with a list of messages', async (_name, requestBody) => {
    const { status, body } = await post('/Payment/prepareRequest', envelope('Payment', requestBody));
    expect(status).toBe(400);
    expect(body).toEqual({
      error: 'Bad Request',
      statusCode: 400,
      message: [expect.stringContaining('requestBody') as unknown],
    });
  });

  test('a boolean must be one', async () => {
    const body = {
      minimalBlockNumber: '1',
      deadlineBlockNumber: '1',
      deadlineTimestamp: '1',
      amount: '1',
      destinationAddressHash: ID,
      standardPaymentReference: ID,
      sourceAddressesRoot: ID,
      checkSourceAddresses: 'no',
    };
    const type = 'ReferencedPaymentNonexistence';
    const { body: refusal } = await post(`/${type}/prepareRequest`, envelope(type, body));
    expect(refusal).toMatchObject({ message: ['requestBody.checkSourceAddresses must be a boolean value'] });
  });

  test('a source that is not served has an error of another shape', async () => {
    const mainnet = { ...envelope('Payment', paymentBody), sourceId: bytes32Text('XRP') };
    const { status, body } = await post('/Payment/prepareRequest', mainnet);
    expect(status).toBe(400);
    expect(body).toEqual({ status: 400, error: expect.stringContaining('combination not supported') as unknown });
  });

  test('no key or a wrong key is 401, except for health and version', async () => {
    const unauthorized = { status: 401, body: { message: 'Unauthorized', statusCode: 401 } };
    expect(await get('/api/indexer/block-range', {})).toEqual(unauthorized);
    expect(await get('/api/indexer/block-range', { 'x-api-key': 'other' })).toEqual(unauthorized);
    expect(await post('/Payment/prepareRequest', {}, {})).toEqual(unauthorized);
    expect(await get('/api/health', {})).toMatchObject({ status: 200, body: { chain_tip_block: { height: 251 } } });
    expect(await get('/api/version', {})).toMatchObject({ body: { indexer: { numConfirmations: 3 } } });
  });

  test('unknown routes, bad JSON, too much of it, faults', async () => {
    expect((await post('/EVMTransaction/prepareRequest', {})).status).toBe(404);
    expect((await get('/api/indexer/block-height')).status).toBe(404);
    expect((await post('/Payment/prepareRequest', '{')).status).toBe(400);
    expect((await post('/Payment/prepareRequest', ' '.repeat(100_001))).status).toBe(413);
    faults.httpStatus = () => 503;
    expect((await get('/api/health')).status).toBe(503);
    delete faults.httpStatus;
  });
});

const indexer = async (path: string) => await get(`/api/indexer/${path}`);
const data = async (path: string) => dataOf.parse((await indexer(path)).body).data;
const items = async (path: string) => pageOf.parse(await data(path)).items;

describe('indexer', () => {
  test('heights', async () => {
    expect((await indexer('block-range')).body).toEqual({ status: 'OK', data: { first: 100, last: 248, tip: 251 } });
    expect(await data('block-height-indexed')).toBe(248);
    expect(await data('block-height-tip')).toBe(251);
    expect(await data('state')).toMatchObject({ bottom_indexed_block: { height: 100, timestamp: START_S - 90_000 } });
  });

  test('blocks', async () => {
    const block = { blockNumber: 101, timestamp: START_S, transactions: 2, confirmed: true, numberOfConfirmations: 0 };
    const found = await data('confirmed-block-at/101');
    expect(found).toEqual({ ...block, blockHash: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown });
    const { blockHash } = z.object({ blockHash: z.string() }).parse(found);
    expect(await data(`block/0x${blockHash.toUpperCase()}`)).toEqual(found);
    expect(await data(`transaction-block/${ID}`)).toEqual(found);
    expect(await indexer('confirmed-block-at/249')).toEqual({
      status: 200,
      body: { status: 'ERROR', errorMessage: 'Block not found' },
    });
  });

  test('pages of blocks end', async () => {
    expect(await items('block')).toHaveLength(100);
    expect(await items('block?offset=100')).toHaveLength(49);
    expect(await items('block?offset=149')).toEqual([]);
  });

  test('a transaction', async () => {
    expect(await data(`transaction/0x${ID.toUpperCase()}`)).toMatchObject({
      id: 0,
      chainType: 3,
      transactionId: ID,
      blockNumber: 101,
      timestamp: START_S,
      isNativePayment: true,
      paymentReference: '42'.repeat(32),
      transactionType: 'full_payment',
      response: {
        id: '',
        result: {
          Account: SENDER,
          hash: ID.toUpperCase(),
          ledger_index: 101,
          validated: true,
          date: START_S - 946_684_800,
          meta: { TransactionResult: 'tesSUCCESS' },
        },
      },
    });
    expect((await indexer(`transaction/${'cd'.repeat(32)}`)).body).toEqual({
      status: 'ERROR',
      errorMessage: 'Transaction not found',
    });
    expect((await indexer('transaction/123')).status).toBe(400);
  });

  test.each([
    ['transaction?from=101&to=101', ['0', 'a']],
    ['transaction?from=101&to=101&offset=2', []],
    ['transaction?from=102&to=110', []],
    ['transaction?limit=1', ['0']],
    [`transaction?paymentReference=0x${'42'.repeat(32)}`, ['a']],
    ['transaction?destinationTag=7', ['a']],
    [`transaction?sourceAddress=${RECEIVER}`, []],
  ])('%s gives %j', async (path, expected) => {
    const page = await items(path);
    expect(page.map(({ transactionId }) => transactionId?.[0])).toEqual(expected);
    expect(page.filter(({ response }) => response !== '')).toEqual([]);
  });
});

test('a busy port is named', async () => {
  const port = Number(new URL(server.url).port);
  const history = new WrittenHistory(1);
  const starting = startVerifierServer({ history, sourceId: 'testXRP', apiKey: KEY, port });
  await expect(starting).rejects.toThrow(`FDC verifier: port ${port} is busy`);
});
