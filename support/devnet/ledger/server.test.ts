/** The life of the server, and the JSON-RPC side as a plain wallet without any library uses it. */
import { connect } from 'node:net';
import { beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Ledger } from './ledger.ts';
import { type LedgerServer, type LedgerServerOptions, startLedgerServer } from './server.ts';
import { type Fields, fundedLedger, payment, signNext, submitNext, walletOf, xrp } from './testing.ts';

const alice = walletOf(1);
const bob = walletOf(2);
const nobody = walletOf(9);

let ledger: Ledger;
let server: LedgerServer;
const options: { current: LedgerServerOptions } = { current: {} };

beforeEach(async () => {
  ledger = fundedLedger([alice, bob]);
  server = await startLedgerServer(ledger, { refuse: (command) => options.current.refuse?.(command) });
  return async () => {
    options.current = {};
    await server.stop();
  };
});

async function post(body: unknown): Promise<{ status: number; text: string }> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(server.jsonRpcUrl, { method: 'POST', body: text });
  return { status: response.status, text: await response.text() };
}

/** Result of a version 1 call; the status is 200 whatever comes of it. */
async function call(method: string, params?: Fields): Promise<Record<string, unknown>> {
  const { status, text } = await post({ method, params: params === undefined ? [] : [params] });
  expect(status).toBe(200);
  return JSON.parse(text).result;
}

describe('life', () => {
  test('everything is on one port of this machine', () => {
    expect(server.webSocketUrl).toBe(`ws://127.0.0.1:${server.port}`);
    expect(server.jsonRpcUrl).toBe(`http://127.0.0.1:${server.port}`);
    expect(server.faucetUrl).toBe(`http://127.0.0.1:${server.port}/accounts`);
  });

  test('a busy port is refused by its number', async () => {
    await expect(startLedgerServer(ledger, { port: server.port })).rejects.toThrow(`port ${server.port} is busy`);
  });

  test('after stop nothing listens and nothing is connected', async () => {
    const socket = new WebSocket(server.webSocketUrl);
    await new Promise((resolve) => socket.once('open', resolve));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    const other = await startLedgerServer(ledger);
    await other.stop();
    const refused = new Promise((resolve) => connect(other.port, '127.0.0.1').once('error', resolve));
    await expect(refused).resolves.toMatchObject({ code: 'ECONNREFUSED' });
    await server.stop();
    await closed;
    ledger.close();
    server = await startLedgerServer(ledger);
  });

  test('a client that breaks the protocol hurts nobody', async () => {
    const raw = connect(server.port, '127.0.0.1');
    const ended = new Promise((resolve) => raw.once('close', resolve));
    const key = Buffer.alloc(16).toString('base64');
    raw.on('data', () => raw.write(Buffer.from('ffffffff', 'hex')));
    raw.write(`GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n`);
    raw.write(`Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`);
    await ended;
    expect(await call('ping')).toEqual({ status: 'success' });
  });
});

