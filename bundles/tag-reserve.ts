/** Reserves a destination tag: what is paid to the core vault with it is minted for the user. */
import type { Actors } from '../support/actors/actors.ts';
import type { TagEvents } from '../support/actors/tag-owner.ts';
import { defineBundle } from '../support/sequence/bundle.ts';
import { directMintingTerms } from './direct-minting.ts';
import { KEEP_WEI } from './minting.ts';
import { own } from './movements.ts';
import { NOBODY, ownTags, ownedTag, tagEvents } from './tags.ts';

interface ReservePlan extends Record<string, string> {
  readonly feeWei: string;
}

interface ObservedReservation {
  readonly owner: string;
  readonly events: TagEvents;
}

/** More are of no further use, and each costs a fee. */
const MOST_TAGS = 2;

export const tagReserve = defineBundle<Actors, ReservePlan, ObservedReservation>({
  name: 'tag-reserve',
  story: 'reserves a destination tag with which payments to the core vault are minted for the user',
  choices: [],
  needs: ['directMinting', 'madeUpMoney'],
  arrange: [],
  enabled(view) {
    if (ownTags(view).length >= MOST_TAGS) return `the user has ${MOST_TAGS} tags already`;
    const { feeWei } = directMintingTerms(view).tags;
    return (view.user.balances['native'] ?? 0n) >= feeWei + KEEP_WEI || 'the user cannot pay the fee of a tag';
  },
  resolve: (view) => ({ feeWei: String(directMintingTerms(view).tags.feeWei) }),
  async run({ feeWei }, { tagOwner }) {
    return { owner: tagOwner.address, events: await tagOwner.reserve(BigInt(feeWei)) };
  },
  expected(view, { feeWei }, { owner, events }) {
    const tag = directMintingTerms(view).tags.next;
    const address = owner.toLowerCase();
    return {
      movements: [own('native', -BigInt(feeWei), `fee of minting tag ${tag}`)],
      ...ownedTag(tag, owner, true),
      claims: [
        tagEvents(
          [
            `Transfer ${NOBODY} ${address} ${tag}`,
            `RecipientChanged ${tag} ${address}`,
            `MintingTagReserved ${tag} ${address}`,
          ],
          events,
        ),
      ],
    };
  },
});
