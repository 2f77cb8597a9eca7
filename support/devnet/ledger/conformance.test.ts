/** An unmodified xrpl.js client must not be able to tell this ledger from a testnet node. */
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import {
  Client,
  type LedgerStream,
  RippledError,
  type SubmittableTransaction,
  type TransactionStream,
  Wallet,
  decode,
  multisign,
} from 'xrpl';
import { WebSocket } from 'ws';
import { HANG_MS } from '../../units/hang.ts';
import type { Ledger } from './ledger.ts';
import { type LedgerServer, startLedgerServer } from './server.ts';
import { type Fields, accountSet, asking, fundedLedger, payment, signNext, walletOf, xrp } from './testing.ts';

const alice = walletOf(1);
const bob = walletOf(2);
const nobody = walletOf(9);

let ledger: Ledger;
let server: LedgerServer;
let client: Client;

beforeEach(async () => {
  ledger = fundedLedger([alice, bob]);
  server = await startLedgerServer(ledger, { allowLedgerAccept: true, onFaucet: () => void ledger.close() });
  onTestFinished(() => server.stop());
  client = await connected(server);
});

/** Its own limits in time are for networks that lose something. */
async function connected({ webSocketUrl }: LedgerServer): Promise<Client> {
  const made = new Client(webSocketUrl, { connectionTimeout: HANG_MS, timeout: HANG_MS });
  onTestFinished(() => made.disconnect());
  await made.connect();
  return made;
}

/** What the real client may only be given as a type it knows. */
const asTransaction = (fields: Fields): SubmittableTransaction => JSON.parse(JSON.stringify(fields));

async function submit(wallet: Wallet, fields: Fields): Promise<string> {
  const { result } = await client.submit(signNext(ledger, wallet, fields));
  return result.engine_result;
}

/** Waits for one event of the client. */
const next = <T>(event: 'ledgerClosed' | 'transaction'): Promise<T> =>
  new Promise((resolve) => {
    client.once(event, (message: T) => resolve(message));
  });

/** What `account_tx` tells, in pages of two, that each transaction of an account delivered. */
async function amountsReceived(wallet: Wallet, forward: boolean): Promise<unknown[]> {
  const amounts: unknown[] = [];
  let marker: unknown;
  do {
    const page = { command: 'account_tx', account: wallet.classicAddress, limit: 2, forward, marker } as const;
    const { result } = await client.request(page);
    amounts.push(...result.transactions.map(({ meta }) => Object(meta).delivered_amount));
    marker = result.marker;
  } while (marker !== undefined);
  return amounts;
}