describe('JSON-RPC', () => {
  test('a wallet of the plainest kind: read, pay, look up, see it validated', async () => {
    const account = { account: alice.classicAddress, ledger_index: 'current', signer_lists: true };
    const { account_data: before } = await call('account_info', account);
    expect(before).toMatchObject({ Balance: '100000000', Sequence: 1001, signer_lists: [] });
    const { info } = await call('server_info');
    expect(info).toMatchObject({
      load_factor: 1,
      network_id: 1,
      validated_ledger: { seq: 1001, base_fee_xrp: 0.00001, reserve_base_xrp: 1, reserve_inc_xrp: 0.2 },
    });
    const blob = signNext(ledger, alice, payment(bob, 7n));
    const submitted = await call('submit', { tx_blob: blob });
    expect(submitted).toMatchObject({
      accepted: true,
      applied: true,
      broadcast: true,
      kept: true,
      queued: false,
      engine_result: 'tesSUCCESS',
      engine_result_code: 0,
      open_ledger_cost: '10',
      account_sequence_next: 1002,
      tx_blob: blob,
      tx_json: { Amount: '7', hash: expect.stringMatching(/^[0-9A-F]{64}$/) },
      validated_ledger_index: 1001,
      status: 'success',
    });
    expect(submitted.tx_json).not.toHaveProperty('DeliverMax');
    const { hash } = Object(submitted.tx_json);
    const open = await call('tx', { transaction: hash });
    expect(open).toMatchObject({ hash, Amount: '7', DeliverMax: '7', validated: false });
    for (const absent of ['meta', 'ledger_index', 'date', 'ctid']) expect(open).not.toHaveProperty(absent);
    ledger.close();
    expect(await call('tx', { transaction: hash })).toMatchObject({
      hash,
      Amount: '7',
      DeliverMax: '7',
      inLedger: 1002,
      ledger_index: 1002,
      ctid: 'C00003EA00000001',
      validated: true,
      date: expect.any(Number),
      meta: { TransactionResult: 'tesSUCCESS', delivered_amount: '7' },
    });
  });

  test('a ledger as the FDC indexer reads it: index as text, version 1', async () => {
    submitNext(ledger, alice, payment(bob, 7n, { Memos: [{ Memo: { MemoData: 'AB'.repeat(32) } }] }));
    const { hash, parentHash } = ledger.close();
    const result = await call('ledger', { ledger_index: '1002', transactions: true, expand: true });
    expect(result).toMatchObject({ ledger_index: 1002, ledger_hash: hash, validated: true });
    expect(result.ledger).toMatchObject({
      ledger_index: '1002',
      parent_hash: parentHash,
      closed: true,
      close_time: expect.any(Number),
      transactions: [
        {
          TransactionType: 'Payment',
          Amount: '7',
          hash: expect.any(String),
          Memos: [{ Memo: { MemoData: 'AB'.repeat(32) } }],
          metaData: { TransactionResult: 'tesSUCCESS', delivered_amount: '7' },
        },
      ],
    });
    const { ledger: brief } = await call('ledger', { ledger_index: 1002, transactions: true });
    expect(brief).toMatchObject({ transactions: [expect.stringMatching(/^[0-9A-F]{64}$/)] });
    const current = await call('ledger', { ledger_index: 'current' });
    expect(current).toEqual({
      ledger: { closed: false, ledger_index: '1003', parent_hash: hash },
      ledger_current_index: 1003,
      validated: false,
      status: 'success',
    });
  });

  test.each([
    ['account_info', { account: nobody.classicAddress }, 'actNotFound', 19],
    ['account_info', { account: 'rNot' }, 'actMalformed', 35],
    ['account_info', {}, 'invalidParams', 31],
    ['account_info', { account: alice.classicAddress, ledger_index: 99 }, 'lgrNotFound', 21],
    ['account_info', { account: alice.classicAddress, ledger_index: 'soon' }, 'invalidParams', 31],
    ['ledger', { ledger_hash: 'A'.repeat(64) }, 'lgrNotFound', 21],
    ['ledger', { ledger_index: '99999' }, 'lgrNotFound', 21],
    ['tx', { transaction: 'A'.repeat(64) }, 'txnNotFound', 29],
    ['tx', { transaction: 'A' }, 'notImpl', 74],
    ['tx', { transaction: 'A'.repeat(64), min_ledger: 1, max_ledger: 2000 }, 'excessiveLgrRange', 78],
    ['tx', { transaction: 'A'.repeat(64), min_ledger: 5, max_ledger: 2 }, 'invalidLgrRange', 79],
    ['account_tx', { account: alice.classicAddress, ledger_index_min: 5, ledger_index_max: 2 }, 'lgrIdxsInvalid', 57],
    ['submit', {}, 'invalidParams', 31],
    ['submit', { tx_json: {}, secret: 'x' }, 'notSupported', 75],
    ['submit', { tx_blob: '1200' }, 'invalidTransaction', undefined],
    ['ledger_accept', {}, 'notStandAlone', undefined],
    ['subscribe', { streams: ['ledger'] }, 'invalidParams', 31],
    ['channel_authorize', {}, 'unknownCmd', 32],
  ])('%s %o → %s', async (method, params, error, code) => {
    const result = await call(method, params);
    expect(result).toMatchObject({ status: 'error', error, request: { command: method, ...params } });
    expect(result.error_code).toBe(code);
    expect(typeof (result.error_message ?? result.error_exception ?? '')).toBe('string');
  });

  test('the text of a ledger not found is the one wallets look for', async () => {
    expect(await call('ledger', { ledger_index: 5 })).toMatchObject({ error_message: 'ledgerNotFound' });
  });

  test('an unknown account names the ledger it was looked for in', async () => {
    expect(await call('account_info', { account: nobody.classicAddress })).toMatchObject({
      account: nobody.classicAddress,
      ledger_current_index: 1002,
      validated: false,
    });
  });

  test('a range that was searched says whether all of it was there', async () => {
    const search = { transaction: 'A'.repeat(64), min_ledger: 1000 };
    expect(await call('tx', { ...search, max_ledger: 1001 })).toMatchObject({ searched_all: true });
    expect(await call('tx', { ...search, max_ledger: 1002 })).toMatchObject({ searched_all: false });
  });

  test('a tampered signature is refused before any engine result', async () => {
    const blob = signNext(ledger, alice, payment(bob, 7n)).replace(/7321ED../, '7321ED00');
    const result = await call('submit', { tx_blob: blob });
    expect(result).toMatchObject({ error: 'invalidTransaction', status: 'error' });
    expect(result.error_exception).toBe('fails local checks: Invalid signature.');
    expect(result).not.toHaveProperty('error_message');
  });

  test.each([{ params: null }, { params: [] }, { params: [{}] }, {}])('no parameters: %o', async (request) => {
    const { status, text } = await post({ method: 'ledger_current', ...request });
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual({ result: { ledger_current_index: 1002, status: 'success' } });
  });

  test.each([
    ['no json', 'Unable to parse request: '],
    [{}, 'Null method'],
    [{ method: 5 }, 'method is not string'],
    [{ method: '' }, 'method is empty'],
    [{ method: 'ping', params: [{}, {}] }, 'params unparsable'],
    [{ method: 'ping', params: {} }, 'params unparsable'],
    [{ method: 'ping', params: [{ api_version: 9 }] }, 'invalid_API_version'],
  ])('no request at all: %o', async (body, text) => {
    expect(await post(body)).toEqual({ status: 400, text });
  });

  test('what correlates an answer is handed back', async () => {
    const { text } = await post({ method: 'ping', id: 0, jsonrpc: '2.0', ripplerpc: '2.0' });
    expect(JSON.parse(text)).toEqual({ id: 0, jsonrpc: '2.0', ripplerpc: '2.0', result: { status: 'success' } });
  });

  test('version 2 inside the parameters', async () => {
    submitNext(ledger, alice, payment(bob, 7n));
    const { transactions } = ledger.close();
    const result = await call('tx', { transaction: transactions[0]?.hash, api_version: 2 });
    expect(result).toMatchObject({ tx_json: { DeliverMax: '7' }, close_time_iso: expect.stringMatching(/:\d\dZ$/) });
    expect(result.tx_json).not.toHaveProperty('Amount');
  });

  test('a planted refusal', async () => {
    options.current = { refuse: (command) => (command === 'ping' ? 'slowDown' : undefined) };
    expect(await call('ping')).toMatchObject({ error: 'slowDown', error_code: 10, status: 'error' });
    expect(await call('ledger_current')).toMatchObject({ status: 'success' });
  });
});

