/** Each bundle × each user, alone: from where funding ended, with its arrange steps before it where it needs them. */
import { describe } from 'vitest';
import { userNames } from '../fixtures/users/index.ts';
import { chosenBundles, settings, test } from '../fixtures/test.ts';
import { namedSteps } from '../fixtures/parts.ts';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';

const MIDDLE = Math.floor(CHOICE_MAX / 3);

describe.for(chosenBundles.map((bundle) => [bundle.name, bundle] as const))('bundle %s', ([, bundle]) => {
  test.for(userNames(settings.users).map((user) => ({ user })))(
    '$user',
    async ({ user }, { stage, perform, expect }) => {
      const title = `bundle ${bundle.name}, ${user}`;
      const names = [...bundle.arrange, bundle.name];
      await stage.begin(title);
      await perform(async () => {
        const steps = await stage.play(title, [{ user, decisions: namedSteps(names, MIDDLE) }], []);
        expect(steps.map((step) => step.bundle)).toEqual(names);
      });
    },
  );
});
