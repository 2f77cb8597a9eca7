/** The last lines of a run: what was found, each thing once, the most frequent first. */
import { expect, test } from 'vitest';
import { type TestEnd, findingLines } from './test-ends.ts';

const failed = (name: string, failure: TestEnd['failure']): TestEnd =>
  failure === undefined ? { name, state: 'failed' } : { name, state: 'failed', failure };
const short = (sentence: string) => ({
  id: 'redeem: balance of xrp',
  sentence,
  replay: `REPLAY=${sentence}.json npx vitest run`,
});

test('failures of the same id are one, told as the first test met it', () => {
  const lines = findingLines([
    { name: 'a', state: 'passed' },
    failed('b', { id: 'Error', sentence: 'the run could not be opened' }),
    failed('c', short('first')),
    failed('d', short('second')),
    { name: 'e', state: 'skipped' },
  ]);
  expect(lines).toEqual([
    '2 distinct failures in 3 tests:',
    '  redeem: balance of xrp (2 tests)',
    '    first',
    '    REPLAY=first.json npx vitest run',
    '  Error (1 test)',
    '    the run could not be opened',
  ]);
});

test('other errors of one name are told apart by their words', () => {
  const error = (sentence: string) => failed(sentence, { id: 'Error', sentence });
  expect(findingLines([error('x'), error('y'), error('x')])[0]).toBe('2 distinct failures in 3 tests:');
});

test('a run in which nothing failed has no such lines', () => {
  expect(findingLines([{ name: 'a', state: 'passed' }])).toEqual([]);
});