describe('what a server tells of itself', () => {
  test('server_state in integers', async () => {
    const { state } = await call('server_state');
    expect(state).toMatchObject({
      server_state: 'full',
      complete_ledgers: '1000-1001',
      load_base: 256,
      load_factor: 256,
      validated_ledger: { base_fee: 10, reserve_base: 1_000_000, reserve_inc: 200_000, seq: 1001 },
    });
    expect(state).not.toHaveProperty('hostid');
  });

  test('fee, at rest and under load', async () => {
    expect(await call('fee')).toEqual({
      current_ledger_size: '0',
      current_queue_size: '0',
      drops: { base_fee: '10', median_fee: '5000', minimum_fee: '10', open_ledger_fee: '10' },
      expected_ledger_size: '1000',
      ledger_current_index: 1002,
      levels: {
        median_level: '128000',
        minimum_level: '256',
        open_ledger_level: '256',
        reference_level: '256',
      },
      max_queue_size: '20000',
      status: 'success',
    });
    ledger.setLoadFactor(4);
    expect(await call('fee')).toMatchObject({ drops: { open_ledger_fee: '40' } });
    const { info } = await call('server_info');
    expect(info).toMatchObject({ load_factor: 4 });
  });

  test('random, ledger_current, ledger_closed', async () => {
    expect(await call('random')).toMatchObject({ random: expect.stringMatching(/^[0-9A-F]{64}$/) });
    const closed = ledger.history.ledgerByIndex(1001)?.hash;
    expect(await call('ledger_closed')).toMatchObject({ ledger_hash: closed, ledger_index: 1001 });
  });
});

