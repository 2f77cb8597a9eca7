/** Each bundle × each user, alone: from where funding ended, with its arrange steps before it where it needs them. */
import { describe } from 'vitest';
import { namedSteps } from '../fixtures/parts.ts';
import { bundlesOf } from '../fixtures/selection.ts';
import { settings, test } from '../fixtures/test.ts';
import { userNames } from '../fixtures/users/index.ts';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';
import { bundles } from './index.ts';

/** Every choice at a third: neither end, and the same pool and agent for all steps. */
const A_THIRD = Math.floor(CHOICE_MAX / 3);

const users = userNames(settings.users);
const chosen = bundles
  .map((bundle) => ({ bundle, doers: users.filter((user) => bundlesOf(settings, user).includes(bundle)) }))
  .filter(({ doers }) => doers.length > 0);

describe.for(chosen.map((entry) => [entry.bundle.name, entry] as const))('bundle %s', ([, { bundle, doers }]) => {
  test.for(doers.map((user) => [user] as const))('%s', async ([user], { stage, perform, expect, skip }) => {
    const lacking = stage.lacksFor(bundle);
    if (lacking !== undefined) skip(lacking);
    const title = `bundle ${bundle.name}, ${user}`;
    const names = [...bundle.arrange, bundle.name];
    await stage.begin(title);
    await perform(async () => {
      const decisions = namedSteps(names, A_THIRD, (name) => settings.bundleParams[name] ?? {});
      const steps = await stage.play(title, [{ user, decisions }], []);
      expect(steps.map((step) => step.bundle)).toEqual(names);
    });
  });
});
