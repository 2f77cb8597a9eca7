/** Each bundle of probes, by one user: acts simulated at their edges end as they must. Nothing is sent or paid. */
import { describe } from 'vitest';
import { suite } from '../fixtures/suite.ts';
import { settings, test, together } from '../fixtures/test.ts';
import { decided } from '../support/sequence/runner.ts';
import { userNames } from '../support/keys/names.ts';

const users = userNames(settings.users, settings.shard);
/** The probes do not depend on who asks, so the users share them. */
const shares = suite.probes.map((bundle, index) => [bundle.name, bundle, users[index % users.length] ?? ''] as const);

describe('probes', together, () => {
  test.for(shares)('%s', together, async ([, bundle, user], { stage, perform, skip }) => {
    const lacking = stage.lacksFor(bundle);
    if (lacking !== undefined) skip(lacking);
    await perform(async () => {
      const done = await stage.playStory(`probes: ${bundle.name}, ${user}`, user, [
        { by: user, decide: decided(bundle, []) },
      ]);
      // Others can have taken what the probes begin with.
      if (done.length === 0) skip('nothing can be probed now');
    });
  });
});