describe('accounts', () => {
  test('objects by type, page by page', async () => {
    submitNext(ledger, alice, { TransactionType: 'TicketCreate', TicketCount: 12 });
    submitNext(ledger, alice, { TransactionType: 'DepositPreauth', Authorize: bob.classicAddress });
    const account = alice.classicAddress;
    const first = await call('account_objects', { account, type: 'ticket', limit: 10 });
    expect(first.account_objects).toHaveLength(10);
    expect(first.limit).toBe(10);
    const second = await call('account_objects', { account, type: 'ticket', limit: 10, marker: first.marker });
    expect(second.account_objects).toHaveLength(2);
    for (const absent of ['marker', 'limit']) expect(second).not.toHaveProperty(absent);
    const { account_objects: all } = await call('account_objects', { account });
    expect(all).toHaveLength(13);
    expect(await call('account_objects', { account, deletion_blockers_only: true })).toMatchObject({
      account_objects: [],
    });
    expect(await call('account_objects', { account, ledger_index: 'validated' })).toMatchObject({
      account_objects: [],
    });
  });

  test('deposit_authorized', async () => {
    const parties = { source_account: alice.classicAddress, destination_account: bob.classicAddress };
    expect(await call('deposit_authorized', parties)).toMatchObject({ deposit_authorized: true, ...parties });
    submitNext(ledger, bob, { TransactionType: 'AccountSet', SetFlag: 9 });
    expect(await call('deposit_authorized', parties)).toMatchObject({ deposit_authorized: false });
    const unknown = { ...parties, destination_account: nobody.classicAddress };
    expect(await call('deposit_authorized', unknown)).toMatchObject({ error: 'dstActNotFound' });
    expect(await call('deposit_authorized', { ...parties, source_account: 'x' })).toMatchObject({
      error: 'srcActMalformed',
    });
  });

  test('ledger_entry of an account', async () => {
    const { node, index } = await call('ledger_entry', { account_root: alice.classicAddress });
    expect(node).toMatchObject({ LedgerEntryType: 'AccountRoot', Account: alice.classicAddress });
    expect(await call('ledger_entry', { index })).toMatchObject({ node });
    expect(await call('ledger_entry', { index: 'A'.repeat(64) })).toMatchObject({ error: 'entryNotFound' });
  });

  test('an old ledger answers with the balance of its time', async () => {
    submitNext(ledger, alice, payment(bob, xrp(7)));
    ledger.close();
    const balanceAt = async (index: number | string): Promise<unknown> => {
      const { account_data: data } = await call('account_info', { account: bob.classicAddress, ledger_index: index });
      return Object(data).Balance;
    };
    expect(await balanceAt(1001)).toBe('100000000');
    expect(await balanceAt('validated')).toBe('107000000');
  });
});

const ask = async (body?: string): Promise<{ status: number; body: Record<string, unknown> }> => {
  const response = await fetch(server.faucetUrl, { method: 'POST', ...(body !== undefined && { body }) });
  expect(response.headers.get('Content-Type')).toContain('application/json');
  return { status: response.status, body: Object(await response.json()) };
};

describe('faucet', () => {
  test('100 XRP to an address, by a real payment', async () => {
    const { status, body } = await ask(JSON.stringify({ destination: nobody.classicAddress }));
    expect(status).toBe(200);
    expect(body).toMatchObject({ account: { classicAddress: nobody.classicAddress }, amount: 100, balance: 100 });
    expect(ledger.close().transactions[0]?.hash).toBe(body.transactionHash);
    expect(ledger.account(nobody.classicAddress)?.balanceDrops).toBe(xrp(100));
  });

  test('another amount; an X-address; a new account with its seed', async () => {
    await ask(JSON.stringify({ destination: nobody.getXAddress(false, true), xrpAmount: '2.5' }));
    expect(ledger.account(nobody.classicAddress, 'open')?.balanceDrops).toBe(2_500_000n);
    const { body } = await ask();
    expect(body.seed).toMatch(/^s/);
    expect(ledger.account(String(Object(body.account).classicAddress), 'open')?.balanceDrops).toBe(xrp(100));
  });

  test.each([
    ['-1', /above 0/],
    [0, /above 0/],
    ['0.000000', /above 0/],
    ['0.0000001', /at most 6 decimals/],
    ['1e3', /at most 6 decimals/],
    [1e30, /at most 6 decimals/],
    ['', /above 0/],
    ['9'.repeat(5_000), /above 0/],
    ['0.999999', /does not exist yet: its first payment must be at least 1 XRP/],
    ['100000000000', /can give 99999999798.99997 XRP at most/],
  ])('an amount of %s is refused in a sentence', async (xrpAmount, why) => {
    const { status, body } = await ask(JSON.stringify({ destination: nobody.classicAddress, xrpAmount }));
    expect(status).toBe(400);
    expect(body.error).toMatch(why);
    expect(ledger.openTransactions()).toEqual([]);
  });

  test('an account that takes no payment is refused with the result', async () => {
    submitNext(ledger, bob, { TransactionType: 'AccountSet', SetFlag: 9 });
    const { status, body } = await ask(JSON.stringify({ destination: bob.classicAddress }));
    expect(status).toBe(400);
    expect(body.error).toContain('tecNO_PERMISSION');
  });

  test.each(['nonsense', '{"destination":"nobody"}', '{"xrpAmount":"-1"}'])('refused: %s', async (body) => {
    expect(await ask(body)).toMatchObject({ status: 400 });
    expect(ledger.openTransactions()).toEqual([]);
  });
});

