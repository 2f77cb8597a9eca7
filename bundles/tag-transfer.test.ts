/** Examples of handing a minting tag on. */
import { expect, test } from 'vitest';
import { tagTransfer } from './tag-transfer.ts';
import { USER, comesTo, moved, viewOf, wrongClaims } from './testing/examples.ts';
import { withTags } from './testing/tags.ts';
import { NOBODY } from './tags.ts';

test.each([
  ['a tag', withTags(), true],
  ['no tag', viewOf(), 'the user has no minting tag'],
  ['tags that were handed on', withTags({}, 'no'), 'the user has no minting tag'],
])('with %s', (_name, view, enabled) => expect(tagTransfer.enabled(view, {})).toBe(enabled));

const user = USER.toLowerCase();
const EVENTS = [`Transfer ${user} 0xef 20`, 'RecipientChanged 20 0xef'];
const asked: unknown[] = [];
const handingOn = (events: readonly string[], partner?: string) =>
  comesTo(tagTransfer, withTags(), [0], {
    partner,
    tagOwner: {
      address: USER,
      transfer: async (...words: unknown[]) => {
        asked.push(...words);
        return events;
      },
    },
  });

test('it mints for the partner from then on, and is not used any more', async () => {
  const expectation = await handingOn(EVENTS, '0xEF');
  expect(asked).toEqual(['0xEF', 20n]);
  expect(moved(expectation)).toEqual([]);
  expect(expectation.records).toEqual({
    'tag 20': { status: 'RESERVED', owner: '0xef', recipient: '0xef', executor: NOBODY },
  });
  expect(expectation.notes).toEqual({ 'tag 20': { held: 'no' } });
  expect(wrongClaims(expectation)).toEqual([]);
});

test('events that leave the recipient out are wrong', async () =>
  expect(wrongClaims(await handingOn(EVENTS.slice(0, 1), '0xEF'))).toEqual(['events of the minting tag']));

test('somebody must be there to take it', async () =>
  expect(handingOn(EVENTS)).rejects.toThrow('there is no partner to hand a tag on to'));
