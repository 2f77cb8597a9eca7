/** Clients of the chain through every kind of trouble: what is asked is answered, what is sent happens once. */
import { beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { ServiceUnavailable } from '../clients/endpoints.ts';
import { EvmAccount } from '../clients/flare/account.ts';
import { JsonRpc, JsonRpcError, RpcTransportError } from '../clients/flare/json-rpc.ts';
import { OutcomeUnknown, evmChain } from '../clients/flare/evm-chain.ts';
import type { Journal, SignedTransaction, TransactionFate } from '../clients/journal.ts';
import type { NetworkRecord } from '../clients/network-record.ts';
import { fateOf, settle } from '../clients/sending.ts';
import { setBalances } from '../devnet/chain/chain-terms.ts';
import { KINDS_OF } from './kinds.ts';
import { PATIENT, TERMS, startChain, strike, timeInTheHand } from './testing/struck-network.ts';

const KEY = `0x${'5a'.repeat(32)}`;
const PAYEE = `0x${'ee'.repeat(20)}`;

let record: NetworkRecord;
let chain: JsonRpc;

beforeAll(async () => {
  const network = await startChain();
  ({ record } = network);
  chain = new JsonRpc(record.chain.rpcUrls);
  return async () => {
    chain.close();
    await network.stop();
  };
});
beforeEach(async () => {
  await chain.call('evm_setAutomine', [true]);
  const { address } = new EvmAccount(chain, KEY, TERMS);
  await setBalances(
    chain,
    new Map([
      [address, 10n ** 24n],
      [PAYEE, 0n],
    ]),
  );
});

class Notes implements Journal {
  readonly transactions: SignedTransaction[] = [];
  readonly fates = new Map<string, TransactionFate>();
  signed(transaction: SignedTransaction): void {
    this.transactions.push(transaction);
  }
  final(hash: string, fate: TransactionFate): void {
    this.fates.set(hash, fate);
  }
}

const through = async (...args: Parameters<typeof strike> extends [unknown, ...infer R] ? R : never) => {
  const chaos = await strike(record, ...args);
  onTestFinished(() => chaos.stop());
  return chaos;
};
const patient = (rpcUrls: readonly string[]) => new JsonRpc(rpcUrls, PATIENT);
const paid = async () => BigInt(await chain.call<string>('eth_getBalance', [PAYEE, 'latest']));
const mine = (blocks = 1) => chain.call('anvil_mine', [blocks]);

describe('every kind', () => {
  test.each(KINDS_OF.chain)('%s: reads are answered as without it', async (kind) => {
    await mine(10);
    const chaos = await through('chain', kind, { most: 2 });
    const rpc = patient(chaos.record.chain.rpcUrls);
    const calls = [
      { method: 'eth_chainId', params: [] },
      { method: 'eth_getBalance', params: [PAYEE, 'latest'] },
      { method: 'eth_getTransactionCount', params: [PAYEE, 'latest'] },
    ];
    // The first look tells how far the chain is; a node behind that must not count afterwards.
    const head = await chain.call<string>('eth_blockNumber');
    await rpc.call('eth_getBlockByNumber', [head, false]);
    const results = await Promise.all([rpc.batch(calls), rpc.batch(calls), rpc.call('eth_blockNumber')]);
    expect(results).toEqual([await chain.batch(calls), await chain.batch(calls), head]);
    expect(chaos.counts()[kind]).toBe(2);
  });

  test.each(KINDS_OF.chain.filter((kind) => kind !== 'out-of-order'))(
    '%s on every sending and every look at first: paid once, journalled before it is sent',
    async (kind) => {
      const chaos = await through('chain', kind, { most: 4 });
      const journal = new Notes();
      const account = new EvmAccount(patient(chaos.record.chain.rpcUrls), KEY, TERMS, journal);
      for (const valueWei of [1n, 20n, 300n]) await account.send({ to: PAYEE, valueWei, gasLimit: 21_000n });
      expect(await paid()).toBe(321n);
      // Where a node that lags told the first nonce, what was signed with it is dead, and nothing was paid.
      const fates = [...journal.fates.values()].filter((fate) => kind !== 'stale' || fate !== 'dead');
      expect(fates).toEqual(['done', 'done', 'done']);
      expect(journal.transactions.map(({ hash }) => hash)).toEqual([...journal.fates.keys()]);
      expect(chaos.counts()[kind]).toBe(4);
    },
  );
});

describe('without patience the same trouble is an error', () => {
  test.each([
    'drop-before',
    'drop-after',
    'too-many-requests',
    'unavailable',
    'garbage',
    'truncated',
    'foreign-answer',
  ] as const)('%s', async (kind) => {
    const chaos = await through('chain', kind);
    await expect(new JsonRpc(chaos.record.chain.rpcUrls).call('eth_blockNumber')).rejects.toThrow(RpcTransportError);
  });

  test('stale: an older head is taken for the newest', async () => {
    await mine(10);
    const chaos = await through('chain', 'stale');
    const stale = await new JsonRpc(chaos.record.chain.rpcUrls).call<string>('eth_blockNumber');
    expect(Number(stale)).toBeLessThan(Number(await chain.call<string>('eth_blockNumber')));
  });
});

describe('a chain that asks more for gas than is usually offered', () => {
  const GWEI = 10n ** 9n;
  const ask = async (wei: bigint) => {
    await chain.call('anvil_setNextBlockBaseFeePerGas', [`0x${wei.toString(16)}`]);
    await mine();
  };
  beforeEach(() => () => ask(0n));

  test('gets it, with room to rise, and no more than it asks is paid', async () => {
    await ask(50n * GWEI);
    const { gasCostWei } = await new EvmAccount(chain, KEY, TERMS).send({
      to: PAYEE,
      valueWei: 7n,
      gasLimit: 21_000n,
    });
    const gasPriceWei = gasCostWei / 21_000n;
    expect(gasPriceWei > TERMS.maxFeePerGasWei && gasPriceWei < 51n * GWEI).toBe(true);
    expect(await paid()).toBe(7n);
  });

  test('above the limit nothing is signed, and the limit is named', async () => {
    await ask(50n * GWEI);
    const journal = new Notes();
    const account = new EvmAccount(chain, KEY, { ...TERMS, feeCapWei: 40n * GWEI }, journal);
    await expect(account.send({ to: PAYEE, valueWei: 7n })).rejects.toThrow(
      /GAS_FEE_CAP_WEI allows 40000000000: nothing/,
    );
    expect([journal.transactions, await paid()]).toEqual([[], 0n]);
  });

  test('a sweep leaves nothing behind', async () => {
    await ask(50n * GWEI);
    const account = new EvmAccount(chain, KEY, TERMS);
    await account.sweep(PAYEE);
    expect(BigInt(await chain.call<string>('eth_getBalance', [account.address, 'latest']))).toBe(0n);
  });
});

describe('sending', () => {
  const lost = ['drop-after', 'duplicate', 'truncated', 'foreign-answer'] as const;
  test.each(lost)('%s of the sending itself: looked up by its hash, not sent as another', async (kind) => {
    const chaos = await through('chain', kind, { text: 'eth_sendRaw' });
    const journal = new Notes();
    const account = new EvmAccount(patient(chaos.record.chain.rpcUrls), KEY, TERMS, journal);
    await account.send({ to: PAYEE, valueWei: 7n });
    expect(await paid()).toBe(7n);
    expect(journal.transactions).toHaveLength(1);
    expect(chaos.counts()[kind]).toBe(1);
  });

  test.each([
    [-32601, 'method not found'],
    [-32600, 'invalid request'],
    [-32602, 'invalid params'],
    [-32004, 'method not supported'],
    [-32000, 'the method eth_sendRawTransactionSync does not exist/is not available'],
  ])('a node that refuses to send and wait with %i, %s, is given it the plain way', async (code, message) => {
    const journal = new Notes();
    const node = new NoSync(record.chain.rpcUrls, { code, message });
    const account = new EvmAccount(node, KEY, TERMS, journal);
    await account.send({ to: PAYEE, valueWei: 3n });
    await account.send({ to: PAYEE, valueWei: 3n });
    expect(await paid()).toBe(6n);
    expect(journal.transactions).toHaveLength(2);
    expect(node.asked).toEqual(['eth_sendRawTransactionSync', 'eth_sendRawTransaction', 'eth_sendRawTransaction']);
  });

  test('a refusal on the only try is final and its nonce is free', async () => {
    const journal = new Notes();
    const account = new EvmAccount(chain, KEY, TERMS, journal);
    await expect(account.send({ to: PAYEE, valueWei: 10n ** 30n })).rejects.toThrow(JsonRpcError);
    await account.send({ to: PAYEE, valueWei: 5n });
    expect([...journal.fates.values()]).toEqual(['dead', 'done']);
    expect(journal.transactions[0]?.sequence).toBe(journal.transactions[1]?.sequence);
  });

  test('many at once go one after the other, each with a nonce of its own', async () => {
    const account = new EvmAccount(chain, KEY, TERMS);
    await Promise.all([1n, 2n, 4n, 8n].map((valueWei) => account.send({ to: PAYEE, valueWei })));
    expect(await paid()).toBe(15n);
  });

  test('a nonce that somebody else used up: dead, and signed again with the next', async () => {
    const journal = new Notes();
    const account = new EvmAccount(chain, KEY, TERMS, journal);
    await account.send({ to: PAYEE, valueWei: 1n });
    await new EvmAccount(chain, KEY, TERMS).send({ to: PAYEE, valueWei: 2n });
    await account.send({ to: PAYEE, valueWei: 4n });
    expect(await paid()).toBe(7n);
    expect([...journal.fates.values()]).toEqual(['done', 'dead', 'done']);
  });

  test('one that nobody mines is offered for more, with the same nonce; one of the two counts', async () => {
    await chain.call('evm_setAutomine', [false]);
    const journal = new Notes();
    const passMs = timeInTheHand();
    const account = new EvmAccount(new NoSync(record.chain.rpcUrls), KEY, TERMS, journal);
    const sending = account.send({ to: PAYEE, valueWei: 9n });
    await expect.poll(waitingForABlock).toBe(1);
    passMs(TERMS.receiptTimeoutMs / 3);
    await expect.poll(() => journal.transactions.length).toBe(2);
    await mine();
    await sending;
    expect(await paid()).toBe(9n);
    const [first, second] = journal.transactions;
    expect(first?.sequence).toBe(second?.sequence);
    expect([journal.fates.get(first?.hash ?? ''), journal.fates.get(second?.hash ?? '')]).toEqual(['dead', 'done']);
  });

  test('one that offers less than the chain asks for is offered for more until it does', async () => {
    await chain.call('anvil_setNextBlockBaseFeePerGas', [`0x${(11n * 10n ** 9n).toString(16)}`]);
    onTestFinished(async () => {
      await chain.call('anvil_setNextBlockBaseFeePerGas', ['0x0']);
      await mine();
    });
    const journal = new Notes();
    timeInTheHand({ lookMs: TERMS.receiptTimeoutMs / 400 });
    const account = new EvmAccount(new NoSync(record.chain.rpcUrls), KEY, TERMS, journal);
    await account.send({ to: PAYEE, valueWei: 9n, gasLimit: 21_000n });
    expect(await paid()).toBe(9n);
    expect([...journal.fates.values()].toSorted()).toEqual(['dead', 'done']);
  });

  test('one whose fate stays unknown is settled before anything else is signed', async () => {
    await chain.call('evm_setAutomine', [false]);
    const journal = new Notes();
    const passMs = timeInTheHand();
    const account = new EvmAccount(new NoSync(record.chain.rpcUrls), KEY, TERMS, journal);
    const sending = account.send({ to: PAYEE, valueWei: 10n, exactGasPriceWei: TERMS.maxFeePerGasWei });
    await expect.poll(waitingForABlock).toBe(1);
    passMs(TERMS.receiptTimeoutMs + 1);
    await expect(sending).rejects.toThrow(OutcomeUnknown);
    expect(journal.fates.size).toBe(0);
    await chain.call('evm_setAutomine', [true]);
    await mine();
    await account.send({ to: PAYEE, valueWei: 100n });
    expect(await paid()).toBe(110n);
    expect([...journal.fates.values()].filter((fate) => fate === 'done')).toHaveLength(2);
  });

  test('a receipt counts only so many blocks deep, and one that a reorg took away is sent again', async () => {
    const account = new EvmAccount(chain, KEY, { ...TERMS, confirmations: 3 });
    let isDone = false;
    const sending = account.send({ to: PAYEE, valueWei: 6n }).finally(() => (isDone = true));
    await expect.poll(paid).toBe(6n);
    expect(isDone).toBe(false);
    await chain.call('anvil_reorg', [1, []]);
    // Sent again with the same bytes; then blocks come.
    await expect.poll(paid).toBe(6n);
    await mine(3);
    const receipt = await sending;
    expect(receipt.blockNumber + 3).toBeLessThanOrEqual(Number(await chain.call<string>('eth_blockNumber')));
    expect(await paid()).toBe(6n);
  });
});

/** Transactions that the node has and that are in no block. */
const waitingForABlock = async () => Number((await chain.call<{ pending: string }>('txpool_status')).pending);

/** A node without eth_sendRawTransactionSync, which says so in one of the ways there are. */
class NoSync extends JsonRpc {
  readonly asked: string[] = [];
  readonly #refusal: { readonly code: number; readonly message: string };
  constructor(urls: readonly string[], refusal = { code: -32601, message: 'method not found' }) {
    super(urls);
    this.#refusal = refusal;
  }
  override async batch<T extends readonly unknown[]>(calls: Parameters<JsonRpc['batch']>[0]): Promise<T> {
    const [{ method } = { method: '' }] = calls;
    if (method.startsWith('eth_sendRaw')) this.asked.push(method);
    if (method.endsWith('Sync')) throw new JsonRpcError(method, this.#refusal);
    return super.batch<T>(calls);
  }
}

describe('a journal that refuses a line', () => {
  /** Refuses the line of this number, counted from 1. */
  class Full extends Notes {
    readonly #refused: number;
    #lines = 0;
    constructor(refused: number) {
      super();
      this.#refused = refused;
    }
    override signed(transaction: SignedTransaction): void {
      this.#write();
      super.signed(transaction);
    }
    override final(hash: string, fate: TransactionFate): void {
      this.#write();
      super.final(hash, fate);
    }
    #write(): void {
      this.#lines += 1;
      if (this.#lines === this.#refused) throw new Error('ENOSPC');
    }
  }

  test('what it refused is sent neither now nor by the next act', async () => {
    const journal = new Full(1);
    const account = new EvmAccount(chain, KEY, TERMS, journal);
    await expect(account.send({ to: PAYEE, valueWei: 100n })).rejects.toThrow('ENOSPC');
    await account.send({ to: PAYEE, valueWei: 3n });
    expect(await paid()).toBe(3n);
    expect([...journal.fates.values()]).toEqual(['done']);
  });

  test('a rival that it refused is not sent; what was sent before is settled before the next act', async () => {
    await chain.call('evm_setAutomine', [false]);
    const journal = new Full(2);
    const passMs = timeInTheHand();
    const account = new EvmAccount(new NoSync(record.chain.rpcUrls), KEY, TERMS, journal);
    const sending = account.send({ to: PAYEE, valueWei: 100n });
    await expect.poll(waitingForABlock).toBe(1);
    passMs(TERMS.receiptTimeoutMs / 3);
    await expect(sending).rejects.toThrow('ENOSPC');
    await mine();
    await chain.call('evm_setAutomine', [true]);
    await account.send({ to: PAYEE, valueWei: 3n });
    expect(await paid()).toBe(103n);
    expect([...journal.fates]).toEqual(journal.transactions.map(({ hash }) => [hash, 'done']));
  });

  test('a fate that it refused is looked up and told again before the next act', async () => {
    const journal = new Full(2);
    const account = new EvmAccount(chain, KEY, TERMS, journal);
    await expect(account.send({ to: PAYEE, valueWei: 100n })).rejects.toThrow('ENOSPC');
    expect(journal.fates.size).toBe(0);
    await account.send({ to: PAYEE, valueWei: 3n });
    expect(await paid()).toBe(103n);
    expect([...journal.fates]).toEqual(journal.transactions.map(({ hash }) => [hash, 'done']));
  });
});

describe('after a restart', () => {
  const settled = async (transaction: SignedTransaction) =>
    fateOf(transaction, await settle([transaction], evmChain(chain, TERMS)));

  async function signedOnly(valueWei: bigint): Promise<SignedTransaction> {
    const journal = new Notes();
    const crash = new Error('crash');
    const account = new EvmAccount(chain, KEY, TERMS, {
      signed: (transaction) => {
        journal.signed(transaction);
        throw crash;
      },
      final: () => undefined,
    });
    await expect(account.send({ to: PAYEE, valueWei })).rejects.toThrow(crash);
    const [transaction] = journal.transactions;
    if (transaction === undefined) throw new Error('nothing was signed');
    return transaction;
  }

  test('sends what was never sent, once, and finds what was', async () => {
    const transaction = await signedOnly(40n);
    expect(await settled(transaction)).toBe('done');
    expect(await settled(transaction)).toBe('done');
    expect(await paid()).toBe(40n);
  });

  test('tells what can never be in a block, and what reverted', async () => {
    const transaction = await signedOnly(40n);
    await new EvmAccount(chain, KEY, TERMS).send({ to: PAYEE, valueWei: 2n });
    expect(await settled(transaction)).toBe('dead');
    expect(await paid()).toBe(2n);
  });
});

describe('giving up', () => {
  test('names the service, its endpoints without secrets, the tries and the last cause', async () => {
    const rpc = new JsonRpc(['http://user:pass@127.0.0.1:9/rpc?key=hidden', 'http://127.0.0.1:9/other'], { tries: 2 });
    const error = await rpc.call('eth_blockNumber').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect(String(error)).toMatch(
      /chain at http:\/\/127.0.0.1:9\/rpc, http:\/\/127.0.0.1:9\/other: .*ECONNREFUSED.*2 tries/,
    );
    expect(String(error)).not.toMatch(/pass|hidden/);
  });

  test('with another endpoint there is no need to', async () => {
    const rpc = new JsonRpc(['http://127.0.0.1:9', ...record.chain.rpcUrls], { tries: 2 });
    expect(await rpc.call('eth_chainId')).toBe('0x7a69');
  });
});
