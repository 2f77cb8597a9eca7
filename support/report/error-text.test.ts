/** Whatever an error carries, only text leaves the process. */
import { expect, test } from 'vitest';
import { processError } from 'vitest/internal/browser';
import { errorText } from './error-text.ts';

/** Carries what no JSON can hold and what nobody wants to read. */
class Laden extends Error {
  override name = 'Laden';
  readonly amountUba = 5n;
  readonly itself = this;
  readonly stateOfEverybody = new Map([['user-1', { balance: 7n }]]);
}

const told = (thrown: unknown): object => JSON.parse(JSON.stringify(errorText(thrown)));

test('of an error remain its name, its message and where it came from', () => {
  const error = new Laden('one drop short');
  expect(told(error)).toEqual({ name: 'Laden', message: 'one drop short', stack: error.stack });
});

test('so it is for what caused it, each cause once', () => {
  const first = new Laden('first');
  const second = new Laden('second', { cause: first });
  first.cause = second;
  expect(told(second)).toEqual({
    name: 'Laden',
    message: 'second',
    stack: second.stack,
    cause: { name: 'Laden', message: 'first', stack: first.stack },
  });
  expect(told(new Error('x', { cause: 5n }))).toMatchObject({ cause: { message: '5' } });
});

test('an error without words of its own says what the errors within it say', () => {
  expect(told(new AggregateError([new Error('::1 refused'), new Laden('127.0.0.1 refused')]))).toMatchObject({
    message: '::1 refused; 127.0.0.1 refused',
  });
});

test('nothing that is thrown is too odd to be told', () => {
  const itself = new AggregateError([]);
  itself.errors.push(new Error('within'), itself, new Error('', { cause: itself }));
  expect(told(itself)).toMatchObject({ message: 'within; ' });

  const guarded = Object.defineProperty(new Error('guarded'), 'cause', {
    get: () => {
      throw new Error('not to be read');
    },
  });
  expect(told(guarded)).toEqual({ name: 'Error', message: 'guarded', stack: guarded.stack });

  let deep = new Error('0');
  for (let cause = 1; cause <= 20_000; cause += 1) deep = new Error(String(cause), { cause: deep });
  expect(told(deep)).toMatchObject({ message: '20000', cause: { message: '19999' } });

  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  expect(told(proxy)).toMatchObject({ name: 'Error', message: '<Revoked Proxy>' });
  expect(told({ amountUba: 5n })).toEqual({ name: 'Error', message: '{ amountUba: 5n }' });
  expect(told(Object.assign(new AggregateError([]), { errors: 5 }))).toMatchObject({ message: '' });
});

test.for([[undefined], ['words'], [5n], [null]])('whatever else is thrown has its words: %s', ([thrown]) => {
  expect(told(thrown)).toEqual({ name: 'Error', message: String(thrown) });
});

test('vitest sends no more than that, and still what an assertion compared', () => {
  expect(JSON.parse(JSON.stringify(processError(new Laden('x', { cause: new Laden('y') }))))).toEqual({
    name: 'Laden',
    message: 'x',
    stack: expect.any(String),
    cause: { name: 'Laden', message: 'y', stack: expect.any(String) },
  });
  const sent = (assertion: () => void) => JSON.parse(JSON.stringify(processError(failureOf(assertion))));
  const words = { name: 'AssertionError', message: expect.any(String), stack: expect.any(String) };
  expect(sent(() => expect({ amountUba: 1n }).toEqual({ amountUba: 2n }))).toEqual({
    ...words,
    expected: expect.stringContaining('2n'),
    actual: expect.stringContaining('1n'),
    diff: expect.stringContaining('2n'),
  });
  expect(sent(() => expect(1n).toBeGreaterThan(2n))).toEqual(words);
});

function failureOf(act: () => void): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('it does not fail');
}
