/** Saved steps as parts: who plays, in which lane, and what makes a file not replayable. */
import { describe, expect, it } from 'vitest';
import { sampleMarket, sampleUser } from '../model/testing/sample-market.ts';
import type { View } from '../sequence/bundle.ts';
import { NotReplayable } from '../sequence/counterexample.ts';
import type { Step } from '../sequence/step.ts';
import { idleBundle, suiteOf } from '../sequence/testing/toy-suite.ts';
import { partsOf } from './replay.ts';

const suite = suiteOf([
  idleBundle('mint', { choices: ['lots'], params: ['agent'] }),
  idleBundle('redeem', { choices: ['lots'], enabled: () => 'the user holds less than a lot' }),
]);

const USERS = ['user-1', 'user-2', 'user-3'];
const VIEW: View = { user: sampleUser(), market: sampleMarket(), notes: {}, timelocks: {} };
const step = (user: string, bundle = 'mint', more: Partial<Step> = {}): Step => ({
  user,
  bundle,
  choices: [5],
  ...more,
});
const never = (reason: string): never => {
  throw new Error(reason);
};

/** What each part would do, as text. */
function outlineOf(steps: readonly Step[], onNotEnabled: (reason: string) => void = never): Record<string, string[]> {
  const outline = partsOf(suite, steps, USERS, onNotEnabled).map(({ user, decisions }) => {
    const lines = decisions.map((decision) => {
      if (typeof decision === 'function') return 'the user itself';
      const decided = decision.decide(VIEW);
      return 'notEnabled' in decided
        ? `${decision.by}: nothing`
        : `${decision.by}: ${decided.bundle.name} ${decided.choices.join(' ')}`;
    });
    return [user, lines] as const;
  });
  return Object.fromEntries(outline);
}

describe('lanes', () => {
  it('one user plays alone', () => {
    expect(outlineOf([step('user-2'), step('user-2', 'mint', { choices: [9] })])).toEqual({
      'user-2': ['user-2: mint 5', 'user-2: mint 9'],
    });
  });

  it('with several, all users of the run take part in their order, because a schedule counts them', () => {
    const outline = outlineOf([step('user-3'), step('user-1')]);
    expect(Object.entries(outline)).toEqual([
      ['user-1', ['user-1: mint 5']],
      ['user-2', []],
      ['user-3', ['user-3: mint 5']],
    ]);
  });

  it('a partner acts in the lane of the other', () => {
    expect(outlineOf([step('user-1'), step('user-2', 'mint', { lane: 'user-1' })])).toEqual({
      'user-1': ['user-1: mint 5', 'user-2: mint 5'],
    });
  });
});

describe('what cannot be done', () => {
  it('is told when its time comes, and is left out', () => {
    const told: string[] = [];
    const outline = outlineOf([step('user-1', 'redeem'), step('user-1')], (reason) => told.push(reason));
    expect(told).toEqual(['user-1 redeem: the user holds less than a lot']);
    expect(outline).toEqual({ 'user-1': ['user-1: nothing', 'user-1: mint 5'] });
  });

  it.for([
    [step('user-9'), 'not replayable: there is no user-9 among the 3 users of this run'],
    [step('user-1', 'mint-of-old'), 'not replayable: there is no bundle mint-of-old'],
    [step('user-1', 'mint', { choices: [1, 2] }), 'not replayable: mint takes 1 choices, the file gives 2'],
    [step('user-1', 'mint', { params: { vault: 'x' } }), 'not replayable: mint takes no vault'],
  ] as const)('%j is refused before anything is played', ([bad, message]) => {
    const parts = () => partsOf(suite, [step('user-1'), bad], USERS, never);
    expect(parts).toThrow(NotReplayable);
    expect(parts).toThrow(message);
  });
});
