/** Conformance runs on real devnets: a fault planted in one of two stand-ins is found; without one there is nothing. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from 'vitest';
import { suite } from '../../../fixtures/suite.ts';
import { plantedFaults } from '../../planted/index.ts';
import type { SourcePatch } from '../../devnet/contracts/compile.ts';
import { readCounterexample } from '../../sequence/counterexample.ts';
import { sharedOffers } from './conform.ts';
import { asRelease } from './older-releases.ts';
import { type RunOptions, runConformance } from './run.ts';
import { Side } from './side.ts';

const ONE_DROP_SHORT = plantedFaults.get('mint-one-drop-short')?.patches ?? [];
/** No statement finds this: it only bounds what can be drawn from a pool. */
const HIGHER_EXIT_RATIO: SourcePatch = {
  file: 'asset-manager/facets/AgentInfoFacet.sol',
  find: 'info.poolExitCollateralRatioBIPS = agent.pool.exitCollateralRatioBIPS();',
  replace: 'info.poolExitCollateralRatioBIPS = agent.pool.exitCollateralRatioBIPS() + 1;',
};

const test = base.extend<{ readonly folder: string }>({
  // oxlint-disable-next-line no-empty-pattern -- vitest reads the pattern to know what the fixture needs
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'conformance-test-'));
    await use(folder);
    rmSync(folder, { recursive: true });
  },
});

/** A short run of a stand-in against a changed one: exit code and what was printed. */
async function runAgainst(patches: readonly SourcePatch[], folder: string, actions: number) {
  const lines: string[] = [];
  const options: RunOptions = {
    actions,
    seed: 1,
    users: 2,
    agents: 2,
    sides: [{}, { patches }],
    labels: ['as it is', 'changed'],
    folder,
    say: (line) => lines.push(line),
  };
  return { code: await runConformance(suite, options), lines };
}

test('two stand-ins alike agree in every figure', async ({ folder, expect }) => {
  const { code, lines } = await runAgainst([], folder, 24);
  expect(lines.at(-1)).toMatch(/^0 differences in 2\d actions$/);
  expect(code).toBe(0);
  expect(readdirSync(folder)).toEqual([]);
});

test('a minting of one drop less is found, with the statement of both sides', async ({ folder, expect }) => {
  const { code, lines } = await runAgainst(ONE_DROP_SHORT, folder, 4);
  expect(code).toBe(1);
  expect(lines.at(-1)).toMatch(/^[1-9]\d* differences in \d+ actions$/);
  const text = lines.join('\n');
  expect(text).toContain('as it is and changed differ');
  expect(text).toMatch(/^≠ +failure +none +mint-[a-z-]+: balance of fAsset$/m);
  expect(text).toMatch(/^≠ +actual +\d+ +\d+$/m);
  const [file = ''] = readdirSync(folder);
  const { steps, failedStep } = readCounterexample(join(folder, file));
  expect(steps[failedStep]?.bundle).toMatch(/^mint-/);
});

test('what no statement judges is found as well', async ({ folder, expect }) => {
  const { code, lines } = await runAgainst([HIGHER_EXIT_RATIO], folder, 2);
  expect(code).toBe(1);
  expect(lines.join('\n')).toMatch(/^≠ +agents 0 poolExitRatioBips/m);
});

test('a wrong command line ends in one clear line and exit code 2', async ({ expect }) => {
  const { code, output } = await new Promise<{ code: number; output: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      [suite.programs, 'conformance', '--actions', '5'],
      (_error, stdout, stderr) => resolve({ code: child.exitCode ?? -1, output: stdout + stderr }),
    );
  });
  expect({ code, lines: output.trim().split('\n').length }).toEqual({ code: 2, lines: 1 });
  expect(output).toContain('--artifacts is missing');
});

test('the stand-in can be made what v1.2 was', async ({ expect, onTestFinished }) => {
  const side = await Side.open({ users: 1, agents: 1, patches: asRelease('v1.2') });
  onTestFinished(() => side.stop());
  expect(side.features.redeemAmount).toBe(false);
  expect(sharedOffers(suite, [side, side]).map(({ bundle }) => bundle.name)).not.toContain('redeem-amount');
});
