/** Drawn numbers reach both ends of their range, and a bundle never judges while it acts. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleMarket, sampleUser } from '../model/testing/sample-market.ts';
import { CHOICE_MAX, type View, choose, chooseAmount, defineBundle } from './bundle.ts';

const drawn = fc.nat({ max: CHOICE_MAX });

describe('choose', () => {
  test('0 is the first, CHOICE_MAX the last, and nothing is out of reach', () => {
    expect([0, 3_333, 3_334, 6_667, CHOICE_MAX].map((choice) => choose(['a', 'b', 'c'], choice))).toEqual([
      'a',
      'a',
      'b',
      'c',
      'c',
    ]);
    expect(choose(['only'], CHOICE_MAX)).toBe('only');
  });

  test('gives an element of any list', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(), { minLength: 1, maxLength: 200 }), drawn, (options, choice) => {
        expect(options).toContain(choose(options, choice));
      }),
    );
  });

  test('an empty list is an error', () => expect(() => choose([], 0)).toThrow('nothing to choose from'));
});

describe('chooseAmount', () => {
  const amount = fc.bigInt({ min: 0n, max: 10n ** 27n });

  test('both ends, whatever they are', () => {
    fc.assert(
      fc.property(amount, amount, (low, more) => {
        expect(chooseAmount(low, low + more, 0)).toBe(low);
        expect(chooseAmount(low, low + more, CHOICE_MAX)).toBe(low + more);
      }),
    );
  });

  test('stays between and grows with the number', () => {
    fc.assert(
      fc.property(amount, amount, drawn, drawn, (low, more, one, other) => {
        const [small, large] = one < other ? [one, other] : [other, one];
        const lower = chooseAmount(low, low + more, small);
        const higher = chooseAmount(low, low + more, large);
        expect(low <= lower && lower <= higher && higher <= low + more).toBe(true);
      }),
    );
  });

  test('one amount only', () => expect(chooseAmount(7n, 7n, 4_321)).toBe(7n));
});

describe('defineBundle', () => {
  const view: View = { user: sampleUser(), market: sampleMarket(), notes: {}, timelocks: {} };

  test('the expectation is asked for only after the act, with the view from before it', async () => {
    const calls: string[] = [];
    const bundle = defineBundle<{ name: string }, { lots: string }, number>({
      name: 'probe',
      story: 'does nothing',
      choices: ['lots'],
      arrange: [],
      enabled: () => 'not now',
      resolve: (_view, [lots = 0]) => ({ lots: String(lots) }),
      run: async (plan, actors) => {
        calls.push(`run ${plan.lots} by ${actors.name}`);
        return 42;
      },
      expected: (seen, plan, observed) => {
        calls.push(`expected ${plan.lots} from ${observed}, ${seen === view}`);
        return { movements: [], records: {}, claims: [] };
      },
    });
    expect(bundle.enabled(view, {})).toBe('not now');
    for (const wrong of [[], [5, 6]])
      expect(() => bundle.resolve(view, wrong, {})).toThrow(`probe takes 1 choices, but ${wrong.length} are given`);
    const step = bundle.resolve(view, [5], {});
    expect(step.plan).toEqual({ lots: '5' });
    const expectationOf = await step.run({ name: 'user-1' });
    expect(calls).toEqual(['run 5 by user-1']);
    expectationOf(view);
    expect(calls).toEqual(['run 5 by user-1', 'expected 5 from 42, true']);
  });

  test('parameters and needs are empty unless said', () => {
    const bundle = defineBundle({
      name: 'plain',
      story: '',
      choices: [],
      arrange: [],
      enabled: () => true,
      resolve: () => ({}),
      run: async () => undefined,
      expected: () => ({ movements: [], records: {}, claims: [] }),
    });
    expect(bundle).toMatchObject({ params: [], needs: [] });
  });
});