describe('a day in the life of a wallet', () => {
  test('autofill, sign, submit, close, read back', async () => {
    const prepared = await client.autofill(asTransaction({ ...payment(bob, xrp(7)), Account: alice.classicAddress }));
    expect(prepared).toMatchObject({ Fee: '12', Sequence: 1001, LastLedgerSequence: 1021 });
    expect(prepared.NetworkID).toBeUndefined();
    const { tx_blob: blob, hash } = alice.sign(prepared);
    const { result } = await client.submit(blob);
    expect(result).toMatchObject({ engine_result: 'tesSUCCESS', accepted: true, tx_json: { hash } });
    expect(await client.getXrpBalance(bob.classicAddress)).toBe(100);
    await client.connection.request({ command: 'ledger_accept' });
    expect(await client.getXrpBalance(bob.classicAddress)).toBe(107);
    expect(await client.getBalances(alice.classicAddress)).toEqual([{ currency: 'XRP', value: '92.999988' }]);
    expect(await client.getLedgerIndex()).toBe(1002);
    const { result: found } = await client.request({ command: 'tx', transaction: hash });
    expect(found).toMatchObject({
      hash,
      validated: true,
      ledger_index: 1002,
      ctid: 'C00003EA00000001',
      ledger_hash: ledger.history.ledgerByIndex(1002)?.hash,
      close_time_iso: expect.stringMatching(/^\d{4}-.*:\d\dZ$/),
      tx_json: { DeliverMax: '7000000', ledger_index: 1002, date: expect.any(Number) },
      meta: { TransactionResult: 'tesSUCCESS', delivered_amount: '7000000' },
    });
    expect(found.tx_json).not.toHaveProperty('Amount');
  });

  test('submitAndWait while a ledger closes over each transaction; also for a payment that fails', async () => {
    ledger.onApply(() => setImmediate(() => ledger.close()));
    const paid = client.submitAndWait(asTransaction({ ...payment(bob, 5n), Account: alice.classicAddress }), {
      wallet: alice,
    });
    const failed = client.submitAndWait(asTransaction({ ...payment(nobody, 5n), Account: bob.classicAddress }), {
      wallet: bob,
    });
    expect((await paid).result).toMatchObject({ validated: true, meta: { TransactionResult: 'tesSUCCESS' } });
    expect((await failed).result).toMatchObject({ meta: { TransactionResult: 'tecNO_DST_INSUF_XRP' } });
  });

  test('fundWallet through the faucet', async () => {
    const faucet = { faucetHost: `127.0.0.1:${server.port}`, faucetPath: '/accounts', faucetProtocol: 'http' as const };
    const { wallet, balance } = await client.fundWallet(null, faucet);
    expect(balance).toBe(100);
    expect(ledger.account(wallet.classicAddress)?.balanceDrops).toBe(xrp(100));
  });

  test('account_tx, page by page, both ways', async () => {
    for (let count = 0; count < 5; count++) {
      await submit(alice, payment(bob, BigInt(count + 1)));
      if (count % 2 === 1) ledger.close();
    }
    ledger.close();
    expect(await amountsReceived(bob, true)).toEqual(['100000000', '1', '2', '3', '4', '5']);
    expect(await amountsReceived(bob, false)).toEqual(['5', '4', '3', '2', '1', '100000000']);
  });

  test('a failed payment is in the history of its sender only', async () => {
    expect(await submit(alice, payment(bob, xrp(1000)))).toBe('tecUNFUNDED_PAYMENT');
    ledger.close();
    expect(await amountsReceived(bob, true)).toEqual(['100000000']);
    expect(await amountsReceived(alice, true)).toEqual(['100000000', undefined]);
  });

  test('AccountDelete with the fee the client works out', async () => {
    for (let count = 0; count < 260; count++) ledger.close();
    const deletion = {
      TransactionType: 'AccountDelete',
      Account: alice.classicAddress,
      Destination: bob.classicAddress,
    };
    const prepared = await client.autofill(asTransaction(deletion));
    expect(prepared.Fee).toBe('200000');
    const { result } = await client.submit(alice.sign(prepared).tx_blob);
    expect(result.engine_result).toBe('tesSUCCESS');
    ledger.close();
    await expect(client.getXrpBalance(alice.classicAddress)).rejects.toThrow('Account not found.');
  });
});

const entry = (wallet: Wallet): Fields => ({ SignerEntry: { Account: wallet.classicAddress, SignerWeight: 1 } });

describe('signing together', () => {
  test('a signer list, and what its members sign with the client’s own tools', async () => {
    const list = { TransactionType: 'SignerListSet', SignerQuorum: 2, SignerEntries: [entry(bob), entry(nobody)] };
    expect(await submit(alice, list)).toBe('tesSUCCESS');
    const fields = asTransaction({ ...payment(bob, 5n), Account: alice.classicAddress });
    const prepared = await client.autofill(fields, 2);
    expect(prepared.Fee).toBe('36');
    const combined = multisign([bob, nobody].map((wallet) => wallet.sign(prepared, true).tx_blob));
    const signed = JSON.parse(JSON.stringify(decode(combined)));
    const { result } = await client.request({ command: 'submit_multisigned', tx_json: signed });
    expect(result).toMatchObject({ engine_result: 'tesSUCCESS', tx_blob: combined, hash: expect.any(String) });
    expect(result.tx_json).not.toHaveProperty('hash');
    expect(result).not.toHaveProperty('accepted');
  });
});

