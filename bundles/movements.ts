/** Short forms that every bundle's expectation is written in. */
import type { Account } from '../support/model/state.ts';
import type { Claim, Movement } from '../support/model/statement.ts';

/** A movement that the user's own act makes. */
export const own = (account: Account, amount: bigint, text: string): Movement => ({
  account,
  amount,
  cause: 'own',
  text,
});

/** A figure of an event, compared with the model's own. */
export const claim = (what: string, expected: bigint | string, actual: bigint | string): Claim => ({
  what,
  expected: String(expected),
  actual: String(actual),
});

/** Of whom an event is about: what else is counted by it, so that a wrong one is named before whatever comes of it. */
export const partyClaim = (what: string, expected: string, actual: string): Claim => ({
  ...claim(what, expected, actual),
  isCause: true,
});
