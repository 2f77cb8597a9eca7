import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { networkRecordSchema } from '../clients/network-record.ts';
import { UsageError, parseCommandLine } from './cli-options.ts';
import { limitKinds } from './kinds.ts';
import { recordOf } from './testing/struck-network.ts';

describe('parseCommandLine', () => {
  test('takes every option, with defaults for seed and rate', () => {
    const files = { recordFile: 'in', jsonFile: 'out' };
    expect(parseCommandLine('--record in --json out'.split(' '))).toEqual({
      ...files,
      seed: 1,
      ratePercent: 5,
      limits: [],
    });
    const all = '--record in --json out --seed 7 --rate 12.5 --limits batch-limited,rate-limited'.split(' ');
    const limits = ['batch-limited', 'rate-limited'];
    expect(parseCommandLine(all)).toEqual({ ...files, seed: 7, ratePercent: 12.5, limits });
    expect(parseCommandLine('--record in --json out --limits all'.split(' '))).toMatchObject({ limits: limitKinds });
    expect(parseCommandLine(['--help'])).toBe('help');
  });

  test.for([
    [['--json', 'out'], /--record needs a file/],
    [['--record', 'in'], /--json needs a file/],
    [['--record', 'in', '--json', 'out', '--rate', '101'], /--rate .* "101"/],
    [['--record', 'in', '--json', 'out', '--seed', 'x'], /--seed .* "x"/],
    [['--record', 'in', '--json', 'out', '--limits', 'delay'], /--limits .* log-range-limited.* not "delay"/],
    [['--bogus'], /--bogus/],
  ] as const)('refuses %j in one line', ([args, why]) => {
    expect(() => parseCommandLine(args)).toThrow(UsageError);
    expect(() => parseCommandLine(args)).toThrow(why);
  });
});

describe('the chaos program', () => {
  test('writes the struck record, counts when asked and at the end', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'chaos-cli-test-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const [input, output] = [path.join(folder, 'in.json'), path.join(folder, 'out.json')];
    await writeFile(input, JSON.stringify(recordOf('http://127.0.0.1:9', 'ws://127.0.0.1:9')));
    const program = startProgram('--record', input, '--json', output, '--rate', '100');
    expect(await nextText(program)).toContain('chaos is up: 100 % of requests, seed 1');
    const record = networkRecordSchema.parse(JSON.parse(await readFile(output, 'utf8')));
    const [chainUrl = ''] = record.chain.rpcUrls;
    expect(chainUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    await Promise.allSettled([1, 2, 3].map(() => fetch(chainUrl, { method: 'POST', body: '{}' })));
    program.kill('SIGUSR2');
    expect(JSON.parse(await nextText(program))).toHaveProperty('drop-after');
    program.kill('SIGTERM');
    expect(JSON.parse(await nextText(program)).all).toBeGreaterThanOrEqual(0);
    expect(await once(program, 'exit')).toEqual([0, null]);
  });

  test('a record that is not there is one line on stderr and exit code 1', async () => {
    const program = startProgram('--record', 'nowhere.json', '--json', 'out.json');
    const [line]: Buffer[] = program.stderr === null ? [] : await once(program.stderr, 'data');
    expect(line?.toString('utf8')).toMatch(/^chaos: .*nowhere\.json.*\n$/);
    expect(await once(program, 'exit')).toEqual([1, null]);
  });
});

function startProgram(...args: string[]): ChildProcess {
  const file = path.join(import.meta.dirname, 'cli.ts');
  const program = spawn(process.execPath, ['--import', 'tsx', file, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void program.kill('SIGKILL'));
  return program;
}

async function nextText({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('the program has no output');
  const [chunk]: Buffer[] = await once(stdout, 'data');
  return chunk?.toString('utf8') ?? '';
}