describe('streams', () => {
  test('ledgers, with what is in them', async () => {
    const { result } = await client.request({ command: 'subscribe', streams: ['ledger'] });
    expect(result).toMatchObject({ fee_base: 10, ledger_index: 1001, reserve_base: 1_000_000, reserve_inc: 200_000 });
    await submit(alice, payment(bob, 5n));
    const heard = next<LedgerStream>('ledgerClosed');
    const { index, hash } = ledger.close();
    expect(await heard).toMatchObject({
      ledger_index: index,
      ledger_hash: hash,
      txn_count: 1,
      validated_ledgers: '1000-1002',
    });
    expect(await client.getLedgerIndex()).toBe(index);
  });

  test.each([{ streams: ['transactions'] as const }, { accounts: [bob.classicAddress] }])(
    'transactions: %o',
    async (wish) => {
      const { result } = await client.request({ command: 'subscribe', ...JSON.parse(JSON.stringify(wish)) });
      expect(result).toEqual({});
      const heard = next<TransactionStream>('transaction');
      await submit(alice, payment(bob, 5n));
      const { hash } = ledger.close();
      expect(await heard).toMatchObject({
        engine_result: 'tesSUCCESS',
        validated: true,
        status: 'closed',
        ledger_hash: hash,
        tx_json: { DeliverMax: '5' },
        meta: { delivered_amount: '5' },
        hash: expect.any(String),
      });
    },
  );

  test('consensus phases and book changes; manifests and validations, which nobody sends, are silent', async () => {
    const heard: unknown[] = [];
    client.on('consensusPhase', ({ consensus }) => heard.push(consensus));
    client.on('manifestReceived', (message) => heard.push(message));
    client.on('validationReceived', (message) => heard.push(message));
    const streams = ['consensus', 'manifests', 'validations', 'book_changes'];
    // The client has no event for book changes, so they are read off the socket.
    const socket = new WebSocket(server.webSocketUrl);
    const bookChanges = new Promise((resolve) => {
      socket.on('message', (data: Buffer) => {
        const message: unknown = JSON.parse(data.toString());
        if (Object(message).type === 'response') ledger.close();
        if (Object(message).type === 'bookChanges') resolve(message);
      });
    });
    const { result } = await client.request(JSON.parse(JSON.stringify({ command: 'subscribe', streams })));
    expect(result).toEqual({});
    socket.once('open', () => socket.send(JSON.stringify({ command: 'subscribe', streams: ['book_changes'] })));
    expect(await bookChanges).toMatchObject({ changes: [], ledger_index: 1002, validated: true });
    socket.close();
    await client.request({ command: 'ping' });
    expect(heard).toEqual(['establish', 'accepted', 'open']);
  });

  test('older names of streams and parameters; peers are an administrator’s business', async () => {
    const subscribe = (wish: object) => client.request(JSON.parse(JSON.stringify({ command: 'subscribe', ...wish })));
    await subscribe({ streams: ['rt_transactions', 'peer_status'] });
    const heard = next<TransactionStream>('transaction');
    await submit(alice, payment(bob, 5n));
    expect(await heard).toMatchObject({ validated: false, status: 'proposed' });
    expect(asking(ledger)('subscribe', { streams: ['ledger'] })).toMatchObject({ error: 'invalidParams' });
    const publicServer = await startLedgerServer(ledger);
    const stranger = new Client(publicServer.webSocketUrl);
    await stranger.connect();
    const wish = JSON.parse('{"command":"subscribe","streams":["peer_status"]}');
    await expect(stranger.request(wish)).rejects.toMatchObject({ data: { error: 'noPermission' } });
    await stranger.disconnect();
    await publicServer.stop();
  });

  test('proposed transactions are heard of before they are validated', async () => {
    await client.request({ command: 'subscribe', accounts_proposed: [alice.classicAddress] });
    const heard = next<TransactionStream>('transaction');
    await submit(alice, payment(bob, 5n));
    expect(await heard).toMatchObject({ validated: false, status: 'proposed', ledger_current_index: 1002 });
  });

  test('unsubscribing ends it; nonsense is refused', async () => {
    const heard: unknown[] = [];
    client.on('ledgerClosed', (message) => heard.push(message));
    await client.request({ command: 'subscribe', streams: ['ledger'] });
    await client.request({ command: 'unsubscribe', streams: ['ledger'] });
    ledger.close();
    await client.request({ command: 'ping' });
    expect(heard).toEqual([]);
    const wish = JSON.parse('{"command":"subscribe","streams":["gossip"]}');
    await expect(client.request(wish)).rejects.toMatchObject({ data: { error: 'malformedStream' } });
  });
});

