/**
 * `npm run shrink` as its user runs it: on a real embedded devnet, from a saved file to the few steps that matter.
 *
 * The file stands for one that was found on another network: its protocol and network are not what it is played on.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from 'vitest';
import { suite } from '../../fixtures/suite.ts';
import { COUNTEREXAMPLE_FORMAT, readCounterexample } from '../sequence/counterexample.ts';

const test = base.extend<{ readonly folder: string }>({
  // oxlint-disable-next-line no-empty-pattern -- vitest reads the pattern to know what the fixture needs
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'shrink-file-test-'));
    await use(folder);
    rmSync(folder, { recursive: true });
  },
});

/** Five steps of two users, of which a mint and a redemption by the second matter. */
const found = {
  format: COUNTEREXAMPLE_FORMAT,
  id: 'redeem-short',
  failure: { verdict: 'wrong', id: 'redeem: balance of xrp', sentence: 'user-2, redeem: xrp is off by -1' },
  foundBy: 'a live run',
  seed: 1,
  network: 'far away',
  protocol: { kind: 'live', version: 'as deployed' },
  users: 2,
  steps: [
    { user: 'user-1', bundle: 'mint-lowest-fee-agent', choices: [40], plan: {} },
    { user: 'user-2', bundle: 'mint-lowest-fee-agent', choices: [300], plan: {} },
    { user: 'user-1', bundle: 'mint-random-agent', choices: [5_000, 60, 0], plan: {} },
    { user: 'user-2', bundle: 'mint-random-agent', choices: [9_000, 20, 0], plan: {} },
    { user: 'user-2', bundle: 'redeem', choices: [700, 0], plan: {} },
  ],
  failedStep: 4,
  schedule: [1, 0, 1, 1],
  versions: {},
};

function save(folder: string, counterexample: object): string {
  const path = join(folder, 'found.json');
  writeFileSync(path, JSON.stringify(counterexample));
  return path;
}

function runShrink(path: string): Promise<{ code: number; output: string }> {
  const root = join(import.meta.dirname, '../..');
  return new Promise((resolve) => {
    const args = [suite.programs, 'shrink', path];
    const child = execFile(process.execPath, args, { cwd: root }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, output: stdout + stderr }),
    );
  });
}

test('leaves the steps that matter, beside the original', async ({ folder, expect }) => {
  const path = save(folder, { ...found, plantedFault: 'agent-pays-one-drop-less' });
  const { code, output } = await runShrink(path);
  expect(code, output).toBe(0);
  const shrunkPath = join(folder, 'redeem-short.shrunk.json');
  const { steps, schedule } = readCounterexample(shrunkPath);
  expect(steps.map(({ user, bundle, choices }) => [user, bundle, ...choices])).toEqual([
    ['user-2', expect.stringMatching(/^mint-/), ...(steps[0]?.choices.map(() => 0) ?? [])],
    ['user-2', 'redeem', 0, 0],
  ]);
  expect(schedule).toEqual([]);
  expect(output).toContain(`PLANTED_FAULT=agent-pays-one-drop-less REPLAY=${shrunkPath} npx vitest run`);
  expect(output).toContain('sequence of 2 steps, shrunk from 5');

  const again = await runShrink(path);
  expect(again.code).toBe(0);
  expect(again.output).toContain('redeem: balance of xrp: 2 steps, on an embedded devnet');
});

test('says when the file does not fail in its way, and leaves nothing', async ({ folder, expect }) => {
  const { code, output } = await runShrink(save(folder, found));
  expect(output).toContain('not reproduced');
  expect(code).toBe(1);
  expect(() => readCounterexample(join(folder, 'redeem-short.shrunk.json'))).toThrow('ENOENT');
});

test('refuses what cannot be played before a devnet is started', async ({ folder, expect }) => {
  const { code, output } = await runShrink(save(folder, { ...found, plantedFault: 'unheard-of' }));
  expect(output).toBe('not replayable: there is no planted fault unheard-of\n');
  expect(code).toBe(2);
});
