/** Mints directly with the user's own tag; a memo that names somebody else must be ignored. */
import type { Actors } from '../support/actors/actors.ts';
import { CHOICE_MAX, choose, defineBundle } from '../support/sequence/bundle.ts';
import {
  type DirectMintPlan,
  type ObservedDirectMinting,
  canMintDirectly,
  chooseDirectUba,
  directPlan,
  expectedDirectMinting,
  mintDirectly,
} from './direct-minting.ts';
import { ownTags } from './tags.ts';

export const directMintByTag = defineBundle<Actors, DirectMintPlan, ObservedDirectMinting>({
  name: 'direct-mint-by-tag',
  story: 'mints a random amount directly with a tag of their own, whatever the memo says',
  choices: ['amount', 'proof owner', 'tag', 'memo'],
  needs: ['directMinting', 'madeUpMoney'],
  arrange: ['tag-reserve'],
  mints: true,
  enabled(view) {
    if (ownTags(view).length === 0) return 'the user has no minting tag';
    return canMintDirectly(view);
  },
  resolve(view, [amount = 0, proofOwner = 0, tag = 0, memo = 0]) {
    return {
      ...directPlan(view, chooseDirectUba(view, amount), proofOwner),
      tag: String(choose(ownTags(view), tag)),
      ...(memo > CHOICE_MAX / 4 && { memoFor: SOMEBODY }),
    };
  },
  run: mintDirectly,
  expected: expectedDirectMinting,
});

const SOMEBODY = `0x${'05'.repeat(20)}`;
