/** A .env file is read whole, or refused with the lines that would be passed over; what they hold is never shown. */
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { readDotenv } from './dotenv-file.ts';
import { SettingsError } from './settings.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dotenv-'));
  return () => rmSync(folder, { recursive: true });
});
const write = (content: string | Buffer): void => writeFileSync(join(folder, '.env'), content);

test('no file sets nothing', () => expect(readDotenv(folder)).toEqual({}));

test.each([
  ['comments and empty lines', '# SEED=1\n\n  \nSEED=7 # lucky\n'],
  ['lines that end as on Windows', 'SEED=7\r\n#USERS=3\r\n'],
  ['a byte order mark', '\uFEFFSEED=7'],
  ['quotes and export', 'export SEED="7"'],
  ['a colon', 'SEED: 7'],
])('%s', (_what, content) => {
  write(content);
  expect(readDotenv(folder)).toEqual({ SEED: '7' });
});

test.each([
  ['UTF-16', Buffer.from('\uFEFFSEED=7', 'utf16le'), /cannot be read: it is UTF-16, but must be saved as UTF-8$/],
  ['other bytes', Buffer.from([0x53, 0xff, 0xfe, 0x80]), /cannot be read: it is not text in UTF-8$/],
  ['a setting twice', 'SEED=7\n# or\nSEED=8', /: lines 1 and 3 both set SEED$/],
  ['a line that sets nothing', 'USERS=3\nhidden word\n', /: line 2 is not NAME=value$/],
  ['a key by itself', `CHAIN_API_KEY=x\n${'6b'.repeat(32)}`, /: line 2 is not NAME=value$/],
])('%s is refused, and nothing of it shown', (_what, content, sentence) => {
  write(content);
  expect(() => readDotenv(folder)).toThrow(SettingsError);
  expect(() => readDotenv(folder)).toThrow(sentence);
  expect(() => readDotenv(folder)).not.toThrow(/hidden|6b6b/);
});

test('a folder of that name is refused', () => {
  mkdirSync(join(folder, '.env'));
  expect(() => readDotenv(folder)).toThrow(/\.env is not a file$/);
});
