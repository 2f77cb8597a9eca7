/** Hands a minting tag on to the partner, for whom payments with it are minted from then on. */
import type { Actors } from '../support/actors/actors.ts';
import type { TagEvents } from '../support/actors/tag-owner.ts';
import { choose, defineBundle } from '../support/sequence/bundle.ts';
import { ownTags, ownedTag, tagEvents } from './tags.ts';

interface TransferPlan extends Record<string, string> {
  readonly tag: string;
}

interface ObservedTransfer {
  readonly from: string;
  readonly to: string;
  readonly events: TagEvents;
}

export const tagTransfer = defineBundle<Actors, TransferPlan, ObservedTransfer>({
  name: 'tag-transfer',
  story: 'hands a random minting tag on to the partner',
  choices: ['tag'],
  needs: ['directMinting', 'madeUpMoney'],
  arrange: ['tag-reserve'],
  enabled: (view) => ownTags(view).length > 0 || 'the user has no minting tag',
  resolve: (view, [tag = 0]) => ({ tag: String(choose(ownTags(view), tag)) }),
  async run({ tag }, { tagOwner, partner }) {
    if (partner === undefined) throw new Error('there is no partner to hand a tag on to');
    return { from: tagOwner.address, to: partner, events: await tagOwner.transfer(partner, BigInt(tag)) };
  },
  expected(_view, { tag }, { from, to, events }) {
    const [sender, receiver] = [from.toLowerCase(), to.toLowerCase()];
    return {
      movements: [],
      ...ownedTag(BigInt(tag), to, false),
      claims: [tagEvents([`Transfer ${sender} ${receiver} ${tag}`, `RecipientChanged ${tag} ${receiver}`], events)],
    };
  },
});
