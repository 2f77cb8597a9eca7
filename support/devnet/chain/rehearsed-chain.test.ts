import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { JsonRpc } from '../../clients/flare/json-rpc.ts';
import { HANG_MS } from '../../units/hang.ts';
import { startAnvil } from './anvil.ts';
import { setBalances } from './chain-terms.ts';
import { ChainTime, ServiceRpc } from './chain-time.ts';
import { type Rehearsal, RehearsalDiffers, RehearsedRpc, rehearsal } from './rehearsed-chain.ts';
import { ServiceAccount } from './service-account.ts';

const KEY = `0x${'7'.repeat(64)}`;
const RECEIVER = `0x${'12'.repeat(20)}`;
const START_S = 1_790_000_010;

describe('a rehearsed chain', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'rehearsal-test-'));
    return () => rmSync(folder, { recursive: true });
  });

  /** A chain of its own, set up by `payments` from one account; what it was asked meanwhile, and how it ended up. */
  async function setUp(payments: readonly bigint[], mayUse = true) {
    const rehearsed: Rehearsal = rehearsal('the same', mayUse, folder);
    const anvil = await startAnvil({ startS: START_S });
    const chain = new JsonRpc(anvil.url, { timeoutMs: HANG_MS });
    const time = new ChainTime(new RehearsedRpc(anvil.url, rehearsed, { timeoutMs: HANG_MS }), START_S);
    const rpc = new ServiceRpc(anvil.url, rehearsed, () => time.beforeSend(START_S + 60));
    const latest = async () => chain.call<{ hash: string; number: string }>('eth_getBlockByNumber', ['latest', false]);
    try {
      const account = new ServiceAccount(rpc, KEY);
      await setBalances(rpc, new Map([[account.address, 10n ** 18n]]));
      for (const valueWei of payments) await account.send({ to: RECEIVER, valueWei, gasLimit: 21_000n });
      const sent = Number((await latest()).number);
      await rehearsed.end(chain);
      const { hash } = await latest();
      const { blockNumber } = await account.send({ to: RECEIVER, valueWei: 1n, gasLimit: 21_000n });
      return { sent, hash, blockNumber, balance: BigInt(await chain.call('eth_getBalance', [RECEIVER, 'latest'])) };
    } finally {
      for (const connection of [chain, rpc]) connection.close();
      await anvil.stop();
    }
  }

  test('comes to the same state though nothing is sent again, and goes on from there', async () => {
    const first = await setUp([5n, 6n]);
    expect(first).toMatchObject({ sent: 2, blockNumber: 3, balance: 12n });
    const second = await setUp([5n, 6n]);
    expect(second).toEqual({ ...first, sent: 0 });
  });

  test('is not taken for one that was asked something else, or more', async () => {
    await setUp([5n, 6n]);
    await expect(setUp([5n, 7n])).rejects.toThrow(RehearsalDiffers);
    await expect(setUp([5n])).rejects.toThrow('requests of before were not made');
    await expect(setUp([5n, 6n, 6n])).rejects.toThrow(RehearsalDiffers);
    expect(await setUp([5n, 7n], false)).toMatchObject({ sent: 2, balance: 13n });
    expect(await setUp([5n, 7n])).toMatchObject({ sent: 0, balance: 13n });
  });

  test('is set up anew over a file that is not whole', async () => {
    await setUp([5n]);
    const [name = ''] = readdirSync(folder);
    writeFileSync(path.join(folder, name), 'cut off');
    expect(await setUp([5n])).toMatchObject({ sent: 1, balance: 6n });
    expect(await setUp([5n])).toMatchObject({ sent: 0, balance: 6n });
    expect(readdirSync(folder)).toEqual([name]);
  });
});
