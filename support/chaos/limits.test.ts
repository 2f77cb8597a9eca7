/** A node that refuses what public ones refuse: whoever keeps within the record's limits never notices, others are told which it was. */
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { JsonRpc } from '../clients/flare/json-rpc.ts';
import { readLogs } from '../clients/flare/logs.ts';
import { LimitMet, type NodeLimits } from '../clients/flare/node-limits.ts';
import { combineList, readAll, readNativeBalance } from '../clients/flare/reads.ts';
import { coston2 } from '../clients/known-networks/coston2.ts';
import type { NetworkRecord } from '../clients/network-record.ts';
import { startChaos } from './chaos.ts';
import { type LimitKind, LIMIT_KINDS, limitKinds } from './kinds.ts';
import { startChain } from './testing/struck-network.ts';

const ACCOUNT = `0x${'11'.repeat(20)}`;
const LIMITS: NodeLimits = { logBlocks: 30, batchCalls: 20, historyBlocks: 40, requestsPerS: 15 };
const BLOCKS = 95;

let record: NetworkRecord;

beforeAll(async () => {
  const network = await startChain();
  record = { ...network.record, chain: { ...network.record.chain, limits: LIMITS } };
  const chain = new JsonRpc(record.chain.rpcUrls);
  await chain.call('anvil_mine', [BLOCKS]);
  chain.close();
  return () => network.stop();
});

async function limitedBy(kinds: readonly LimitKind[]) {
  const chaos = await startChaos(record, { seed: 1, rates: {}, limits: kinds });
  onTestFinished(() => chaos.stop());
  return chaos;
}

const patient = { tries: 2, neverBackward: true };
const balances = (count: number) => combineList(Array.from({ length: count }, () => readNativeBalance(ACCOUNT)));

/** One act beyond each limit. */
const BEYOND: Readonly<Record<LimitKind, (rpc: JsonRpc) => Promise<unknown>>> = {
  'log-range-limited': (rpc) => readLogs(rpc, { address: [ACCOUNT] }, 1, 90),
  'batch-limited': (rpc) => rpc.batch(balances(50).requests('latest')),
  'history-pruned': (rpc) => readAll(rpc, 3, { all: balances(2) }),
  'rate-limited': (rpc) => Promise.all(Array.from({ length: 40 }, () => rpc.call('eth_chainId'))),
};

test.each(limitKinds.filter((kind) => kind !== 'history-pruned'))('%s: the suite keeps within', async (kind) => {
  const chaos = await limitedBy([kind]);
  const { rpcUrls, limits = {} } = chaos.record.chain;
  const rpc = new JsonRpc(rpcUrls, { ...patient, limits });
  await BEYOND[kind](rpc);
  expect(chaos.counts()[kind]).toBe(0);
});

test.each(limitKinds)('%s: who does not know of the limit is told which it was, and where it is said', async (kind) => {
  const chaos = await limitedBy([kind]);
  const limits = kind === 'history-pruned' ? { historyBlocks: 40 } : {};
  const rpc = new JsonRpc(chaos.record.chain.rpcUrls, { tries: 1, neverBackward: true, limits });
  await rpc.call('eth_getBlockByNumber', ['latest', false]);
  const limit = LIMIT_KINDS[kind];
  await expect(BEYOND[kind](rpc)).rejects.toThrow(
    `: chain.limits.${limit} of the network's record is ${kind === 'history-pruned' ? 40 : 'not set'}`,
  );
  expect(chaos.counts()[kind]).toBeGreaterThan(0);
});

test('what helps nobody is not asked again', async () => {
  const chaos = await limitedBy(['log-range-limited']);
  const rpc = new JsonRpc(chaos.record.chain.rpcUrls, patient);
  await expect(BEYOND['log-range-limited'](rpc)).rejects.toThrow(LimitMet);
  expect(chaos.counts()['log-range-limited']).toBe(1);
});

test('a state that the nodes still have is read, the oldest too', async () => {
  const chaos = await limitedBy(['history-pruned']);
  const rpc = new JsonRpc(chaos.record.chain.rpcUrls, { tries: 1 });
  const head = Number(await rpc.call<string>('eth_blockNumber'));
  await expect(readAll(rpc, head - 40, { all: balances(1) })).resolves.toEqual({ all: [0n] });
  await expect(readAll(rpc, head - 41, { all: balances(1) })).rejects.toThrow('missing trie node');
});

test("where the record has no limits, they are those of Coston2's nodes", async () => {
  const { limits: _, ...chain } = record.chain;
  const chaos = await startChaos({ ...record, chain }, { seed: 1, rates: {}, limits: ['log-range-limited'] });
  onTestFinished(() => chaos.stop());
  expect(chaos.record.chain.limits).toEqual({ logBlocks: coston2.chain.limits?.logBlocks });
});
