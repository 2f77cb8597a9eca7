/**
 * Each bundle × each user, alone: from where funding ended, with its arrange steps before it where it needs them. What only an
 * executor can do is done by the partner.
 */
import { describe } from 'vitest';
import { suite } from '../fixtures/suite.ts';
import { stepsAlone } from '../support/sequence/draw.ts';
import { bundlesOf } from '../support/settings/selection.ts';
import { settings, test, together } from '../fixtures/test.ts';
import { partnerOf, userNames } from '../support/keys/names.ts';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';
import { bundles } from './index.ts';

/** Every choice just beyond a third: neither end, and of three agents or pools the second for all steps. */
const A_THIRD = Math.ceil((CHOICE_MAX + 1) / 3);

const users = userNames(settings.users, settings.shard);
const chosen = bundles
  .map((bundle) => ({ bundle, doers: users.filter((user) => bundlesOf(suite, settings, user).includes(bundle)) }))
  .filter(({ doers }) => doers.length > 0);

describe.for(chosen.map((entry) => [entry.bundle.name, entry] as const))(
  'bundle %s',
  together,
  ([, { bundle, doers }]) => {
    test.for(doers.map((user) => [user] as const))('%s', together, async ([user], { stage, perform, expect, skip }) => {
      const lacking = stage.lacksFor(bundle);
      if (lacking !== undefined) skip(lacking);
      const title = `bundle ${bundle.name}, ${user}`;
      const names = [...bundle.arrange, bundle.name];
      await perform(async () => {
        const partner = partnerOf(user);
        const decisions = stepsAlone(suite, bundle, {
          partner,
          partnerAddress: stage.addressOf(partner),
          choice: A_THIRD,
          paramsOf: (name) => settings.bundleParams[name] ?? {},
        });
        const steps = await stage.playStory(title, user, decisions, names);
        expect(steps.map((step) => step.bundle)).toEqual(names);
      });
    });
  },
);
