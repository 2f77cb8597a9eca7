/** Each refusal × each user: the protocol refuses the act with the right error, and only fees change. */
import { describe } from 'vitest';
import { refusals } from '../bundles/refusals/index.ts';
import { suite } from '../fixtures/suite.ts';
import { settings, test, together } from '../fixtures/test.ts';
import { partnerOf, userNames } from '../support/keys/names.ts';
import { refusalStories, tell } from '../support/sequence/refusal-story.ts';

const users = userNames(settings.users, settings.shard);

describe.for(refusalStories(refusals).map((story) => [story.name, story] as const))(
  'refused: %s',
  together,
  ([name, story]) => {
    test.for(users.map((user) => [user] as const))('%s', together, async ([user], { stage, perform, expect, skip }) => {
      const lacking = story.needed.map((bundle) => stage.lacksFor(bundle)).find((reason) => reason !== undefined);
      if (lacking !== undefined) skip(lacking);
      const title = `refused: ${name}, ${user}`;
      const partner = partnerOf(user);
      const cast = { user, partner, partnerAddress: stage.addressOf(partner) };
      const { steps, names } = tell(
        suite.windingUp.looks,
        story,
        cast,
        (bundle) => stage.lacksFor(bundle) === undefined,
      );
      await perform(async () => {
        const done = await stage.playStory(title, user, steps, together.concurrent ? [] : names);
        const told = done.map(({ bundle }) => bundle);
        if (!together.concurrent) expect(told).toEqual(names);
        // What others did can leave nothing to refuse.
        else if (!story.refusals.some(({ bundle }) => told.includes(bundle.name)))
          skip('nothing here can be refused now');
      });
    });
  },
);
