/**
 * Two projects: `qa` is the QA run on a network, `support` the project's own tests, which fund nobody.
 *
 * `npx vitest run` is the QA run; `--project support` asks for the other.
 */
import { resolve } from 'node:path';
import { type TestProjectInlineConfiguration, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { suite } from './fixtures/suite.ts';
import { userNames } from './support/keys/names.ts';
import { exitOnBadSettings, loadSettings } from './support/settings/load.ts';
import { HANG_MS } from './support/units/hang.ts';

/** Every step waits for a network; what is too long is for the steps themselves to say. */
const NO_TIMEOUT_MS = 0;
/** Collection may wait for payments; cutting it short would strand money. */
const TEARDOWN_TIMEOUT_MS = 30 * 60_000;
/** A test has twice as much as what it waits for, so that the poll that hung says what it saw. No test sets another limit. */
export const untilItHangs = {
  testTimeout: 2 * HANG_MS,
  hookTimeout: 2 * HANG_MS,
  expect: { poll: { timeout: HANG_MS } },
};

/** Each run would translate the same files again; what is kept goes by their content. */
export const keepsTranslations = {
  fsModuleCache: true,
  fsModuleCachePath: resolve(import.meta.dirname, '.cache/modules'),
};

const QA_FILES = [
  'scenarios/regressions.test.ts',
  'bundles/bundles.test.ts',
  'scenarios/scenarios.test.ts',
  'scenarios/refusals.test.ts',
  'scenarios/probes.test.ts',
  'scenarios/sequences.test.ts',
];
const SETUP_FILES = [resolve(import.meta.dirname, 'fixtures/errors-as-text.ts')];
const REPLAY_FILE = 'scenarios/replay.test.ts';

const rank = ({ moduleId }: TestSpecification) => QA_FILES.findIndex((file) => moduleId.endsWith(file));

/** Single bundles first, then stories, then sequences: the simplest failure is seen first. */
class InOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((a, b) => rank(a) - rank(b) || a.moduleId.localeCompare(b.moduleId));
  }
}

/** Projects named on the command line; `vitest` itself reads patterns too, so anything but `support` may mean `qa`. */
const named = process.argv.flatMap((argument, at) => {
  if (argument.startsWith('--project=')) return [argument.slice('--project='.length)];
  return process.argv[at - 1] === '--project' ? [argument] : [];
});
const isQaRun = named.length === 0 || named.some((name) => name !== 'support');
/** Wrong settings end the process here, before anything has started. */
const settings = isQaRun ? exitOnBadSettings(() => loadSettings(suite)) : undefined;

const support: TestProjectInlineConfiguration = {
  test: {
    name: 'support',
    setupFiles: SETUP_FILES,
    include: ['{bundles,fixtures,scenarios,support}/**/*.test.ts'],
    exclude: [...QA_FILES, REPLAY_FILE],
    // Half a minute of both cores on a fresh machine, once instead of in the first hook of every file.
    globalSetup: 'support/devnet/contracts/testing/compile-first.ts',
    ...untilItHangs,
  },
};

export const qa: TestProjectInlineConfiguration = {
  test: {
    name: 'qa',
    include: settings?.replay === undefined ? QA_FILES : [REPLAY_FILE],
    globalSetup: 'fixtures/global-setup.ts',
    setupFiles: SETUP_FILES,
    // One network, one user's turn at a time: files must not run beside each other.
    fileParallelism: false,
    // They share one worker, which loads the suite once; no file keeps anything that another one sees.
    isolate: false,
    maxConcurrency: settings === undefined ? 1 : userNames(settings.users).length,
    // One process: however it ends, no worker outlives it, and Ctrl-C reaches nobody but us.
    pool: 'threads',
    testTimeout: NO_TIMEOUT_MS,
    hookTimeout: NO_TIMEOUT_MS,
    retry: 0,
  },
};

export default defineConfig({
  test: {
    projects: named.length > 0 ? [qa, support] : [qa],
    sequence: { sequencer: InOrder },
    teardownTimeout: TEARDOWN_TIMEOUT_MS,
    experimental: keepsTranslations,
    // A list of our own replaces the one that vitest makes, in which GitHub has a reporter.
    reporters: [
      'default',
      ['junit', { suiteName: 'FAssets QA' }],
      ...(process.env['GITHUB_ACTIONS'] === 'true' ? ['github-actions'] : []),
    ],
    // Not an option of the reporter, so that the command line can name another file.
    outputFile: { junit: 'reports/junit.xml' },
  },
});
