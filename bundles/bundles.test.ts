/** Each bundle × each user, alone: from where funding ended, with its arrange steps before it where it needs them. */
import { describe } from 'vitest';
import { userNames } from '../fixtures/users/index.ts';
import { chosenBundles, settings, test } from '../fixtures/test.ts';
import { namedSteps } from '../fixtures/parts.ts';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';

/** Every choice at a third: neither end, and the same pool and agent for all steps. */
const A_THIRD = Math.floor(CHOICE_MAX / 3);

describe.for(chosenBundles.map((bundle) => [bundle.name, bundle] as const))('bundle %s', ([, bundle]) => {
  test.for(userNames(settings.users).map((user) => [user] as const))(
    '%s',
    async ([user], { stage, perform, expect, skip }) => {
      const lacking = stage.lacksFor(bundle);
      if (lacking !== undefined) skip(lacking);
      const title = `bundle ${bundle.name}, ${user}`;
      const names = [...bundle.arrange, bundle.name];
      await stage.begin(title);
      await perform(async () => {
        const steps = await stage.play(title, [{ user, decisions: namedSteps(names, A_THIRD) }], []);
        expect(steps.map((step) => step.bundle)).toEqual(names);
      });
    },
  );
});
