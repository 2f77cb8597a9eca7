/** Each scenario × each user, alone, told with drawn amounts from where funding ended. */
import * as fc from 'fast-check';
import { describe } from 'vitest';
import { choiceArbitrary } from '../fixtures/parts.ts';
import { seedOf } from '../fixtures/seeds.ts';
import { settings, test } from '../fixtures/test.ts';
import { partnerOf, userNames } from '../fixtures/users/index.ts';
import { scenarios } from './index.ts';

const users = userNames(settings.users);

describe.for(scenarios.map((scenario) => [scenario.name, scenario] as const))('scenario %s', ([name, scenario]) => {
  test.for(users.map((user) => [user] as const))('%s', async ([user], { stage, perform, expect }) => {
    const title = `scenario ${name}, ${user}`;
    const partner = partnerOf(user);
    const tellings = fc.sample(fc.tuple(...Array.from({ length: scenario.draws }, () => choiceArbitrary)), {
      numRuns: settings.runs,
      seed: seedOf(settings.seed, title),
    });
    for (const drawn of tellings) {
      const cast = { user, partner, partnerAddress: stage.addressOf(partner), drawn };
      await stage.begin(title);
      await perform(async () => {
        const steps = await stage.play(title, [{ user, decisions: scenario.steps(cast) }], []);
        const done = steps.map(({ bundle }) => bundle);
        expect(done.filter((bundle) => scenario.required.includes(bundle))).toEqual(scenario.required);
      });
    }
  });
});
