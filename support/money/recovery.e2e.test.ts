/**
 * Runs on a network that outlives them are killed with -9, and their money is still swept to the funder. Uses a realtime
 * devnet that is treated as a live network.
 */
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe } from 'vitest';
import { suite } from '../../fixtures/suite.ts';
import { type Gate, gateBefore } from '../chaos/testing/gate.ts';
import type { NetworkRecord } from '../clients/network-record.ts';
import { type PrivateNetwork, startPrivateNetwork } from '../run/testing/private-network.ts';
import { type StartedRun, type Starter, test } from '../run/testing/started-run.ts';
import { everyone } from '../keys/names.ts';
import { writeKeyFile } from '../keys/key-files.ts';
import { wellKnownKeys } from '../keys/key-source.ts';

const RESERVE_DROPS = 1_000_000n;

let network: PrivateNetwork;
let users: string;
let folder: string;
beforeAll(async () => {
  network = await startPrivateNetwork();
  return () => network.stop();
});

beforeEach(() => {
  users = mkdtempSync(join(tmpdir(), 'recovery-'));
  folder = join(users, 'private');
  for (const name of ['funder', ...everyone(['user-1'])]) writeKeyFile(folder, wellKnownKeys(name));
  return () => rmSync(users, { recursive: true, force: true });
});

const surroundings = (record: NetworkRecord, environment: Readonly<Record<string, string>> = {}) => ({
  environment: { NETWORK: 'network.json', USERS_FOLDER: users, ...environment },
  files: { 'network.json': JSON.stringify(record) },
});
const qaRun = (start: Starter, { record }: Gate, environment?: Readonly<Record<string, string>>): StartedRun =>
  start.suite(['run', 'sequences', '-t', 'all users'], surroundings(record, environment));
const collect = (start: Starter): StartedRun =>
  start.program([suite.programs, 'collect'], surroundings(network.record));

/** A gate that lets nobody through any more once `name` has signed so often. */
const gateAt = (name: string, signed: number): Promise<Gate> =>
  gateBefore(network.record, () => signedBy(name) >= signed);
/** Waits until the run stands before the gate. Throws when it ends before. */
const stopped = (run: StartedRun, gate: Gate): Promise<void> => {
  const endedBefore = run.ended().then(({ output }): never => {
    throw new Error(`it ended before the gate:\n${output}`);
  });
  return Promise.race([gate.reached, endedBefore]);
};

/** Lines of a journal after its first. */
const journalled = (name: string): string[] => {
  const path = join(folder, `${name}.journal.jsonl`);
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(1, -1) : [];
};
const signedBy = (name: string): number => journalled(name).filter((line) => line.includes('"signed"')).length;

/** What is left of a run besides the cache that the TypeScript loader keeps. */
const processesOf = (run: StartedRun): string[] => run.leftovers();

describe('kill -9', () => {
  test('in the midst of a minting: the janitor collects', async ({ start, expect }) => {
    const gate = await gateAt('user-1', 2);
    const run = qaRun(start, gate);
    await stopped(run, gate);
    run.child.kill('SIGKILL');
    await run.ended();
    gate.open();
    const log = () => readFileSync(join(run.folder, 'reports/janitor.log'), 'utf8');
    await expect.poll(log).toContain('npm run collect ended with 0');
    expect(log()).toMatch(/user-1 +\d+ +1 +0 /);
    expect(journalled('user-1')).toEqual([]);
    expect(journalled('funder')).toEqual([]);
    const { drops } = await network.tracesOf(wellKnownKeys('user-1'));
    expect(drops <= RESERVE_DROPS).toBe(true);
    await expect.poll(() => processesOf(run)).toEqual([]);
    expect(readdirSync(folder).filter((name) => name.endsWith('.lock'))).toEqual([]);
  });

  test('in funding, and nobody stays behind: the next run sweeps first, and is alone on its keys', async ({
    start,
    expect,
  }) => {
    const funding = await gateAt('funder', 2);
    const killed = qaRun(start, funding, { JANITOR: 'off' });
    await stopped(killed, funding);
    killed.child.kill('SIGKILL');
    await killed.ended();
    expect(existsSync(join(killed.folder, 'reports/janitor.log'))).toBe(false);

    const minting = await gateAt('user-1', 1);
    const next = qaRun(start, minting);
    await stopped(next, minting);
    const rival = await collect(start).ended();
    minting.open();
    expect(rival.output).toMatch(new RegExp(`^(?:funder|user-1) is in use: process ${next.child.pid} holds it since`));
    expect(rival.code).toBe(1);
    const { code, output } = await next.ended();
    expect(output).toContain('what earlier runs left');
    expect(output).toContain('closes to the last unit');
    expect(code).toBe(0);

    const again = await collect(start).ended();
    expect(again.code).toBe(0);
    expect(journalled('user-1')).toEqual([]);
    await expect.poll(() => processesOf(next)).toEqual([]);
  });
});
