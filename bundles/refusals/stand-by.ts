/** Does nothing: the account is only compared. A step of stories in which somebody else tries to act on it. */
import { NOTHING_EXPECTED } from '../../support/model/statement.ts';
import type { Actors } from '../../support/actors/actors.ts';
import { defineBundle } from '../../support/sequence/bundle.ts';

export const standBy = defineBundle<Actors, Record<string, string>, null>({
  name: 'stand-by',
  story: 'does nothing while somebody else acts',
  choices: [],
  arrange: [],
  enabled: () => true,
  resolve: () => ({}),
  run: async () => null,
  expected: () => NOTHING_EXPECTED,
});