describe('answers on the socket', () => {
  test('an error is told at the top level, with the request', async () => {
    const problem = await client.request({ command: 'account_info', account: nobody.classicAddress }).catch(Object);
    expect(problem).toBeInstanceOf(RippledError);
    expect(problem.message).toBe('Account not found.');
    expect(problem.data).toMatchObject({
      error: 'actNotFound',
      error_code: 19,
      status: 'error',
      type: 'response',
      request: { command: 'account_info' },
    });
    expect(problem.data).not.toHaveProperty('result');
  });

  test('the version is echoed only if it was named', async () => {
    const named = await client.request({ command: 'ping' });
    const unnamed: unknown = await client.connection.request({ command: 'ping' });
    expect(named).toMatchObject({ api_version: 2, type: 'response' });
    expect(unnamed).not.toHaveProperty('api_version');
  });

  test.each([
    ['{"id":1}', { id: 1, error: 'commandMissing' }],
    ['{"id":1,"command":"ping","api_version":7}', { id: 1, error: 'invalid_API_version' }],
    ['{"id":0,"command":"ping"}', { id: 0, type: 'response', status: 'success' }],
    ['nonsense', { type: 'error', error: 'jsonInvalid' }],
  ])('%s', async (text, expected) => {
    const socket = new WebSocket(server.webSocketUrl);
    await new Promise((resolve) => socket.once('open', resolve));
    const answer = new Promise<string>((resolve) => socket.once('message', (data: Buffer) => resolve(data.toString())));
    socket.send(text);
    expect(JSON.parse(await answer)).toMatchObject(expected);
    socket.close();
  });
});

