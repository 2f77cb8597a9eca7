/** Malformed requests, drawn from a seed: the words of each service with wrong values in wrong places, then cut, doubled or smudged. */
import fc from 'fast-check';
import { genesisAddress } from '../ledger/genesis.ts';
import { methodNames } from '../ledger/rpc/dispatch.ts';

export interface Malformed {
  readonly service: 'ledger' | 'web-socket' | 'faucet' | 'verifier' | 'data-availability' | 'control';
  readonly path: string;
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

const HUGE = '@huge@';
const NESTED = '@nested@';
const NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'length',
  'account',
  'ledger_index',
  'id',
  'api_version',
];

const value = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1, 0.5, 2 ** 53, -(2 ** 63), 1e308, HUGE, NESTED, '', ' ', [], {}),
  fc.constantFrom<unknown>(
    genesisAddress,
    'validated',
    'current',
    '0x',
    `0x${'f'.repeat(64)}`,
    'F'.repeat(64),
    '9'.repeat(500),
  ),
  fc.constantFrom<unknown>('\u0000', '\ud800', 'r'.repeat(5000), '-0', '1e999', '0.0000001', 'testXRP', ...NAMES),
  fc.jsonValue({ maxDepth: 3 }),
);
const fields = (...names: string[]) =>
  fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.constantFrom(...NAMES), fc.string()), value, { maxKeys: 6 });

const method = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<unknown>(...methodNames) },
  { weight: 1, arbitrary: value },
);
const ledgerParams = fields(
  'account',
  'ledger_index',
  'ledger_hash',
  'limit',
  'marker',
  'transaction',
  'ctid',
  'tx_blob',
  'tx_json',
  'binary',
  'type',
  'min_ledger',
  'max_ledger',
  'ledger_index_min',
  'ledger_index_max',
  'forward',
  'streams',
  'accounts',
  'index',
  'account_root',
  'destination_account',
  'source_account',
  'signer_lists',
  'expand',
  'transactions',
  'api_version',
  'ledger',
  'ticket',
  'check',
);
const jsonRpc = fc.record(
  {
    method,
    params: fc.oneof(
      ledgerParams.map((params) => [params]),
      value,
    ),
    id: value,
  },
  { requiredKeys: [] },
);
const message = fc.tuple(ledgerParams, method, value).map(([params, command, id]) => ({ ...params, command, id }));
const order = fields('destination', 'xrpAmount', 'userAgent');
const attestation = fields('attestationType', 'sourceId', 'requestBody', 'abiEncodedRequest', 'messageIntegrityCode');
const proofRequest = fields('votingRoundId', 'requestBytes');
const call = fc.record(
  {
    method: fc.constantFrom<unknown>(
      'now',
      'advanceTo',
      'snapshot',
      'restore',
      'setFaults',
      'publishPrice',
      'setBaseFee',
      'describe',
      7,
    ),
    params: fields('atS', 'id', 'faults', 'shiftBips', 'wei'),
  },
  { requiredKeys: [] },
);

const word = fc.constantFrom(
  'Payment',
  'AddressValidity',
  'prepareRequest',
  'verifyFDC',
  'mic',
  'api',
  'indexer',
  'block',
  '..',
  '%00',
  '%ff',
  ...NAMES,
);
const path = (...roots: string[]) =>
  fc
    .tuple(
      fc.constantFrom(...roots),
      fc.array(word, { maxLength: 3 }),
      fc.constantFrom('', '?limit=-1', '?limit=9e9&offset=1e9', '?voting_round_id=%', '?&&='),
    )
    .map(([root, words, query]) => [root, ...words].join('/') + query);

/** How the text is spoiled on its way; half of the requests are left as they are. */
const spoil = fc.constantFrom<(text: string, at: number) => string>(
  (text) => text,
  (text) => text,
  (text) => text,
  (text, at) => text.slice(0, at),
  (text, at) => text.slice(0, at) + text,
  (text, at) => `${text.slice(0, at)}\u0000${text.slice(at + 1)}`,
  (text, at) => text.slice(0, at) + '[{"a":'.repeat(2_000) + text.slice(at),
);

const headers = fc.constantFrom<Readonly<Record<string, string>>>(
  {},
  {},
  {},
  {},
  { origin: 'https://evil.example' },
  { 'content-type': 'text/plain' },
  { expect: '200-ok' },
  { cookie: 'a=b;'.repeat(500) },
  { 'content-encoding': 'gzip' },
  { authorization: 'Bearer' },
);

const of = (service: Malformed['service'], body: fc.Arbitrary<unknown>, paths: fc.Arbitrary<string>) =>
  fc
    .tuple(body, paths, spoil, fc.double({ min: 0, max: 1, noNaN: true }), headers, fc.boolean())
    .map(([content, target, spoiled, share, added, isRaw]): Malformed => {
      const text = (JSON.stringify(content) ?? '')
        .replaceAll(JSON.stringify(HUGE), '1e999')
        .replaceAll(JSON.stringify(NESTED), '{"a":['.repeat(40) + ']}'.repeat(40));
      const result = spoiled(text, Math.floor(share * text.length));
      return { service, path: target, body: Buffer.from(result, isRaw ? 'latin1' : 'utf8'), headers: added };
    });

const malformed = fc.oneof(
  of('ledger', jsonRpc, path('', '/')),
  of('web-socket', message, fc.constant('/')),
  of('faucet', order, fc.constant('/accounts')),
  of('verifier', attestation, path('/verifier/xrp/Payment', '/verifier/xrp', '/verifier/xrp/api/indexer', '')),
  of('data-availability', proofRequest, path('/api/v1/fdc', '/api/v1/fdc/proof-by-request-round', '/api/v0/fdc', '')),
  of('control', call, path('')),
);

/** The same requests for the same seed. */
export const malformedRequests = (seed: number, count: number): Malformed[] =>
  fc.sample(malformed, { seed, numRuns: count });
