/**
 * A run of the real command line as a child process, in an empty folder of its own: what it printed, how it ended, and
 * what it left behind. Judges nothing.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { test as base } from 'vitest';

const CHECKOUT = path.resolve(import.meta.dirname, '../../..');
const VITEST = path.join(CHECKOUT, 'node_modules/vitest/vitest.mjs');
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
/** Configuration of runs whose tests are no part of any suite. */
const SPECIAL_TESTS = path.join(CHECKOUT, 'fixtures/testing/vitest.config.ts');
/** Where tsx keeps what it translated, in the folder for temporary files; shared, or each program would translate all anew. */
const TRANSLATIONS = `tsx-${process.geteuid?.() ?? ''}`;
/** Vite parses every file of a configuration once more to warn of its own next version; a third of a small run's start. */
const QUICK_CONFIGURATION = { VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true' };
/** Enough to see a run work, and not more. */
const SMALL = { SEED: '7', USERS: '1', STEPS: '1', RUNS: '1', BUNDLES: 'mint-lowest-fee-agent' };

/** What a run is started with beside SMALL. */
export interface Surroundings {
  readonly environment?: Readonly<Record<string, string>>;
  /** Texts of files in its folder, .env or others, by name. */
  readonly files?: Readonly<Record<string, string>>;
  /** `default` unless given; none leaves them to the configuration. */
  readonly reporters?: readonly string[];
}

export interface StartedRun {
  /** Where it was started: reports are in reports/. */
  readonly folder: string;
  readonly child: ChildProcess;
  /** Everything printed so far, stdout and stderr. */
  output(): string;
  /** Waits until it has printed this; throws when it ends before. */
  printed(text: string): Promise<void>;
  /** Waits for its end; the exit code is null when a signal killed it. */
  ended(): Promise<{ readonly code: number | null; readonly output: string }>;
  /** Processes and temporary files of it that are still there. */
  leftovers(): string[];
  /** Kills its processes whose program is this file with -9. */
  killProgram(name: string): void;
}

export interface Starter {
  /** A file, TypeScript or not, with its words. */
  program(args: readonly string[], surroundings?: Surroundings): StartedRun;
  /** vitest in a small run of the QA suite. */
  suite(args: readonly string[], surroundings?: Surroundings): StartedRun;
  /** Those tests of behaviours.ts whose whole name the pattern matches. */
  behaviour(pattern: string, surroundings?: Surroundings & Mode): StartedRun;
  /** The tests of red-and-green.ts. */
  redAndGreen(surroundings?: Surroundings & Mode): StartedRun;
}

interface Mode {
  readonly mode?: keyof typeof MODES;
  /** More of vitest's options. */
  readonly options?: readonly string[];
}
const MODES = { run: ['run'], '--watch': ['--watch'], '--ui': ['--ui', '--watch', '--open=false'] } as const;

/** The test's own runs and their folders go when it is over. */
export const test = base.extend<{ start: Starter }>({
  // oxlint-disable-next-line no-empty-pattern -- vitest reads the pattern to know what the fixture needs
  start: async ({}, use) => startingRuns(use),
});

/** What is started in the meantime is ended and removed. */
export async function startingRuns(use: (start: Starter) => Promise<void>): Promise<void> {
  const runs: StartedRun[] = [];
  const node = (args: readonly string[], surroundings: Surroundings) => {
    const run = startNode(args, surroundings);
    runs.push(run);
    return run;
  };
  const vitest = (
    args: readonly string[],
    { environment = {}, files = {}, reporters = ['default'] }: Surroundings = {},
  ) =>
    node([VITEST, ...args, ...reporters.map((name) => `--reporter=${name}`)], {
      environment: { ...SMALL, ...environment },
      files,
    });
  const special = (
    args: readonly string[],
    { mode = 'run', options = [], ...surroundings }: Surroundings & Mode = {},
  ) => vitest([...MODES[mode], '--config', SPECIAL_TESTS, ...args, ...options], surroundings);
  try {
    await use({
      program: (args, surroundings = {}) =>
        node(args[0]?.endsWith('.ts') === true ? ['--import', TSX, ...args] : args, surroundings),
      suite: (args, surroundings) => vitest([...args, '--root', CHECKOUT], surroundings),
      behaviour: (pattern, surroundings) => special(['behaviours', '-t', `^(${pattern})$`], surroundings),
      redAndGreen: (surroundings) => special(['red-and-green'], surroundings),
    });
  } finally {
    for (const { child, folder } of runs) {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await once(child, 'close');
      }
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

function startNode(args: readonly string[], { environment = {}, files = {} }: Surroundings): StartedRun {
  const folder = mkdtempSync(path.join(tmpdir(), 'fassets-qa-test-'));
  const temporary = path.join(folder, 'temporary');
  mkdirSync(temporary);
  const translations = path.join(CHECKOUT, '.cache', TRANSLATIONS);
  mkdirSync(translations, { recursive: true });
  symlinkSync(translations, path.join(temporary, TRANSLATIONS));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  // Nothing is inherited but what node needs: neither settings nor what vitest tells its own children.
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [...args], {
    cwd: folder,
    env: { PATH, HOME, TMPDIR: temporary, NO_COLOR: '1', ...QUICK_CONFIGURATION, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => (output += text));
  }
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    folder,
    child,
    output: () => output,
    printed: (text) =>
      new Promise((resolve, reject) => {
        const look = () => output.includes(text) && resolve();
        for (const stream of [child.stdout, child.stderr]) stream.on('data', look);
        child.once('close', () => reject(new Error(`it ended without printing "${text}":\n${output}`)));
        look();
      }),
    ended: async () => ({ code: await closed, output }),
    leftovers: () => [
      ...processesOf(folder).map(({ command }) => command),
      ...readdirSync(temporary).filter((name) => name !== TRANSLATIONS),
    ],
    killProgram: (name) => {
      const found = processesOf(folder).filter(({ command }) => path.basename(command.split(' ')[0] ?? '') === name);
      for (const { pid } of found) process.kill(pid, 'SIGKILL');
    },
  };
}

interface FoundProcess {
  readonly pid: number;
  readonly command: string;
}

/** Living processes that were started with this folder in their environment. */
function processesOf(folder: string): FoundProcess[] {
  if (existsSync('/proc/self/environ'))
    return readdirSync('/proc')
      .filter((pid) => /^\d+$/.test(pid) && readProcess(pid, 'environ').includes(folder))
      .map((pid) => ({ pid: Number(pid), command: readProcess(pid, 'cmdline').replaceAll('\0', ' ') }))
      .filter(({ command }) => command !== ''); // went while we looked
  const lines = execFileSync('ps', ['axeww', '-o', 'pid=,command='], { encoding: 'utf8' }).split('\n');
  return lines
    .filter((line) => line.includes(folder))
    .map((line) => /^\s*(\d+) (.*)$/.exec(line))
    .map((match) => ({ pid: Number(match?.[1]), command: match?.[2] ?? '' }));
}

/** Empty for a process that has just gone, or is another user's. */
function readProcess(pid: string, file: 'environ' | 'cmdline'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH');
    const isForeign = error instanceof Error && 'code' in error && error.code === 'EACCES';
    if (isGone || isForeign) return '';
    throw error;
  }
}
