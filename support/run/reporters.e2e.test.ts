/** A red run as each of vitest's own reporters tells it: why it is red and how to repeat it, with nothing of theirs broken. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type ExpectStatic, describe } from 'vitest';
import { openRunPage, speakAsPage } from './testing/run-page.ts';
import { startingRuns, test as startTest } from './testing/started-run.ts';

const PLANTED_FAULT = 'agent-pays-one-drop-less';
const FAILURE = /user-1, redeem: xrp is \d+, expected \d+, off by -1/;
const REPLAY = /replay: PLANTED_FAULT=agent-pays-one-drop-less REPLAY=\S+\.json npx vitest run/;
/** What vitest prints of an error that is more than text, or when it falls over one. */
const MORE_THAN_TEXT = /Unhandled|serializ/i;

interface RedRun {
  /** Where its reporters write. */
  readonly reports: string;
  /** Where it was started. */
  readonly folder: string;
  readonly code: number | null;
  readonly output: string;
}

const test = startTest.extend<{ red: RedRun }>({
  red: [
    // oxlint-disable-next-line no-empty-pattern -- vitest reads the pattern to know what the fixture needs
    async ({}, use) => {
      const reports = mkdtempSync(join(tmpdir(), 'fassets-qa-reports-'));
      const outputs = ['json=run.json', 'junit=junit.xml', 'html=page/index.html', 'blob=blobs/1.json'];
      try {
        await startingRuns(async (start) => {
          const run = start.redAndGreen({
            environment: { PLANTED_FAULT },
            files: { go: '' },
            reporters: ['verbose', 'json', 'junit', 'html', 'blob'],
            options: outputs.map((output) => `--outputFile.${output.replace('=', `=${reports}/`)}`),
          });
          await use({ reports, folder: run.folder, ...(await run.ended()) });
        });
      } finally {
        rmSync(reports, { recursive: true, force: true });
      }
    },
    { scope: 'file' },
  ],
});

describe.concurrent('a red run', () => {
  test('ends as every run does', ({ red, expect }) => {
    expect(red.code, red.output).toBe(1);
    expect(red.output).toContain('closes to the last unit');
    expect(red.output).toMatch(/^1 distinct failure in 1 test:\n {2}redeem: balance of xrp \(1 test\)\n/m);
    expect(red.output).not.toMatch(MORE_THAN_TEXT);
    expect(JSON.parse(readFileSync(join(red.folder, 'reports/run.json'), 'utf8'))).toMatchObject({ mismatches: 1 });
  });

  test('verbose', ({ red, expect }) => {
    expect(red.output).toMatch(/✓ .* > mints \d+ms/);
    expect(red.output).toMatch(/× .* > mints and redeems \d+ms/);
    expect(red.output).toMatch(FAILURE);
    expect(red.output).toMatch(REPLAY);
  });

  test('json', ({ red, expect }) => {
    const { testResults, ...counts } = JSON.parse(readFileSync(join(red.reports, 'run.json'), 'utf8'));
    expect(counts).toMatchObject({ numPassedTests: 1, numFailedTests: 1 });
    const [message] = testResults[0].assertionResults.flatMap(
      (result: { failureMessages: string[] }) => result.failureMessages,
    );
    expect(message).toMatch(FAILURE);
    expect(message).toMatch(REPLAY);
  });

  test('junit', ({ red, expect }) => {
    expectJunit(expect, readFileSync(join(red.reports, 'junit.xml'), 'utf8'));
  });

  test('html', ({ red, expect }) => {
    const page = gunzipSync(readFileSync(join(red.reports, 'page/html.meta.json.gz'))).toString();
    expect(page).toMatch(FAILURE);
    expect(page).toMatch(REPLAY);
  });

  test('blob, merged with --merge-reports', async ({ red, start, expect }) => {
    const junit = join(red.reports, 'merged.xml');
    const merged = start.redAndGreen({
      reporters: ['default', 'junit'],
      options: [`--merge-reports=${red.reports}/blobs`, `--outputFile.junit=${junit}`],
    });
    const { code, output } = await merged.ended();
    expect(output).toMatch(FAILURE);
    expect(output).toMatch(/1 failed \| 1 passed/);
    expect(code).toBe(1);
    expectJunit(expect, readFileSync(junit, 'utf8'));
  });

  test('default and github-actions, which is there by itself in GitHub Actions', async ({ red, start, expect }) => {
    const run = start.suite(['run', 'bundles', `--outputFile.junit=${red.reports}/of-suite.xml`], {
      environment: { PLANTED_FAULT, GITHUB_ACTIONS: 'true', BUNDLES: 'redeem' },
      reporters: [],
    });
    const { code, output } = await run.ended();
    const [annotation = ''] = /^::error .*$/m.exec(output) ?? [];
    expect(annotation).toMatch(/file=[^,]*\/bundles\/bundles\.test\.ts,/);
    expect(annotation).toMatch(/line=\d+,/);
    expect(annotation).toMatch(FAILURE);
    expect(output).toMatch(/FAIL .*bundle redeem > user-1\n.*off by -1\n\nreplay: /);
    expect(output).not.toMatch(MORE_THAN_TEXT);
    expect(code).toBe(1);
  });
});

