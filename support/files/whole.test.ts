/** Files on a disk that takes a part, refuses, or fails: whole or as they were. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';

/** What the disk does, instead of what it is asked for; each is called once for each call of the system. */
interface Disk {
  /** Bytes that one write takes; throws what the system would. */
  takes: (bytes: number) => number;
  flushes: () => void;
  truncates: () => void;
}
const { disk, healthy } = vi.hoisted(() => {
  const well: Disk = { takes: (bytes) => bytes, flushes: () => undefined, truncates: () => undefined };
  return { healthy: well, disk: { ...well } };
});
vi.mock('node:fs', async (original) => {
  const real = await original<typeof import('node:fs')>();
  const writeSync = (file: number, bytes: Buffer, offset = 0) =>
    real.writeSync(file, bytes, offset, disk.takes(bytes.length - offset));
  const fsyncSync = (file: number) => {
    disk.flushes();
    real.fsyncSync(file);
  };
  const ftruncateSync = (file: number, bytes: number) => {
    disk.truncates();
    real.ftruncateSync(file, bytes);
  };
  return { ...real, writeSync, fsyncSync, ftruncateSync };
});
const { appendLine, mendLines, readLines, writeWhole } = await import('./whole.ts');

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'whole-'));
  path = join(folder, 'file');
  return () => {
    Object.assign(disk, healthy);
    rmSync(folder, { recursive: true, force: true });
  };
});

const refuse = (code: string) => () => {
  throw Object.assign(new Error(code), { code });
};
/** Takes so many bytes and then nothing any more. */
const fullAfter = (room: number) => (bytes: number) => {
  if (room === 0) refuse('ENOSPC')();
  const taken = Math.min(bytes, room);
  room -= taken;
  return taken;
};
const append = (line: string) => appendLine(path, line, { isFlushed: true });
const LINE = 'a line of money, ä and €';

describe('a disk that takes a few bytes at a time', () => {
  test('gets all of a line and of a file', () => {
    disk.takes = (bytes) => Math.min(bytes, 3);
    append(LINE);
    append(LINE);
    expect(readFileSync(path, 'utf8')).toBe(`${LINE}\n${LINE}\n`);
    writeWhole(path, LINE);
    expect(readFileSync(path, 'utf8')).toBe(LINE);
  });

  test('or none is not asked for ever', () => {
    disk.takes = () => 0;
    expect(() => append(LINE)).toThrow('the disk took 0 of');
  });
});

describe.each<[string, () => Partial<Disk>]>([
  ['is full after half of it', () => ({ takes: fullAfter(9) })],
  ['is full at once', () => ({ takes: fullAfter(0) })],
  ['takes it and cannot flush it', () => ({ flushes: refuse('EIO') })],
])('a disk that %s', (_, failure) => {
  test('leaves the lines before, and the next is whole', () => {
    append('first');
    Object.assign(disk, failure());
    expect(() => append(LINE)).toThrow(/ENOSPC|EIO/);
    expect(readFileSync(path, 'utf8')).toBe('first\n');
    Object.assign(disk, healthy);
    append('second');
    expect(readLines(path)).toEqual(['first', 'second']);
  });

  test('keeps the old file, and nothing beside it', () => {
    writeWhole(path, 'old');
    Object.assign(disk, failure());
    expect(() => writeWhole(path, LINE)).toThrow(/ENOSPC|EIO/);
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['file']);
  });
});

test('a half line that could not even be taken back is read past, and cut off before the next', () => {
  append('first');
  Object.assign(disk, { takes: fullAfter(9), truncates: refuse('EIO') });
  expect(() => append(LINE)).toThrow('EIO');
  expect(readFileSync(path, 'utf8')).toBe(`first\n${LINE.slice(0, 9)}`);
  expect(readLines(path)).toEqual(['first']);
  Object.assign(disk, healthy);
  append('second');
  expect(readFileSync(path, 'utf8')).toBe('first\nsecond\n');
});

test('a half line that a crash left is mended once', () => {
  append('first');
  expect(mendLines(path)).toBe(false);
  appendFileSync(path, 'sec');
  expect(mendLines(path)).toBe(true);
  expect(mendLines(path)).toBe(false);
  expect(readFileSync(path, 'utf8')).toBe('first\n');
});

test('nothing but half a line is nothing', () => {
  writeFileSync(path, 'hal');
  append('first');
  expect(readFileSync(path, 'utf8')).toBe('first\n');
});

test('a new file never replaces one, and has its mode whatever the umask is', () => {
  const umask = process.umask(0o277);
  try {
    writeWhole(path, 'one', { mode: 0o640, isNew: true });
    expect(() => writeWhole(path, 'two', { isNew: true })).toThrow('EEXIST');
  } finally {
    process.umask(umask);
  }
  expect(readFileSync(path, 'utf8')).toBe('one');
  expect(statSync(path).mode & 0o777).toBe(0o640);
  expect(readdirSync(folder)).toEqual(['file']);
});

test('a real limit of the system: what was said to be written is there, whole, and no more', () => {
  const module = JSON.stringify(new URL('whole.ts', import.meta.url).href);
  const script = `import(${module}).then(({ appendLine }) => {
    process.on('SIGXFSZ', () => {}); // or the limit ends the process
    for (let count = 0; count < 1000; count += 1) {
      try { appendLine(process.argv[1], String(count).repeat(9), { isFlushed: true }); }
      catch (error) { console.log(count, error.code); return; }
    }
  });`;
  const command = 'ulimit -f 1; exec "$0" "$@"';
  const { stdout, stderr } = spawnSync('sh', ['-c', command, process.execPath, '--import', 'tsx', '-e', script, path], {
    encoding: 'utf8',
  });
  const [count, code] = stdout.trim().split(' ');
  expect({ code, stderr }).toEqual({ code: 'EFBIG', stderr: '' });
  expect(readFileSync(path, 'utf8')).toMatch(/\n$/);
  expect(readLines(path)).toEqual(Array.from({ length: Number(count) }, (_, index) => String(index).repeat(9)));
});
