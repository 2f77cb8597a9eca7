/** What a user does next to have nothing open. */
import { describe, expect, test } from 'vitest';
import type { Actors } from '../actors/actors.ts';
import { sampleMarket, sampleUser } from '../model/testing/sample-market.ts';
import { CHOICE_MAX, type View } from '../sequence/bundle.ts';
import type { WindingUp } from '../sequence/suite.ts';
import { idleBundle } from '../sequence/testing/toy-suite.ts';
import { windUpAll, windUpOpen, windingUpActs } from './wind-up-acts.ts';

const view: View = { user: sampleUser(), market: sampleMarket(), notes: {}, timelocks: {} };

/** Acts of which only these can be done. */
function able(...names: readonly string[]): WindingUp<Actors> {
  const act = (name: string) =>
    idleBundle(name, { choices: ['much', 'where'], enabled: () => names.includes(name) || 'not now' });
  return {
    ends: [act('execute'), act('default')],
    leaves: [act('withdraw'), act('exit')],
    spends: act('redeem'),
    waits: act('wait'),
    looks: act('look'),
    patienceS: 1,
  };
}

const nextOf = (decide: typeof windUpAll, plan: WindingUp<Actors>) => {
  const decision = decide(plan)(view);
  return 'bundle' in decision ? decision.bundle.name : decision.notEnabled;
};

test('records are ended before pools are left', () => {
  expect(windingUpActs(able()).map(({ name }) => name)).toEqual(['execute', 'default', 'withdraw', 'exit']);
});

describe('the next act of winding everything up', () => {
  test.each([
    [['redeem', 'exit', 'default', 'execute'], 'execute'],
    [['redeem', 'exit', 'default'], 'default'],
    [['redeem', 'exit', 'wait'], 'exit'],
    [['redeem', 'wait', 'look'], 'redeem'],
    [['wait', 'look'], 'everything is wound up'],
  ])('of %j is %s', (names, next) => expect(nextOf(windUpAll, able(...names))).toBe(next));

  test('is done with all there is', () => {
    expect(windUpAll(able('exit'))(view)).toMatchObject({ choices: [CHOICE_MAX, CHOICE_MAX] });
  });
});

describe('the next act of ending what is open', () => {
  test.each([
    [['wait', 'default'], 'default'],
    [['wait', 'exit', 'redeem'], 'wait'],
    [['exit', 'redeem', 'look'], 'nothing is open'],
  ])('of %j is %s', (names, next) => expect(nextOf(windUpOpen, able(...names))).toBe(next));
});