describe('WebSocket under attack', () => {
  const open = async (headers: Record<string, string> = {}): Promise<WebSocket> => {
    const socket = new WebSocket(server.webSocketUrl, { headers });
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    socket.on('error', () => undefined); // what we send breaks the protocol
    return socket;
  };
  const answerTo = async (socket: WebSocket, text: string): Promise<unknown> => {
    const answer = new Promise<Buffer>((resolve) => socket.once('message', resolve));
    socket.send(text);
    return JSON.parse((await answer).toString());
  };
  const closeCode = (socket: WebSocket) => new Promise((resolve) => socket.once('close', resolve));

  test.each([{ origin: 'https://evil.example' }, { origin: 'null' }, { host: 'evil.example' }])(
    'a page from elsewhere is not connected: %o',
    async (headers) => {
      await expect(open(headers)).rejects.toThrow('403');
    },
  );

  test('nested JSON is no JSON, and the connection lives', async () => {
    const socket = await open();
    const nested = '{"a":'.repeat(5_000) + '1' + '}'.repeat(5_000);
    const request = `{"command":"ping","id":${nested}}`;
    expect(await answerTo(socket, request)).toMatchObject({ type: 'error', error: 'jsonInvalid' });
    expect(await answerTo(socket, '{"command":"ping"}')).toMatchObject({ status: 'success' });
    socket.terminate();
  });

  test('a message beyond the limit closes the connection, whole or in fragments', async () => {
    const socket = await open();
    const closed = closeCode(socket);
    socket.send('x'.repeat(1_000_001));
    expect(await closed).toBe(1009);
    const other = await open();
    const otherClosed = closeCode(other);
    for (let sent = 0; sent < 11; sent += 1) other.send('x'.repeat(100_000), { fin: false });
    expect(await otherClosed).toBe(1009);
  });

  test('a compressed message, which nobody agreed on, closes the connection', async () => {
    const raw = connect(server.port, '127.0.0.1');
    const chunks: Buffer[] = [];
    raw.on('data', (chunk: Buffer) => chunks.push(chunk));
    const ended = new Promise((resolve) => raw.once('close', resolve));
    const key = Buffer.alloc(16).toString('base64');
    raw.write(`GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n`);
    raw.write(`Sec-WebSocket-Extensions: permessage-deflate\r\n`);
    raw.write(`Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`);
    raw.write(Buffer.from('c18100000000ff', 'hex'));
    await ended;
    const reply = Buffer.concat(chunks);
    expect(reply.toString('latin1')).not.toContain('permessage-deflate');
    expect(reply.subarray(-2).length).toBe(2);
    expect(await call('ping')).toEqual({ status: 'success' });
  });

  test.each(['requests', 'pings'])('who does not read what its %s bring is cut', async (kind) => {
    const raw = connect(server.port, '127.0.0.1');
    raw.on('error', () => undefined); // cut is what we want to be
    const gone = new Promise((resolve) => raw.once('close', resolve));
    raw.pause();
    const key = Buffer.alloc(16).toString('base64');
    raw.write(`GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n`);
    raw.write(`Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`);
    const text = JSON.stringify({ command: 'nothing', id: 'x'.repeat(100_000) });
    const length = Buffer.alloc(8);
    length.writeBigUInt64BE(BigInt(text.length));
    const request = Buffer.concat([Buffer.from('81ff', 'hex'), length, Buffer.alloc(4), Buffer.from(text)]);
    const ping = Buffer.concat([Buffer.from('89fd00000000', 'hex'), Buffer.alloc(125)]);
    const bytes = kind === 'requests' ? request : Buffer.concat(Array.from({ length: 1_000 }, () => ping));
    // Without an end to it, the server would keep all of it.
    while (!raw.destroyed && raw.bytesWritten < 400_000_000) {
      await new Promise((resolve) => raw.write(bytes, resolve));
    }
    expect(raw.bytesWritten).toBeLessThan(400_000_000);
    await gone;
    expect(await call('ping')).toEqual({ status: 'success' });
  });
});
