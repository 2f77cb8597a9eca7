/** Each scenario × each user, alone, told with drawn amounts from where funding ended. */
import * as fc from 'fast-check';
import { describe } from 'vitest';
import { choiceArbitrary } from '../support/sequence/draw.ts';
import { seedOf } from '../support/sequence/seeds.ts';
import { settings, test, together } from '../fixtures/test.ts';
import { partnerOf, userNames } from '../support/keys/names.ts';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';
import { scenarios } from './index.ts';

/** Where nothing is put back, the next stories need money too. */
const MOST_GIVEN = together.concurrent ? Math.floor(CHOICE_MAX / 10) : CHOICE_MAX;

const users = userNames(settings.users, settings.shard);

describe.for(scenarios.map((scenario) => [scenario.name, scenario] as const))(
  'scenario %s',
  together,
  ([name, scenario]) => {
    test.for(users.map((user) => [user] as const))('%s', together, async ([user], { stage, perform, expect, skip }) => {
      const lacking = stage.lacksFor({ name, needs: scenario.needs ?? [] });
      if (lacking !== undefined) skip(lacking);
      const title = `scenario ${name}, ${user}`;
      const partner = partnerOf(user);
      const tellings = fc.sample(fc.tuple(...Array.from({ length: scenario.draws }, () => choiceArbitrary)), {
        numRuns: settings.runs,
        seed: seedOf(settings.seed, title),
      });
      for (const drawn of tellings) {
        const cast = { user, partner, partnerAddress: stage.addressOf(partner), drawn, mostGiven: MOST_GIVEN };
        await perform(async () => {
          const required = together.concurrent ? scenario.requiredAnywhere : scenario.required;
          const steps = await stage.playStory(title, user, scenario.steps(cast), required);
          const done = steps.map(({ bundle }) => bundle);
          expect(done.filter((bundle) => required.includes(bundle))).toEqual(required);
        });
      }
    });
  },
);
