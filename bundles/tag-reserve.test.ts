/** Examples of reserving a minting tag. */
import { expect, test } from 'vitest';
import { tagReserve } from './tag-reserve.ts';
import { COIN, USER, comesTo, holding, moved, wrongClaims } from './testing/examples.ts';
import { withTags } from './testing/tags.ts';
import { NOBODY } from './tags.ts';

const both = () => {
  const view = withTags({ native: 200n * COIN });
  return { ...view, notes: { 'tag 20': { held: 'yes' }, 'tag 21': { held: 'yes' } } };
};

test.each([
  ['enough for the fee', holding({ native: 101n * COIN }), true],
  ['a wei less', holding({ native: 101n * COIN - 1n }), 'the user cannot pay the fee of a tag'],
  ['one tag left', withTags({ native: 200n * COIN }), true],
  ['two tags', both(), 'the user has 2 tags already'],
])('with %s', (_name, view, enabled) => expect(tagReserve.enabled(view, {})).toBe(enabled));

const user = USER.toLowerCase();
const EVENTS = [`Transfer ${NOBODY} ${user} 20`, `RecipientChanged 20 ${user}`, `MintingTagReserved 20 ${user}`];
const reserving = (events: readonly string[]) =>
  comesTo(tagReserve, holding({ native: 200n * COIN }), [], {
    tagOwner: { address: USER, reserve: async () => events },
  });

test('the fee is paid, and the next tag mints for the user', async () => {
  const expectation = await reserving(EVENTS);
  expect(moved(expectation)).toEqual([['native', -100n * COIN]]);
  expect(expectation.records).toEqual({
    'tag 20': { status: 'RESERVED', owner: user, recipient: user, executor: NOBODY },
  });
  expect(expectation.notes).toEqual({ 'tag 20': { held: 'yes' } });
  expect(wrongClaims(expectation)).toEqual([]);
});

test('another tag than the next, or an event that is missing, is wrong', async () => {
  for (const events of [EVENTS.slice(1), EVENTS.map((event) => event.replace('20', '21'))])
    expect(wrongClaims(await reserving(events))).toEqual(['events of the minting tag']);
});
