/** Who is named when a step is the first to meet what another one brought about. */
import { expect, test } from 'vitest';
import type { Mismatch, Movement } from '../model/statement.ts';
import { type ExecutedStep, StepFailed } from '../sequence/step.ts';
import { BegunSteps } from './culprit.ts';

/** A user with the transactions they have sent so far. */
function userWith(...sent: string[]) {
  const book = sent.map((source): Movement => ({ account: 'native', amount: -1n, cause: 'fee', text: 'gas', source }));
  return { book, costMark: () => book.length, costsSince: (mark: number) => book.slice(mark) };
}

const step = (user: string, bundle: string): ExecutedStep => ({ user, bundle, choices: [], plan: {} });

function metIn(met: ExecutedStep, origins: readonly string[]): StepFailed {
  const mismatch: Mismatch = {
    kind: 'invariant: events',
    subject: 'RedemptionPerformed 4',
    expected: '10',
    actual: '9',
    difference: -1n,
    origins,
  };
  const failure = {
    verdict: 'wrong' as const,
    id: `${met.bundle}: invariant: events`,
    sentence: `${met.user}, ${met.bundle}: RedemptionPerformed 4 is 9, expected 10, off by -1`,
    statement: { user: met.user, lines: [], mismatches: [mismatch] },
    transactions: ['0x3'],
  };
  return new StepFailed(
    { step: met, failure, statement: failure.statement, transactions: ['0x3'], tookMs: 1, startedAtS: 1 },
    failure,
  );
}

function play() {
  const [first, second] = [userWith('0x0'), userWith()];
  const steps = new BegunSteps();
  const [redeem, enter, stand] = [step('user-1', 'redeem'), step('user-2', 'pool-enter'), step('user-1', 'stand-by')];
  steps.add(redeem, first);
  first.book.push(...userWith('0x1').book);
  steps.add(enter, second);
  second.book.push(...userWith('0x2').book);
  steps.add(stand, first);
  first.book.push(...userWith('0x3').book);
  return { steps, redeem, enter, stand };
}

test('the step that opened what an event of others is about, not the one that came next', () => {
  const { steps, stand } = play();
  const { failure, result } = steps.blame(metIn(stand, ['0xof-an-agent', '0x1']));
  expect(failure.id).toBe('redeem: invariant: events');
  expect(failure.sentence).toBe(
    'user-1, redeem: RedemptionPerformed 4 is 9, expected 10, off by -1; met first by user-1, stand-by',
  );
  expect(result).toMatchObject({ step: stand, failure });
});

test("another user's step, though it is still under way", () => {
  const { steps, stand } = play();
  expect(steps.blame(metIn(stand, ['0x2'])).failure.id).toBe('pool-enter: invariant: events');
});

test.for<readonly [string, readonly string[]]>([
  ['its own event', ['0x3', '0x1']],
  ['what came before the play', ['0x0']],
  ['what nobody here sent', ['0xof-an-agent']],
  ['what has no transaction', []],
])('nobody else for %s', ([, origins]) => {
  const { steps, stand } = play();
  const error = metIn(stand, origins);
  expect(steps.blame(error)).toBe(error);
});
