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
