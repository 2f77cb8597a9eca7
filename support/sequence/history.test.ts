/** The history of a run: what is written comes back, and a put-back of the network undoes what came after funding. */
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Movement } from '../model/statement.ts';
import { sampleUser } from '../model/testing/sample-market.ts';
import { type Book, openBook } from './runner.ts';
import { type HistoryEvent, RunHistory, accountsOf } from './history.ts';

const FUNDED = sampleUser({ xrp: 1_000_000_013n });
const PAID: Movement = { account: 'xrp', amount: -12n, cause: 'fee', text: 'ledger fee', source: 'AB' };
const book = (xrp: bigint): Book => ({
  ...openBook({ ...sampleUser({ xrp }), records: { 'redemption 3': { status: 'ACTIVE', valueUba: '20000000' } } }),
  paid: new Set(['redemption 3']),
  notes: { 'redemption 3': { paymentHash: 'AB' } },
});
const funded = (user: string): HistoryEvent => ({ type: 'funded', user, state: FUNDED });
const closed = (user: string, xrp: bigint): HistoryEvent => ({
  type: 'closed',
  user,
  movements: [PAID],
  book: book(xrp),
});

describe('RunHistory', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'history-'));
    return () => rmSync(folder, { recursive: true });
  });

  test('every event comes back, amounts as bigints and sets as sets', () => {
    const history = new RunHistory(join(folder, 'new', 'history.jsonl'));
    const events: HistoryEvent[] = [
      funded('user-1'),
      { type: 'put back', title: 'again' },
      { type: 'not enabled', user: 'user-1', reason: 'redeem: the user holds less than a lot', bundles: ['redeem'] },
      {
        type: 'step',
        user: 'user-1',
        bundle: 'redeem',
        plan: { lots: '3' },
        verdict: 'wrong',
        failure: 'redeem: balance of xrp',
        transactions: ['0x01'],
        tookMs: 12.5,
        startedAtS: 1_795_348_509,
      },
      closed('user-1', 1n),
    ];
    history.begin();
    for (const event of events) history.add(event);
    expect(history.read()).toEqual(events);
  });

  test('a second process goes on with the same file; a new run starts an empty one', () => {
    const path = join(folder, 'history.jsonl');
    const first = new RunHistory(path);
    first.begin();
    first.add(funded('user-1'));
    new RunHistory(path).add({ type: 'put back', title: 'again' });
    expect(first.read().map(({ type }) => type)).toEqual(['funded', 'put back']);
    first.begin();
    expect(first.read()).toEqual([]);
  });

  test('half an event, which a crash left, is read past; the next one is whole', () => {
    const path = join(folder, 'half.jsonl');
    const history = new RunHistory(path);
    history.begin();
    history.add(funded('user-1'));
    appendFileSync(path, '{"type":"put ba');
    expect(history.read().map(({ type }) => type)).toEqual(['funded']);
    history.add({ type: 'put back', title: 'again' });
    expect(history.read().map(({ type }) => type)).toEqual(['funded', 'put back']);
  });

  test('a history that was never begun is empty', () => {
    expect(new RunHistory(join(folder, 'none.jsonl')).read()).toEqual([]);
  });
});

describe('accountsOf', () => {
  test('the last closing is where an account stands; movements add up', () => {
    const account = accountsOf([funded('user-1'), closed('user-1', 2n), closed('user-1', 1n)]).get('user-1');
    expect(account).toEqual({ funded: FUNDED, book: book(1n), movements: [PAID, PAID] });
  });

  test('a put-back brings everybody back to where funding left them', () => {
    const accounts = accountsOf([
      funded('user-1'),
      funded('user-2'),
      closed('user-1', 2n),
      { type: 'put back', title: 'again' },
      closed('user-2', 1n),
    ]);
    expect(accounts.get('user-1')).toEqual({ funded: FUNDED, book: openBook(FUNDED), movements: [] });
    expect(accounts.get('user-2')).toEqual({ funded: FUNDED, book: book(1n), movements: [PAID] });
  });

  test('steps and refusals move nothing', () => {
    const events: HistoryEvent[] = [
      funded('user-1'),
      { type: 'not enabled', user: 'user-1', reason: 'x', bundles: [] },
    ];
    expect(accountsOf(events)).toEqual(accountsOf([funded('user-1')]));
  });

  test('an account that was never funded cannot be closed', () => {
    expect(() => accountsOf([closed('user-9', 1n)])).toThrow('user-9, who was not funded');
  });
});
