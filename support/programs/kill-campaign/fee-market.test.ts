/** Rivals on a chain where fees rise: which of them gets in, and when. */
import { beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { TERMS, startChain, timeInTheHand } from '../../chaos/testing/struck-network.ts';
import { EvmAccount } from '../../clients/flare/account.ts';
import { evmChain } from '../../clients/flare/evm-chain.ts';
import { JsonRpc } from '../../clients/flare/json-rpc.ts';
import type { SignedTransaction } from '../../clients/journal.ts';
import { settle } from '../../clients/sending.ts';
import { setBalances } from '../../devnet/chain/chain-terms.ts';
import { FeeMarket, startFeeMarket } from './fee-market.ts';

const PAYEE = `0x${'ec'.repeat(20)}`;
const NEVER = Number.POSITIVE_INFINITY;
/** A client raises after a hundred looks each, however long they take. */
const lookMs = TERMS.receiptTimeoutMs / 400;
let network: Awaited<ReturnType<typeof startChain>>;
let node: JsonRpc;
beforeAll(async () => {
  network = await startChain();
  node = new JsonRpc(network.record.chain.rpcUrls);
  return async () => {
    node.close();
    await network.stop();
  };
});
beforeEach(() => void timeInTheHand({ lookMs }));

async function through(seed: string, percent: number, easeMs: number) {
  const market = new FeeMarket({ seed, percent, easeMs });
  const proxy = await startFeeMarket(network.record.chain.rpcUrls[0] ?? '', market);
  const rpc = new JsonRpc(proxy.url, { tries: 3, neverBackward: true });
  onTestFinished(async () => {
    rpc.close();
    await proxy.stop();
  });
  return { market, rpc };
}

let accounts = 0;
async function account(rpc: JsonRpc) {
  accounts += 1;
  const fates = new Map<string, string>();
  const signed: SignedTransaction[] = [];
  const made = new EvmAccount(rpc, `0x${String(accounts).repeat(64)}`, TERMS, {
    signed: (transaction) => void signed.push(transaction),
    final: (hash, fate) => void fates.set(hash, fate),
  });
  await setBalances(
    node,
    new Map([
      [made.address, 10n ** 20n],
      [PAYEE, 0n],
    ]),
  );
  return { made, signed, fates };
}
const paid = async () => BigInt(await node.call<string>('eth_getBalance', [PAYEE, 'latest']));

test('nothing waits where nothing is asked to', async () => {
  const { market, rpc } = await through('any', 0, NEVER);
  const { made, signed } = await account(rpc);
  for (const valueWei of [1n, 2n, 4n]) await made.send({ to: PAYEE, valueWei });
  expect(await paid()).toBe(7n);
  expect(market.offers.map(({ hash }) => hash)).toEqual(signed.map(({ hash }) => hash));
});

test('where all wait, all are raised, one of each nonce gets in, and that is not always the newest', async () => {
  const { market, rpc } = await through('several', 100, NEVER);
  const { made, signed, fates } = await account(rpc);
  for (const valueWei of [1n, 2n, 4n, 8n, 16n, 32n]) await made.send({ to: PAYEE, valueWei, gasLimit: 21_000n });
  expect(await paid()).toBe(63n);
  const placesOf = (fate: string) => signed.filter(({ hash }) => fates.get(hash) === fate);
  expect(placesOf('done').map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(placesOf('dead').length).toBeGreaterThanOrEqual(6);
  expect(new Set(market.offers.map(({ act }) => act)).size).toBe(6);
  const oldest = [0, 1, 2, 3, 4, 5].map((nonce) => signed.find(({ sequence }) => sequence === nonce)?.hash ?? '');
  expect(new Set(oldest.map((hash) => fates.get(hash)))).toEqual(new Set(['done', 'dead']));
});

test('one that nobody raises any more gets in when fees have eased', async () => {
  const { rpc } = await through('any', 100, 100);
  const { made, signed } = await account(rpc);
  const exact = { to: PAYEE, valueWei: 5n, gasLimit: 21_000n };
  const crashing = new EvmAccount(rpc, `0x${String(accounts).repeat(64)}`, TERMS, {
    signed: (transaction) => {
      signed.push(transaction);
      throw new Error('crash');
    },
    final: () => undefined,
  });
  await expect(crashing.send(exact)).rejects.toThrow('crash');
  const final = await settle(signed, evmChain(rpc, TERMS));
  expect(final?.hash).toBe(signed[0]?.hash);
  expect(await paid()).toBe(5n);
  expect(made.address).toBe(crashing.address);
});
