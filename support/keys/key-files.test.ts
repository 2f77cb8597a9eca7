/** Keys of live networks: private, whole, never overwritten; what is wrong with a file is told without its content. */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { coston2 } from '../clients/known-networks/coston2.ts';
import { type UserKeys, addressesOf } from './credentials.ts';
import { KeyFileError, keyFilePath, keyFolder, namesWithKeys, readKeyFile, writeKeyFile } from './key-files.ts';
import { keyProblems, keySourceOf, wellKnownKeys } from './key-source.ts';

let usersFolder: string;
let folder: string;
beforeEach(() => {
  usersFolder = mkdtempSync(join(tmpdir(), 'keys-'));
  folder = keyFolder(usersFolder, 'coston2');
  return () => rmSync(usersFolder, { recursive: true });
});

const modeOf = (path: string) => statSync(path).mode & 0o777;
const named = (name: string): UserKeys => wellKnownKeys(name);

function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof KeyFileError) return error.message;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('writing', () => {
  test('a file for its owner only, in a folder for its owner only, whatever the umask', () => {
    const before = process.umask(0);
    try {
      writeKeyFile(folder, named('user-1'));
    } finally {
      process.umask(before);
    }
    expect(modeOf(keyFilePath(folder, 'user-1'))).toBe(0o600);
    expect(modeOf(folder)).toBe(0o700);
    expect(readdirSync(folder), 'nothing half-written is left').toEqual(['user-1.json']);
    expect(readKeyFile(folder, 'user-1')).toEqual(named('user-1'));
  });

  test('never overwrites, and the file stays as it was', () => {
    writeKeyFile(folder, named('user-1'));
    const before = readFileSync(keyFilePath(folder, 'user-1'), 'utf8');
    expect(messageOf(() => writeKeyFile(folder, { ...named('user-2'), name: 'user-1' }))).toMatch(/never overwritten/);
    expect(readFileSync(keyFilePath(folder, 'user-1'), 'utf8')).toBe(before);
    expect(readdirSync(folder)).toEqual(['user-1.json']);
  });

  test('not into a folder that is open to others', () => {
    mkdirSync(folder, { mode: 0o755 });
    expect(messageOf(() => writeKeyFile(folder, named('user-1')))).toMatch(/open to others: chmod 700 /);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('reading', () => {
  beforeEach(() => void writeKeyFile(folder, named('user-1')));
  const change = (part: object) => {
    const path = keyFilePath(folder, 'user-1');
    writeFileSync(path, JSON.stringify({ ...named('user-1'), ...part }));
  };

  test.each([0o640, 0o604, 0o660, 0o666])('a file of mode %o is refused, with the cure', (mode) => {
    chmodSync(keyFilePath(folder, 'user-1'), mode);
    expect(messageOf(() => readKeyFile(folder, 'user-1'))).toMatch(/user-1\.json is open to others: chmod 600 /);
  });

  test('a folder that is open to others is refused', () => {
    chmodSync(folder, 0o750);
    expect(messageOf(() => readKeyFile(folder, 'user-1'))).toMatch(/coston2 is open to others: chmod 700 /);
  });

  test('a missing file is named', () => {
    expect(messageOf(() => readKeyFile(folder, 'user-2'))).toBe(`there is no file ${keyFilePath(folder, 'user-2')}`);
  });

  test.each([
    ['evmPrivateKey', `0x${'f'.repeat(64)}`],
    ['evmPrivateKey', `0x${'0'.repeat(64)}`],
    ['evmPrivateKey', '0x1234abcd'],
    ['ledgerSeed', 'sEdNotASeedAtAll'],
    ['ledgerSeed', ['sEdInAList']],
  ])('%s as %s: the field is named, no value is shown', (field, value) => {
    change({ [field]: value });
    const message = messageOf(() => readKeyFile(folder, 'user-1'));
    expect(message).toMatch(/user-1\.json holds no usable keys; wrong or missing: /);
    expect(message).toContain(field);
    for (const secret of [String(value), ...Object.values(named('user-1')).slice(1)])
      expect(message).not.toContain(secret);
  });

  test('what is no JSON is not quoted', () => {
    writeFileSync(keyFilePath(folder, 'user-1'), named('user-1').ledgerSeed);
    expect(messageOf(() => readKeyFile(folder, 'user-1'))).toBe(
      `${keyFilePath(folder, 'user-1')} cannot be read as JSON`,
    );
  });

  test('a copy under another name is not another user', () => {
    writeFileSync(keyFilePath(folder, 'user-2'), readFileSync(keyFilePath(folder, 'user-1')), { mode: 0o600 });
    expect(messageOf(() => readKeyFile(folder, 'user-2'))).toMatch(/keys of another name/);
  });
});

describe('the keys of a network', () => {
  const record = { ...coston2 };
  const everybody = ['funder', 'user-1', 'user-1-partner'];

  test('come from files, and never from what everybody knows', () => {
    expect(messageOf(() => keySourceOf(record, usersFolder)('user-1'))).toMatch(/there is no folder /);
    writeKeyFile(folder, { ...named('somebody'), name: 'user-1' });
    const keys = keySourceOf(record, usersFolder)('user-1');
    expect(addressesOf(keys)).toEqual(addressesOf(named('somebody')));
  });

  test('are well known where the record says so', () => {
    const devnet = { ...record, wellKnownKeys: true };
    expect(keySourceOf(devnet, usersFolder)('user-1')).toEqual(named('user-1'));
    expect(keyProblems(devnet, usersFolder, ['user-1'])).toEqual([]);
  });

  test('who lacks a file is told with the command that makes it', () => {
    expect(keyProblems(record, usersFolder, ['user-1'])).toEqual([
      `there is no file ${keyFilePath(folder, 'funder')} and 2 more: NETWORK=coston2 npm run users -- --count 1`,
    ]);
    expect(keyProblems(record, usersFolder, ['user-2', 'user-7'])).toEqual([
      `there is no file ${keyFilePath(folder, 'funder')} and 4 more: NETWORK=coston2 npm run users -- --count 7`,
    ]);
    for (const name of everybody) writeKeyFile(folder, named(name));
    expect(keyProblems(record, usersFolder, ['user-1'])).toEqual([]);
    expect(namesWithKeys(folder)).toEqual(everybody);
  });

  test('two actors with one key are told by its address', () => {
    for (const name of everybody) writeKeyFile(folder, { ...named(name === 'funder' ? 'user-1' : name), name });
    expect(keyProblems(record, usersFolder, ['user-1'])).toEqual([
      `user-1 and funder have the same key: address ${addressesOf(named('user-1')).evmAddress}`,
      `user-1 and funder have the same key: address ${addressesOf(named('user-1')).ledgerAddress}`,
    ]);
  });
});
