import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { JsonRpc } from '../../clients/flare/json-rpc.ts';
import { busyPort, isListening } from '../testing/ports.ts';
import { startAnvil } from './anvil.ts';

const START_S = 1_790_000_010;

describe('startAnvil', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'anvil-test-'));
    vi.stubEnv('TMPDIR', folder);
    return async () => {
      vi.unstubAllEnvs();
      await rm(folder, { recursive: true });
    };
  });

  test('answers on a free port and leaves nothing behind when stopped, also twice', async () => {
    const anvil = await startAnvil({ chainId: 4242 });
    const rpc = new JsonRpc(anvil.url);
    expect(Number(await rpc.call<string>('eth_chainId'))).toBe(4242);
    expect(await readdir(folder)).toHaveLength(1);
    rpc.close();
    await anvil.stop();
    await anvil.stop();
    expect(await isListening(anvil.url)).toBe(false);
    expect(await readdir(folder)).toEqual([]);
  });

  test.runIf(process.platform === 'linux')('without a chosen port it is where no page can guess', async () => {
    const [one, other] = await Promise.all([startAnvil(), startAnvil()]);
    const hosts = [one, other].map(({ url }) => new URL(url).hostname);
    expect(new Set([...hosts, '127.0.0.1']).size).toBe(3);
    for (const host of hosts) expect(host).toMatch(/^127\./);
    await Promise.all([one.stop(), other.stop()]);
  });

  test('a page in a browser cannot call it, except one of the origin that is let in', async () => {
    const origin = 'http://wallet.test';
    const closed = await startAnvil();
    const open = await startAnvil({ allowOrigin: origin });
    // What a browser asks before it sends JSON, and what it sends without asking.
    const permission = (url: string) =>
      fetch(url, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });
    expect((await permission(closed.url)).headers.has('access-control-allow-origin')).toBe(false);
    expect((await permission(open.url)).headers.get('access-control-allow-origin')).toBe(origin);
    const body = '{"jsonrpc":"2.0","id":1,"method":"evm_mine","params":[]}';
    const plain = await fetch(closed.url, { method: 'POST', body, headers: { origin, 'content-type': 'text/plain' } });
    expect(await plain.json()).toHaveProperty('error');
    const rpc = new JsonRpc(closed.url);
    expect(await rpc.call('eth_blockNumber')).toBe('0x0');
    rpc.close();
    await Promise.all([closed.stop(), open.stop()]);
  });

  test('time stands still from the start second on, and after a revert', async () => {
    const anvil = await startAnvil({ startS: START_S });
    const rpc = new JsonRpc(anvil.url);
    const mined = async (...params: number[]) => {
      await rpc.call('evm_mine', params);
      const block = await rpc.call<{ timestamp: string }>('eth_getBlockByNumber', ['latest', false]);
      return Number(block.timestamp) - START_S;
    };
    expect(await mined()).toBe(0);
    const snapshot = await rpc.call<string>('evm_snapshot');
    expect([await mined(START_S + 500), await mined()]).toEqual([500, 500]);
    await rpc.call('evm_revert', [snapshot]);
    expect([await mined(), await mined(START_S + 1)]).toEqual([0, 1]);
    rpc.close();
    await anvil.stop();
  });

  test('state can be read the given number of blocks back, also after a revert', async () => {
    const anvil = await startAnvil({ startS: START_S, historyBlocks: 64 });
    const rpc = new JsonRpc(anvil.url);
    const [from, to] = [`0x${'aa'.repeat(20)}`, `0x${'bb'.repeat(20)}`];
    await rpc.call('anvil_setBalance', [from, '0xffffffffffffffffffff']);
    await rpc.call('anvil_impersonateAccount', [from]);
    /** The receiver's balance at a block is the block's number. */
    const mine = async (count: number) => {
      for (let done = 0; done < count; done += 1) {
        await rpc.call('eth_sendTransactionSync', [{ from, to, value: '0x1' }]);
      }
    };
    const balanceAt = async (block: number) =>
      Number(await rpc.call<string>('eth_getBalance', [to, `0x${block.toString(16)}`]));
    await mine(10);
    const snapshot = await rpc.call<string>('evm_snapshot');
    await mine(60);
    expect([await balanceAt(70), await balanceAt(10)]).toEqual([70, 10]);
    await rpc.call('evm_revert', [snapshot]);
    await mine(2);
    expect([await balanceAt(12), await balanceAt(9)]).toEqual([12, 9]);
    rpc.close();
    await anvil.stop();
  });

  test('a transaction costs the priority fee a unit of gas, whatever was reverted before', async () => {
    const anvil = await startAnvil({ startS: START_S });
    const rpc = new JsonRpc(anvil.url);
    const baseFee = async () => {
      await rpc.call('evm_mine');
      return (await rpc.call<{ baseFeePerGas: string }>('eth_getBlockByNumber', ['latest', false])).baseFeePerGas;
    };
    expect([await baseFee(), await baseFee()]).toEqual(['0x0', '0x0']);
    rpc.close();
    await anvil.stop();
  });

  test('a busy port is named', async () => {
    const port = await busyPort();
    await expect(startAnvil({ port })).rejects.toThrow(`port ${port} is busy`);
    expect(await readdir(folder)).toEqual([]);
  });

  test('anvil does not outlive a parent that is killed with -9, and its files go', async () => {
    const parent = spawnParent();
    const [printed]: Buffer[] = await once(parent.stdout ?? parent, 'data');
    const url = String(printed).trim();
    expect(await isListening(url)).toBe(true);
    parent.kill('SIGKILL');
    await expect.poll(() => isListening(url)).toBe(false);
    await expect.poll(() => homes()).toEqual([]);
  });

  test('a death that nobody asked for is told', async () => {
    const deaths: string[] = [];
    const anvil = await startAnvil({ onDeath: ({ message }) => deaths.push(message) });
    process.kill(anvil.pid, 'SIGKILL');
    await expect.poll(() => deaths).toEqual(['anvil ended unasked: its supervisor was killed']);
    expect(await isListening(anvil.url)).toBe(false);
    await anvil.stop();
  });

  test('a death just before the end is told, however late it is noticed', async () => {
    const deaths: string[] = [];
    const started = await startAnvil({ onDeath: ({ message }) => deaths.push(message) });
    const anvil = childOf(started.pid);
    process.kill(started.pid, 'SIGSTOP');
    process.kill(anvil, 'SIGKILL');
    await expect.poll(() => stateOf(anvil)).toMatch(/^Z/);
    const stopped = started.stop();
    process.kill(started.pid, 'SIGCONT');
    await stopped;
    expect(deaths).toEqual(['anvil ended unasked: anvil ended with SIGKILL']);
  });

  /** tsx keeps a folder of its own beside the homes. */
  const homes = async () => (await readdir(folder)).filter((name) => name.startsWith('fassets-qa-anvil-'));
});

function childOf(pid: number): number {
  const children = `/proc/${pid}/task/${pid}/children`;
  if (existsSync(children)) return Number(readFileSync(children, 'utf8'));
  return Number(execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' }));
}

/** As ps tells it: Z for a process that is dead and that its parent has not looked at yet. */
function stateOf(pid: number): string {
  const stat = `/proc/${pid}/stat`;
  if (existsSync(stat)) return readFileSync(stat, 'utf8').split(') ')[1] ?? '';
  return execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
}

function spawnParent(): ChildProcess {
  const program = path.join(import.meta.dirname, '../testing/start-anvil.ts');
  return spawn(process.execPath, ['--import', 'tsx', program], { stdio: ['ignore', 'pipe', 'inherit'] });
}
