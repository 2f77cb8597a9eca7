/** What counts as a gift: what a sender's own transaction brought, and nothing that the protocol did. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { erc20Interface } from '../clients/flare/interfaces.ts';
import type { RpcCall } from '../clients/flare/json-rpc.ts';
import type { Point } from '../model/state.ts';
import type { PoolAddresses } from './pool-reads.ts';
import { GiftReader } from './gifts.ts';

const address = (digits: string): string => `0x${digits.repeat(20)}`;
const [USER, SENDER, POOL, VAULT] = [address('ab'), address('ef'), address('b0'), address('c1')];
const CONTRACTS = { wNat: address('1a'), fAsset: address('fa') };
const VAULT_TOKEN = address('d5');
const pools: readonly PoolAddresses[] = [
  { vault: VAULT, pool: POOL, poolToken: address('b1'), vaultToken: VAULT_TOKEN, underlyingAddress: 'r' },
];
const at = (block: number): Point => ({ block, ledger: 1, timeS: 1, ledgerTimeS: 1 });

interface Sent {
  readonly to: string;
  readonly input?: string;
  readonly value?: string;
  readonly block?: number;
  readonly status?: string;
}

const filterSchema = z.looseObject({ address: z.array(z.string()) });
const asked = (name: string, args: readonly unknown[] = []): string => erc20Interface.encodeFunctionData(name, args);

/** A chain with these transactions, each of which emitted a Transfer of the token it called. */
function chain(sent: readonly Sent[]) {
  const all = sent.map(({ value = '0x0', input = '0x', block = 5, status = '0x1', to }, index) => ({
    transaction: { hash: `0x${index}`, from: SENDER, to, value, input },
    block,
    status,
  }));
  const answer = ({ method, params }: RpcCall): unknown => {
    const [first] = params ?? [];
    if (method === 'eth_getLogs') {
      const { address: tokens } = filterSchema.parse(first);
      const logs = all.filter(({ transaction }) => tokens.includes(transaction.to));
      return logs.map(({ transaction }) => ({ transactionHash: transaction.hash }));
    }
    const known = all.find(({ transaction }) => transaction.hash === first);
    if (method === 'eth_getTransactionByHash') return known?.transaction ?? null;
    if (method === 'eth_getTransactionReceipt') return { status: known?.status };
    return { transactions: all.filter(({ block }) => block === Number(first)).map(({ transaction }) => transaction) };
  };
  return {
    limits: {},
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- just what a node answers
    batch: async <T extends readonly unknown[]>(calls: readonly RpcCall[]) => calls.map(answer) as unknown as T,
  };
}

const given = (accounts: readonly string[], sent: readonly Sent[], own: readonly string[] = []) =>
  new GiftReader(chain(sent), CONTRACTS, { pools: async () => pools }).between(
    USER,
    accounts,
    at(4),
    at(60),
    new Set(own),
  );
const amounts = async (...args: Parameters<typeof given>) => (await given(...args)).map(({ amount }) => amount);

test('a gift names its sender and its transaction', async () => {
  expect(await given(['native'], [{ to: USER, value: '0x7' }])).toEqual([
    { account: 'native', amount: 7n, cause: 'background', text: `gift of ${SENDER}`, source: '0x0' },
  ]);
});

test.each([
  ['native coin, whatever it says', 'native', [{ to: USER, value: '0x7', input: '0xc0de' }], [7n]],
  ['native coin in the last block', 'native', [{ to: USER, value: '0x7', block: 60 }], [7n]],
  ['WNat', 'wNat', [{ to: CONTRACTS.wNat, input: asked('transfer', [USER, 9n]) }], [9n]],
  ['WNat of a third', 'wNat', [{ to: CONTRACTS.wNat, input: asked('transferFrom', [SENDER, USER, 9n]) }], [9n]],
  ['WNat made for the user', 'wNat', [{ to: CONTRACTS.wNat, input: asked('depositTo', [USER]), value: '0x8' }], [8n]],
  ['vault collateral', `vault token ${VAULT_TOKEN}`, [{ to: VAULT_TOKEN, input: asked('transfer', [USER, 3n]) }], [3n]],
  [
    'WNat for a pool',
    `shared pool ${VAULT} WNat held`,
    [{ to: CONTRACTS.wNat, input: asked('transfer', [POOL, 3n]) }],
    [3n],
  ],
  [
    'FAssets for a pool',
    `shared pool ${VAULT} FAsset held`,
    [{ to: CONTRACTS.fAsset, input: asked('transfer', [POOL, 3n]) }],
    [3n],
  ],
] as const)('%s', async (_name, account, sent, expected) => expect(await amounts([account], sent)).toEqual(expected));

test.each([
  ['before the look', 'native', { to: USER, value: '0x7', block: 4 }],
  ['to somebody else', 'native', { to: SENDER, value: '0x7' }],
  ['that was taken back', 'native', { to: USER, value: '0x7', status: '0x0' }],
  ['to somebody else, of a token', 'wNat', { to: CONTRACTS.wNat, input: asked('transfer', [SENDER, 9n]) }],
  ['by a call that hands nothing on', 'wNat', { to: CONTRACTS.wNat, input: asked('withdraw', [9n]) }],
] as const)('nothing %s', async (_name, account, sent) => expect(await amounts([account], [sent])).toEqual([]));

test('neither the own acts nor accounts that are not asked for', async () => {
  const sent = [{ to: USER, value: '0x7' }];
  expect(await amounts(['native'], sent, ['0x0'])).toEqual([]);
  expect(await amounts(['wNat', 'xrp'], sent)).toEqual([]);
});