test('--ui: pages opened before and after the failure tell it, and a rerun from the page does', async ({
  start,
  annotate,
  expect,
}) => {
  const run = start.redAndGreen({ mode: '--ui', environment: { PLANTED_FAULT } });
  await run.printed('/__vitest__/');
  const url = /http:\S+/.exec(run.output())?.[0] ?? '';
  const before = await openRunPage(url);
  await annotate(`seen through ${before.through}`, 'notice');
  process.stdout.write(`--ui is seen through ${before.through}\n`);
  await before.running();
  writeFileSync(join(run.folder, 'go'), '');
  await run.printed('Watching for file changes');
  const after = await openRunPage(url);
  // Where there is no browser all three are alike; where there is one, what the others would see is tried as well.
  const pages = [before, after, await speakAsPage(url)];
  for (const page of pages) {
    const told = await page.failureOf('mints and redeems');
    expect(told).toMatch(FAILURE);
    expect(told).toMatch(REPLAY);
  }

  const printed = run.output().length;
  await after.rerun();
  await expect.poll(() => run.output().slice(printed)).toMatch(/Tests .*1 failed \| 1 passed/);
  for (const page of pages) {
    expect(await page.failureOf('mints and redeems')).toMatch(FAILURE);
    await page.close();
  }

  run.child.kill('SIGTERM');
  const { code, output } = await run.ended();
  expect(output).toContain('closes to the last unit');
  expect(output).not.toMatch(MORE_THAN_TEXT);
  expect(JSON.parse(readFileSync(join(run.folder, 'reports/run.json'), 'utf8'))).toMatchObject({ mismatches: 2 });
  expect(code).toBe(143);
});

test('whatever an error carries, wherever it is thrown, text leaves', async ({ red, start, expect }) => {
  const run = start.behaviour(
    'throws all that an error can carry|a hook fails before it|lets all that an error can carry go',
    {
      reporters: ['default', 'blob'],
      options: [`--outputFile.blob=${red.reports}/laden.json`],
    },
  );
  const { code, output } = await run.ended();
  expect(output).toMatch(/^Error: thrown$/m);
  expect(output).toMatch(/^Error: in beforeAll$/m);
  expect(output).toMatch(/^Error: let go$/m);
  expect(output).toContain('blob report written');
  expect(output).not.toMatch(/serializ/i);
  expect(code).toBe(1);
});

function expectJunit(expect: ExpectStatic, xml: string): void {
  expect(xml).toMatch(FAILURE);
  expect(xml).toMatch(REPLAY);
  expect(xml).toMatch(/<property name="counterexample-file" value="[^"]*\.json">/);
  expect(xml).not.toMatch(MORE_THAN_TEXT);
}
