import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { SignedTransaction } from './journal.ts';
import { JournalFile, JournalRefused, type NetworkIdentity } from './journal-file.ts';

const NETWORK: NetworkIdentity = { chainId: 31337, genesisHash: `0x${'ab'.repeat(32)}`, ledgerNetworkId: 1 };
const PAYMENT: SignedTransaction = {
  chain: 'ledger',
  hash: 'A1',
  raw: '1200',
  account: 'rUser',
  sequence: 3,
  lastLedger: 30,
};
const CALL: SignedTransaction = { chain: 'evm', hash: '0xb2', raw: '0x02', account: '0xuser', sequence: 7 };

let folder: string;
let path: string;
let told: string[];
const open = (network = NETWORK) => new JournalFile(path, network, (what) => told.push(what));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-'));
  path = join(folder, 'devnet', 'user-1.journal.jsonl');
  told = [];
  return () => rmSync(folder, { recursive: true, force: true });
});

test('what was signed is in the file when the call returns, for the owner only', () => {
  open().signed(PAYMENT);
  expect(readFileSync(path, 'utf8')).toContain('"hash":"A1"');
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('another process reads each transaction with its fate, in order', () => {
  const journal = open();
  journal.signed(PAYMENT);
  journal.signed(CALL);
  journal.final('A1', 'done');
  expect(open().transactions()).toEqual([
    { ...PAYMENT, fate: 'done' },
    { ...CALL, fate: undefined },
  ]);
  expect(told).toEqual([]);
});

test('the same bytes journalled again stay one transaction', () => {
  const journal = open();
  journal.signed(PAYMENT);
  journal.signed(PAYMENT);
  expect(journal.transactions()).toHaveLength(1);
});

test('a last line that a crash cut off is taken away and told; what comes next is whole', () => {
  open().signed(PAYMENT);
  appendFileSync(path, '{"line":"signed","chain":"evm","ha');
  const journal = open();
  journal.signed(CALL);
  expect(journal.transactions().map(({ hash }) => hash)).toEqual(['A1', '0xb2']);
  expect(told).toEqual([expect.stringContaining('cut off')]);
});

test('a last line that is cut off while the journal is open: never lost what was before, never grown together', () => {
  const journal = open();
  journal.signed(PAYMENT);
  journal.signed(CALL);
  truncateSync(path, statSync(path).size - 20);
  expect(journal.transactions().map(({ hash }) => hash)).toEqual(['A1']);
  journal.final('A1', 'done');
  journal.signed({ ...CALL, hash: '0xb3' });
  expect(journal.transactions().map(({ hash, fate }) => [hash, fate])).toEqual([
    ['A1', 'done'],
    ['0xb3', undefined],
  ]);
  expect(open().transactions()).toEqual(journal.transactions());
});

test('a line that cannot be written is an error with the file and the cause', () => {
  const journal = open();
  rmSync(dirname(path), { recursive: true });
  writeFileSync(dirname(path), 'in the way');
  expect(() => journal.signed(CALL)).toThrow(JournalRefused);
  expect(() => journal.signed(CALL)).toThrow(`${path} could not be written: ENOTDIR`);
});

test('a journal that somebody removed begins with its network again', () => {
  const journal = open();
  rmSync(path);
  journal.signed(CALL);
  expect(open().transactions()).toHaveLength(1);
  expect(told).toEqual([]);
});

test('rivals of one nonce are one entry, newest first; what is final is none', () => {
  const journal = open();
  const bump = { ...CALL, hash: '0xb3' };
  for (const signed of [CALL, PAYMENT, bump, { ...CALL, hash: '0xc1', sequence: 8 }]) journal.signed(signed);
  const hashes = () => journal.openEntries().map((rivals) => rivals.map(({ hash }) => hash));
  expect(hashes()).toEqual([['0xb3', '0xb2'], ['A1'], ['0xc1']]);
  journal.final('0xc1', 'dead');
  journal.final('0xb2', 'dead');
  expect(hashes()).toEqual([['0xb3', '0xb2'], ['A1']]);
  journal.final('0xb3', 'done');
  expect(hashes()).toEqual([['A1']]);
});

test('a broken line that is not the last is an error with its place', () => {
  const journal = open();
  appendFileSync(path, 'nonsense\n');
  journal.signed(CALL);
  expect(() => journal.transactions()).toThrow(`${path}:2`);
});

test('a journal of another network is set aside, never read', () => {
  open().signed(PAYMENT);
  const other = { ...NETWORK, genesisHash: `0x${'cd'.repeat(32)}` };
  expect(open(other).transactions()).toEqual([]);
  open(NETWORK);
  expect(told).toEqual([expect.stringContaining('of-abababab'), expect.stringContaining('of-cdcdcdcd')]);
  const aside = readFileSync(path.replace('.jsonl', '.of-abababab.jsonl'), 'utf8');
  expect(aside).toContain('"hash":"A1"');
});

test('two journals of the same other network are both kept', () => {
  for (const hash of ['A1', 'A2']) {
    open().signed({ ...PAYMENT, hash });
    open({ ...NETWORK, chainId: 1 });
    rmSync(path);
  }
  expect(readdirSync(join(folder, 'devnet'))).toHaveLength(2);
});

test('an empty file, from a crash before its first line, begins anew', () => {
  open();
  for (const text of ['', '{"line":"netw']) {
    writeFileSync(path, text);
    open().signed(CALL);
    expect(open().transactions()).toHaveLength(1);
  }
  expect(readdirSync(dirname(path))).toEqual([basename(path)]);
  expect(told).toEqual([expect.stringContaining('cut off')]);
});

test('closing forgets what is final and refuses to forget what is not', () => {
  const journal = open();
  journal.signed(PAYMENT);
  expect(() => journal.close()).toThrow('fate is not known');
  journal.final('A1', 'dead');
  journal.close();
  expect(journal.transactions()).toEqual([]);
  expect(existsSync(path)).toBe(true);
});
