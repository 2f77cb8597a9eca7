import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { describe, expect, onTestFinished, test } from 'vitest';
import { networkRecordSchema } from '../clients/network-record.ts';
import { isListening, busyPort } from './testing/ports.ts';
import { UsageError, parseCommandLine } from './cli-options.ts';

describe('parseCommandLine', () => {
  test('without options: virtual time, the stand-in, three agents, free ports', () => {
    const nothing = {
      publicLimits: false,
      baseReserveXrp: 1,
      artifactsDir: undefined,
      jsonFile: undefined,
      portBase: undefined,
      visitors: {},
    };
    expect(parseCommandLine([])).toEqual({ clock: 'virtual', agents: 3, ledgerAccept: false, ...nothing });
  });

  test('takes every option', () => {
    const args =
      '--clock realtime --artifacts dir --agents 5 --json file --port 9000 --ledger-accept --base-reserve 10 --public-limits --allow-origin https://wallet.test --allow-host devnet.test'.split(
        ' ',
      );
    const named = {
      artifactsDir: 'dir',
      publicLimits: true,
      baseReserveXrp: 10,
      jsonFile: 'file',
      portBase: 9000,
      visitors: { origin: 'https://wallet.test', host: 'devnet.test' },
    };
    expect(parseCommandLine(args)).toEqual({ clock: 'realtime', agents: 5, ledgerAccept: true, ...named });
    expect(parseCommandLine(['--help'])).toBe('help');
  });

  test.for([
    [['--bogus'], /--bogus/],
    [['--clock', 'fast'], /--clock .* "fast"/],
    [['--agents', '0'], /--agents .* "0"/],
    [['--agents', '2.5'], /--agents .* "2.5"/],
    [['--port', '65535'], /--port .* "65535"/],
    [['--json='], /--json/],
    [['--allow-origin', 'http://localhost:5173/'], /--allow-origin .* "http:\/\/localhost:5173\/"/],
    [['--allow-origin', '*'], /--allow-origin .* "\*"/],
    [['--allow-host', 'a:80'], /--allow-host .* "a:80"/],
    [['--json'], /--json/],
    [['stray'], /stray/],
  ] as const)('refuses %j in one line', ([args, why]) => {
    const parse = () => parseCommandLine(args);
    expect(parse).toThrow(UsageError);
    expect(parse).toThrow(why);
    expect(parse).not.toThrow(/\n/);
  });
});

describe('the devnet program', () => {
  test('writes its record, and stops on a signal without leaving anything', async () => {
    const folder = await temporaryFolder();
    const file = path.join(folder, 'record.json');
    const program = startProgram(folder, '--json', file, '--agents', '1', '--ledger-accept');
    const greeting = await firstText(program.stdout);
    expect(greeting).toContain('devnet is up: stand-in v1.3, virtual time');
    const record = networkRecordSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    expect(record.controlToken).toMatch(/^[0-9a-f]{64}$/);
    expect(greeting).not.toContain(record.controlToken);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(greeting).toContain(`${record.ledger.webSocketUrls[0]} (closes on ledger_accept)`);
    program.kill('SIGTERM');
    expect(await once(program, 'exit')).toEqual([0, null]);
    for (const url of [record.chain.rpcUrls[0], record.controlUrl]) {
      expect(await isListening(url ?? '')).toBe(false);
    }
    expect((await readdir(folder)).filter((name) => !name.startsWith('tsx-'))).toEqual(['record.json']);
  });

  test.for([
    ['an unknown option', ['--bogus'], /^devnet: .*--bogus.*\n$/],
    ['a folder without artifacts', ['--artifacts', import.meta.dirname], /^devnet: no compiled contracts in .*\n$/],
  ] as const)('%s is one line on stderr and exit code 1', async ([, args, line]) => {
    const program = startProgram(await temporaryFolder(), ...args);
    const chunks: Buffer[] = [];
    program.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
    expect(await once(program, 'close')).toEqual([1, null]);
    expect(Buffer.concat(chunks).toString('utf8')).toMatch(line);
  });

  test('a busy port is one line on stderr and exit code 1', async () => {
    const port = await busyPort();
    const program = startProgram(await temporaryFolder(), '--port', String(port));
    expect(await firstText(program.stderr)).toBe(`devnet: anvil: port ${port} is busy\n`);
    expect(await once(program, 'exit')).toEqual([1, null]);
  });
});

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'devnet-cli-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function startProgram(temporary: string, ...args: string[]): ChildProcess {
  const file = path.join(import.meta.dirname, 'cli.ts');
  const program = spawn(process.execPath, ['--import', 'tsx', file, ...args], {
    env: { ...process.env, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void program.kill('SIGKILL'));
  return program;
}

async function firstText(stream: Readable | null): Promise<string> {
  if (stream === null) throw new Error('the program has no such stream');
  const [chunk]: Buffer[] = await once(stream, 'data');
  return chunk?.toString('utf8') ?? '';
}
