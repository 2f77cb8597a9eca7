/** What the bundles of minting tags share: whose tags, and what their events must say. */
import { tagNumber, tagRecord } from '../support/model/records.ts';
import type { Claim, Expectation } from '../support/model/statement.ts';
import type { View } from '../support/sequence/bundle.ts';

/** Tags that are the user's, by the user's own notes. */
export const ownTags = ({ user, notes }: View): bigint[] =>
  Object.keys(user.records).flatMap((record) => {
    const tag = tagNumber(record);
    return tag !== undefined && notes[record]?.['held'] === 'yes' ? [tag] : [];
  });

/** A tag that mints for its owner, with no executor named. */
export function ownedTag(tag: bigint, owner: string, isHeld: boolean): Pick<Expectation, 'records' | 'notes'> {
  const address = owner.toLowerCase();
  return {
    records: { [tagRecord(tag)]: { status: 'RESERVED', owner: address, recipient: address, executor: NOBODY } },
    notes: { [tagRecord(tag)]: { held: isHeld ? 'yes' : 'no' } },
  };
}

/** All events of the act, in order. */
export const tagEvents = (expected: readonly string[], seen: readonly string[]): Claim => ({
  what: 'events of the minting tag',
  expected: expected.join(', '),
  actual: seen.join(', '),
});

export const NOBODY = `0x${'0'.repeat(40)}`;
