/** Two shards of one run share a live network and its funder: users of their own, no nonce twice, one JUnit file in the end. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { Closers } from '../devnet/closers.ts';
import { type PrivateNetwork, startPrivateNetwork } from './testing/private-network.ts';
import { test } from './testing/started-run.ts';
import { FUNDER_NAME, everyone } from '../keys/names.ts';
import { writeKeyFile } from '../keys/key-files.ts';
import { wellKnownKeys } from '../keys/key-source.ts';

let network: PrivateNetwork;
let folder: string;
const opened = new Closers();
afterAll(() => opened.close());
beforeAll(async () => {
  network = await startPrivateNetwork();
  opened.add(() => network.stop());
  folder = mkdtempSync(join(tmpdir(), 'shards-'));
  opened.add(async () => rmSync(folder, { recursive: true, force: true }));
  for (const name of [FUNDER_NAME, ...everyone(['user-1', 'user-2'])])
    writeKeyFile(join(folder, 'private'), wellKnownKeys(name));
});

test('two shards at once: both accounts close, and their reports are merged', async ({ start, expect }) => {
  const blobs = join(folder, 'blobs');
  const shards = [1, 2].map((index) =>
    start.suite(
      [
        'run',
        'bundles',
        'sequences',
        `--shard=${index}/2`,
        '--reporter=blob',
        `--outputFile.blob=${blobs}/${index}.json`,
      ],
      {
        environment: { NETWORK: 'network.json', USERS_FOLDER: folder },
        files: { 'network.json': JSON.stringify(network.record) },
      },
    ),
  );
  for (const [at, shard] of shards.entries()) {
    const { code, output } = await shard.ended();
    expect(output).toContain('closes to the last unit');
    expect(output).toMatch(/[1-9]\d* actions, 0 mismatches, 0 unknown/);
    expect(output).toContain(`user-${at + 1} `);
    expect(output).not.toContain(`user-${2 - at} `);
    expect(code).toBe(0);
  }

  const junit = join(folder, 'junit.xml');
  const merged = start.suite(['run', `--merge-reports=${blobs}`, '--reporter=junit', `--outputFile.junit=${junit}`]);
  const { code, output } = await merged.ended();
  expect(output).toContain('2 passed');
  expect(code).toBe(0);
  const cases = readFileSync(junit, 'utf8').match(/<testcase [^>]*name="[^"]*"/g) ?? [];
  for (const user of ['user-1', 'user-2']) expect(cases.some((line) => line.includes(user))).toBe(true);
});
