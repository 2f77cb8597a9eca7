/** What was sent for executors, and who ended what has one. */
import { ZeroAddress, getAddress } from 'ethers';
import { expect, test } from 'vitest';
import { assetManagerInterface } from '../clients/flare/interfaces.ts';
import type { JsonRpc } from '../clients/flare/json-rpc.ts';
import { continueHistory, emptyHistory } from '../model/protocol-history.ts';

import { readExecutorActs } from './executor-acts.ts';
import type { ProtocolEvent } from './protocol-logs.ts';

const EXECUTOR = getAddress(`0x${'ec'.repeat(20)}`);
const CALLER = getAddress(`0x${'ca'.repeat(20)}`);

const VAULT = `0x${'ab'.repeat(20)}`;

function event(hash: string, name: string, values: readonly unknown[]): ProtocolEvent {
  const { data, topics } = assetManagerInterface.encodeEventLog(name, values);
  const told = assetManagerInterface.parseLog({ data, topics });
  if (told === null) throw new Error('it cannot be read back');
  return { event: told, vault: undefined, emitter: '0xa5', hash, block: 1, blockHash: '0xb', atS: 0n };
}
const requested = (hash: string, id: bigint, executor = EXECUTOR) =>
  event(hash, 'RedemptionRequested', [
    VAULT,
    CALLER,
    id,
    'r',
    1n,
    1n,
    1n,
    1n,
    1n,
    `0x${'00'.repeat(32)}`,
    executor,
    1n,
  ]);
const defaulted = (hash: string, id: bigint) => event(hash, 'RedemptionDefault', [VAULT, CALLER, id, 10n, 5n, 6n]);

/** A node where each transaction is the caller's, with ten gwei. */
function node() {
  const asked: unknown[] = [];
  const rpc: Pick<JsonRpc, 'batch'> = {
    batch: async <T extends readonly unknown[]>(calls: readonly { params: readonly unknown[] }[]) => {
      asked.push(...calls.map(({ params }) => params[0]));
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- just what a node answers
      return calls.map(() => ({ from: CALLER, value: '0x2540be400' })) as unknown as T;
    },
  };
  return { rpc, asked };
}

const NOTHING_OPEN = { reservations: new Map(), requests: new Map() };

test('nothing is asked while nobody names an executor', async () => {
  const { rpc, asked } = node();
  const one = requested('0xa', 1n, ZeroAddress);
  expect((await readExecutorActs(rpc, [one], NOTHING_OPEN))(one)).toEqual({});
  expect(asked).toEqual([]);
});

test('requests of one transaction share what was sent with it, in their order', async () => {
  const { rpc, asked } = node();
  const both = [requested('0xa', 1n), requested('0xa', 3n)];
  const actOf = await readExecutorActs(rpc, both, NOTHING_OPEN);
  const named = (index: number) => ({
    executor: { address: EXECUTOR.toLowerCase(), sentWei: 10n ** 10n, index, of: 2 },
  });
  expect(both.map(actOf)).toEqual([named(0), named(1)]);
  expect(asked).toEqual(['0xa']);
});

test('who ends a record that has an executor is told, of others not', async () => {
  const { rpc, asked } = node();
  const terms = {
    granularityUba: 1n,
    queue: { lotSizeUba: 10n, redemptionFeeBips: 0n },
    window: { blocksForPayment: 1n, secondsForPayment: 1n, averageBlockTimeMs: 1n },
    extensionS: 0n,
  };
  const start = emptyHistory({
    underlying: { block: 1n, timestampS: 1n, updatedAtS: 1n },
    agents: new Map([['0xa', { redemptionPoolFeeShareBIPS: 0n }]]),
    queue: { tickets: [], dustUba: new Map() },
    followed: undefined,
  });
  const open = {
    kind: 'requested' as const,
    vault: '0xa',
    valueUba: 10n,
    told: { feeUBA: 0n },
    atS: 1n,
    window: { firstBlock: 1n, lastBlock: 2n, lastTimestampS: 2n },
    transaction: '0x1',
  };
  const executor = { address: EXECUTOR.toLowerCase(), sentWei: 0n, index: 0, of: 1 };
  const history = continueHistory(
    start,
    [
      { ...open, id: 5n, executor },
      { ...open, id: 7n },
    ],
    terms,
  );
  const [entrusted, other] = [defaulted('0xb', 5n), defaulted('0xc', 7n)] as const;
  const actOf = await readExecutorActs(rpc, [entrusted, other], history);
  expect([actOf(entrusted), actOf(other)]).toEqual([{ caller: CALLER.toLowerCase() }, {}]);
  expect(asked).toEqual(['0xb']);
});