describe('every verdict a wallet of native XRP can meet', () => {
  const issued = { currency: 'USD', issuer: alice.classicAddress, value: '1' };
  const ticket = { Sequence: 0, TicketSequence: 5 };
  const deletion = { TransactionType: 'AccountDelete', Destination: bob.classicAddress, Fee: '200000' };

  test.each<[string, Fields]>([
    ['tesSUCCESS', payment(bob, 1n)],
    ['tecUNFUNDED_PAYMENT', payment(bob, xrp(100))],
    ['tecNO_DST_INSUF_XRP', payment(nobody, 1n)],
    ['tecNO_ALTERNATIVE_KEY', accountSet({ SetFlag: 4 })],
    ['tefPAST_SEQ', payment(bob, 1n, { Sequence: 1 })],
    ['tefMAX_LEDGER', payment(bob, 1n, { LastLedgerSequence: 1001 })],
    ['tefBAD_AUTH', payment(alice, 1n, { Account: bob.classicAddress })],
    ['tefNO_TICKET', payment(bob, 1n, ticket)],
    ['terPRE_TICKET', payment(bob, 1n, { Sequence: 0, TicketSequence: 9999 })],
    ['terPRE_SEQ', payment(bob, 1n, { Sequence: 9999 })],
    ['terINSUF_FEE_B', payment(bob, 1n, { Fee: '100000001' })],
    ['telINSUF_FEE_P', payment(bob, 1n, { Fee: '9' })],
    ['telNETWORK_ID_MAKES_TX_NON_CANONICAL', payment(bob, 1n, { NetworkID: 1 })],
    ['temBAD_AMOUNT', payment(bob, 0n)],
    ['temBAD_FEE', payment(bob, 1n, { Fee: issued })],
    ['temREDUNDANT', payment(alice, 1n)],
    ['temDST_IS_SRC', { ...deletion, Destination: alice.classicAddress }],
    ['temDST_NEEDED', payment(bob, 1n, { Destination: 'rrrrrrrrrrrrrrrrrrrrrhoLvTp' })],
    ['temINVALID_FLAG', accountSet({ SetFlag: 9, ClearFlag: 9 })],
    ['temSEQ_AND_TICKET', payment(bob, 1n, { TicketSequence: 5 })],
    ['temBAD_SEND_XRP_MAX', payment(bob, 1n, { SendMax: '5' })],
    ['temBAD_SEND_XRP_PARTIAL', payment(bob, 1n, { Flags: 0x20000 })],
    ['temBAD_SEND_XRP_PATHS', payment(bob, 1n, { Paths: [[{ account: bob.classicAddress }]] })],
    ['temBAD_SEND_XRP_LIMIT', payment(bob, 1n, { Flags: 0x40000 })],
    ['temBAD_SEND_XRP_NO_DIRECT', payment(bob, 1n, { Flags: 0x10000 })],
    ['temDISABLED', { TransactionType: 'OfferCreate', TakerGets: '1', TakerPays: issued }],
  ])('%s', async (expected, fields) => {
    const before = ledger.account(alice.classicAddress, 'open')?.balanceDrops ?? 0n;
    expect(await submit(alice, fields)).toBe(expected);
    const isApplied = expected.startsWith('tec') || expected.startsWith('tes');
    expect(ledger.openTransactions()).toHaveLength(isApplied ? 1 : 0);
    const charged = before - (ledger.account(alice.classicAddress, 'open')?.balanceDrops ?? 0n);
    expect(charged > 0n).toBe(isApplied);
  });

  test('tecNO_DST and tecTOO_SOON: for a deletion the client insists on fail_hard, so they cost nothing', async () => {
    expect(await submit(alice, { ...deletion, Destination: nobody.classicAddress })).toBe('tecNO_DST');
    expect(await submit(alice, deletion)).toBe('tecTOO_SOON');
    expect(ledger.openTransactions()).toEqual([]);
  });

  test('tecINSUFFICIENT_RESERVE', async () => {
    expect(await submit(alice, payment(bob, xrp(60)))).toBe('tesSUCCESS');
    expect(await submit(alice, { TransactionType: 'TicketCreate', TicketCount: 250 })).toBe('tecINSUFFICIENT_RESERVE');
  });

  test('terNO_ACCOUNT', async () => {
    expect(await submit(nobody, payment(bob, 1n))).toBe('terNO_ACCOUNT');
  });

  test('tecDST_TAG_NEEDED and tecNO_PERMISSION', async () => {
    expect(await submit(bob, accountSet({ SetFlag: 1 }))).toBe('tesSUCCESS');
    expect(await submit(alice, payment(bob, 1n))).toBe('tecDST_TAG_NEEDED');
    expect(await submit(bob, accountSet({ SetFlag: 9 }))).toBe('tesSUCCESS');
    expect(await submit(alice, payment(bob, 1n, { DestinationTag: 0 }))).toBe('tecNO_PERMISSION');
  });

  test('tefMASTER_DISABLED and tecNEED_MASTER_KEY', async () => {
    const key = { TransactionType: 'SetRegularKey', RegularKey: bob.classicAddress };
    expect(await submit(alice, key)).toBe('tesSUCCESS');
    expect(await submit(bob, accountSet({ Account: alice.classicAddress, SetFlag: 4 }))).toBe('tecNEED_MASTER_KEY');
    expect(await submit(alice, accountSet({ SetFlag: 4 }))).toBe('tesSUCCESS');
    expect(await submit(alice, payment(bob, 1n))).toBe('tefMASTER_DISABLED');
  });

  test('telWRONG_NETWORK and telREQUIRES_NETWORK_ID, and a client that knows what to do', async () => {
    const far = fundedLedger([alice, bob], { networkId: 5000 });
    const farServer = await startLedgerServer(far);
    onTestFinished(() => farServer.stop());
    const farClient = await connected(farServer);
    const result = async (blob: string): Promise<string> => (await farClient.submit(blob)).result.engine_result;
    expect(await result(signNext(far, alice, payment(bob, 1n)))).toBe('telREQUIRES_NETWORK_ID');
    expect(await result(signNext(far, alice, payment(bob, 1n, { NetworkID: 5001 })))).toBe('telWRONG_NETWORK');
    const prepared = await farClient.autofill(asTransaction({ ...payment(bob, 1n), Account: alice.classicAddress }));
    expect(prepared.NetworkID).toBe(5000);
    expect(await result(alice.sign(prepared).tx_blob)).toBe('tesSUCCESS');
  });
});
