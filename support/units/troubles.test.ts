import { describe, expect, test } from 'vitest';
import { FindingWithTroubles, Troubles, cleaningUp, findingFirst, findingOf, troublesOf } from './troubles.ts';

const failing = (text: string) => async () => {
  throw new Error(text);
};
const caught = (acting: Promise<unknown>): Promise<unknown> => acting.catch((error: unknown) => error);

describe('cleaningUp', () => {
  test('gives what the act gave, after everything is cleaned up', async () => {
    const done: string[] = [];
    const act = async () => done.push('act');
    expect(
      await cleaningUp(
        act,
        () => done.push('first'),
        async () => done.push('second'),
      ),
    ).toBe(1);
    expect(done).toEqual(['act', 'first', 'second']);
  });

  test('throws the finding itself when cleaning up goes well', async () => {
    const finding = new RangeError('wrong by one');
    expect(
      await caught(
        cleaningUp(
          () => Promise.reject(finding),
          () => {},
        ),
      ),
    ).toBe(finding);
  });

  test('the finding stays first, whatever fails after it; and every clean-up is done', async () => {
    const error = await caught(cleaningUp(failing('wrong by one'), failing('no database'), failing('no network')));
    expect(error).toBeInstanceOf(FindingWithTroubles);
    expect(String(error)).toBe('FindingWithTroubles: wrong by one\n  besides: no database\n  besides: no network');
    expect(findingOf(error)).toEqual(new Error('wrong by one'));
    expect(troublesOf(error)).toEqual([new Error('no database'), new Error('no network')]);
  });

  test('a failing clean-up is told when nothing else was found', async () => {
    await expect(cleaningUp(async () => 1, failing('no network'))).rejects.toThrow('no network');
  });
});

test('troubles that come one after the other stay in one list under the finding', () => {
  const once = findingFirst(new Error('found'), [new Error('a')]);
  expect(String(findingFirst(once, [new Error('b')]))).toMatch(/: found\n {2}besides: a\n {2}besides: b$/);
  expect(findingFirst(once, [])).toEqual(once);
});

test('one who fails keeps nobody else from going on', async () => {
  const troubles = new Troubles();
  expect(await troubles.attempt('user-1', failing('ledger: no answer'))).toBeUndefined();
  expect(await troubles.attempt('user-2', async () => 7)).toBe(7);
  expect(troubles.lines).toEqual(['user-1: ledger: no answer']);
  expect([troubles.have('user-1'), troubles.have('user-2')]).toEqual([true, false]);
});
