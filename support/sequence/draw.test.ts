/** What is drawn is really as long as asked for, the same for the same seed, and chosen among what is enabled. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { suite } from '../../fixtures/suite.ts';
import { sampleMarket, sampleUser } from '../model/testing/sample-market.ts';
import { type Bundle, CHOICE_MAX, type View, defineBundle } from './bundle.ts';
import {
  type Offer,
  bundleNamed,
  drawnDecision,
  drawnLane,
  drawnSchedule,
  drawnSwarm,
  inSwarm,
  namedSteps,
  stepsAlone,
} from './draw.ts';
import { idleBundle, suiteOf } from './testing/toy-suite.ts';

const SEED = { seed: 7, numRuns: 30 };
const view: View = { user: sampleUser(), market: sampleMarket(), notes: {}, timelocks: {} };

const offer = (offered: Bundle<null>, weight = 1, params = {}): Offer<null> => ({
  bundle: offered,
  weight,
  params,
});
const bundle = (
  name: string,
  enabled: true | string,
  choices: readonly string[] = [],
  arrange: readonly string[] = [],
): Bundle<null> =>
  defineBundle<null, Record<string, never>, undefined>({
    name,
    story: '',
    choices,
    arrange,
    enabled: () => enabled,
    resolve: () => ({}),
    run: async () => undefined,
    expected: () => ({ movements: [], records: {}, claims: [] }),
  });

describe('drawn numbers', () => {
  test('every lane and every schedule has its full length', () => {
    for (const lane of fc.sample(drawnLane(40), SEED)) expect(lane).toHaveLength(40);
    for (const schedule of fc.sample(drawnSchedule(480, 3), SEED)) expect(schedule).toHaveLength(480);
  });

  test('choices stay in range and reach both ends often', () => {
    const choices = fc.sample(drawnLane(40), SEED).flatMap((lane) => lane.flatMap((step) => step.choices));
    expect(choices.every((choice) => choice >= 0 && choice <= CHOICE_MAX)).toBe(true);
    const share = (wanted: number) => choices.filter((choice) => choice === wanted).length / choices.length;
    expect(share(0)).toBeGreaterThan(0.05);
    expect(share(CHOICE_MAX)).toBeGreaterThan(0.05);
    expect(share(0) + share(CHOICE_MAX)).toBeLessThan(0.5);
  });

  test('going on with the same user is as likely as all hand-overs together; everybody gets a turn', () => {
    const turns = fc.sample(drawnSchedule(480, 3), SEED).flat();
    const share = (turn: number) => turns.filter((drawn) => drawn === turn).length / turns.length;
    expect(share(0)).toBeGreaterThan(0.5);
    expect(share(1)).toBeGreaterThan(0.1);
    expect(share(2)).toBeGreaterThan(0.1);
    expect(Math.max(...turns)).toBe(2);
  });

  test('one user alone only ever goes on', () => {
    expect(new Set(fc.sample(drawnSchedule(100, 1), SEED).flat())).toEqual(new Set([0]));
  });

  test('the same seed draws the same, another seed something else', () => {
    const draw = (seed: number) => fc.sample(fc.tuple(drawnLane(20), drawnSchedule(60, 3)), { seed, numRuns: 3 });
    expect(draw(7)).toEqual(draw(7));
    expect(draw(8)).not.toEqual(draw(7));
  });
});

describe('drawnDecision', () => {
  const step = { pick: CHOICE_MAX, choices: [1, 2, 3, 4] };

  test('picks among what is enabled only, by its share of the numbers', () => {
    const offers = [offer(bundle('a', true)), offer(bundle('no', 'not now')), offer(bundle('b', true))];
    const picked = (pick: number) => {
      const decision = drawnDecision(offers, { ...step, pick })(view);
      return 'bundle' in decision ? decision.bundle.name : undefined;
    };
    expect([0, 4_999, 5_000, CHOICE_MAX].map(picked)).toEqual(['a', 'a', 'b', 'b']);
  });

  test('draws by weight, with the offer’s parameters', () => {
    const offers = [offer(bundle('rare', true)), offer(bundle('often', true), 3, { pool: '0xa' })];
    const picked = [0, 2_499, 2_500, CHOICE_MAX].map((pick) => drawnDecision(offers, { ...step, pick })(view));
    expect(picked.map((decision) => ('bundle' in decision ? decision.bundle.name : ''))).toEqual([
      'rare',
      'rare',
      'often',
      'often',
    ]);
    expect(picked.at(-1)).toMatchObject({ params: { pool: '0xa' } });
  });

  test('gives a bundle as many numbers as it asks for', () => {
    expect(drawnDecision([offer(bundle('a', true, ['agent', 'lots']))], step)(view)).toMatchObject({ choices: [1, 2] });
    expect(drawnDecision([offer(bundle('a', true))], step)(view)).toMatchObject({ choices: [] });
  });

  test('nothing enabled: every reason is told', () => {
    expect(drawnDecision([offer(bundle('a', 'no XRP')), offer(bundle('b', 'no lot'))], step)(view)).toEqual({
      notEnabled: 'a: no XRP; b: no lot',
      bundles: ['a', 'b'],
    });
  });
});

describe('drawnSwarm', () => {
  test('about half of the sequences leave bundles out', () => {
    const swarms = fc.sample(drawnSwarm(14), { seed: 7, numRuns: 200 });
    const drawn = swarms.filter((kept) => kept !== null);
    expect(drawn.length).toBeGreaterThan(60);
    expect(drawn.length).toBeLessThan(140);
    expect(drawn.every((kept) => kept.length === 14)).toBe(true);
  });
});

describe('inSwarm', () => {
  const offers = [offer(bundle('a', true)), offer(bundle('b', true)), offer(bundle('c', true, [], ['a']))];
  const names = (kept: readonly boolean[] | null) => inSwarm(offers, kept).map((entry) => entry.bundle.name);

  test('no swarm keeps all', () => {
    expect(names(null)).toEqual(['a', 'b', 'c']);
  });

  test('keeps what is chosen and what that needs', () => {
    expect(names([false, true, false])).toEqual(['b']);
    expect(names([false, false, true])).toEqual(['a', 'c']);
  });

  test('a swarm that keeps none keeps all', () => {
    expect(names([false, false, false])).toEqual(['a', 'b', 'c']);
  });
});

describe('namedSteps', () => {
  test('gives every choice of each bundle the same number', () => {
    const [decide] = namedSteps(suite, ['mint-random-agent'], 3_333);
    expect(decide?.(view)).toMatchObject({ bundle: { name: 'mint-random-agent' }, choices: [3_333, 3_333, 3_333] });
  });

  test('a bundle that is not enabled says why', () => {
    const [decide] = namedSteps(suite, ['redeem'], 0);
    expect(decide?.(view)).toMatchObject({ notEnabled: 'redeem: the user holds less than a lot', bundles: ['redeem'] });
  });

  test('a bundle that does not exist', () => {
    expect(() => namedSteps(suite, ['mint-all'], 0)).toThrow('there is no bundle mint-all');
    expect(bundleNamed(suite, 'redeem').name).toBe('redeem');
  });
});

describe('a bundle tried alone', () => {
  const naming = idleBundle('mint', { params: ['executor'] });
  const alone = (triedByPartner: boolean) => {
    const execute = idleBundle('execute', { arrange: ['mint'], triedByPartner });
    return stepsAlone(suiteOf([naming, execute]), execute, { partner: 'partner', partnerAddress: '0xp', choice: 0 });
  };
  const decided = (step: ReturnType<typeof alone>[number]) => {
    const decision = (typeof step === 'function' ? step : step.decide)(view);
    return 'bundle' in decision ? [decision.bundle.name, decision.params] : decision;
  };

  test('comes after what it needs, by the same user', () => {
    const steps = alone(false);
    expect(steps.map((step) => typeof step)).toEqual(['function', 'function']);
    expect(steps.map(decided)).toEqual([
      ['mint', {}],
      ['execute', {}],
    ]);
  });

  test('when it is for executors the user names the partner, who does it', () => {
    const steps = alone(true);
    expect(steps.map((step) => (typeof step === 'function' ? 'user' : step.by))).toEqual(['user', 'partner']);
    expect(steps.map(decided)[0]).toEqual(['mint', { executor: '0xp' }]);
  });
});
