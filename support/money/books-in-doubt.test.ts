/** Which users are unfinished, and how often the history is read to find out. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { JournalFile } from '../clients/journal-file.ts';
import { sampleUser } from '../model/testing/sample-market.ts';
import { openBook } from '../sequence/runner.ts';
import { unfinishedUsers } from './books-in-doubt.ts';
import type { HistoryEvent } from '../sequence/history.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recovery-'));
  return () => rmSync(folder, { recursive: true });
});

const NETWORK = { chainId: 31_337, genesisHash: '0x0', ledgerNetworkId: 1 };
const withJournal = (user: string) => ({
  user,
  journal: new JournalFile(join(folder, `${user}.journal.jsonl`), NETWORK, () => {}),
});
const withoutJournal = (user: string) => ({ user, journal: undefined });
const opened = (user: string, records: Readonly<Record<string, { status: string }>>): HistoryEvent[] => [
  { type: 'funded', user, state: sampleUser() },
  { type: 'closed', user, movements: [], book: openBook({ ...sampleUser(), records }) },
];

function reading(...events: readonly HistoryEvent[]) {
  let reads = 0;
  const read = () => {
    reads += 1;
    return [...events];
  };
  return { history: { read }, reads: () => reads };
}

test('the history is not read where nobody has a journal', () => {
  const { history, reads } = reading(...opened('user-1', { 'minting 1': { status: 'ACTIVE' } }));
  expect(unfinishedUsers([withoutJournal('user-1')], history)).toEqual(new Set());
  expect(reads()).toBe(0);
});

test('it is read once for all who have one', () => {
  const { history, reads } = reading(
    ...opened('user-1', { 'minting 1': { status: 'ACTIVE' } }),
    ...opened('user-2', {}),
    ...opened('user-3', { 'minting 2': { status: 'ACTIVE' } }),
  );
  const users = [withJournal('user-1'), withJournal('user-2'), withoutJournal('user-3'), withJournal('user-4')];
  expect(unfinishedUsers(users, history)).toEqual(new Set(['user-1']));
  expect(reads()).toBe(1);
});
