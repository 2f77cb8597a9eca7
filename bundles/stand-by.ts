/** Does nothing: only compares the account, after others may have acted on it. Not drawn at random. */
import { NOTHING_EXPECTED } from '../support/model/statement.ts';
import type { Actors } from '../support/actors/actors.ts';
import { defineBundle } from '../support/sequence/bundle.ts';

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
