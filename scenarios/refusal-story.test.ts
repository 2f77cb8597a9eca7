/** How refusals become stories: who shares one, in which order it is told, what the act is told about. */
import type { Actors } from '../support/actors/actors.ts';
import { describe, expect, test } from 'vitest';
import { defineRefusal, first } from '../bundles/refusals/refusal.ts';
import { standBy } from '../bundles/stand-by.ts';
import { waitForTimelock } from '../bundles/wait-for-timelock.ts';
import { sampleMarket, sampleUser } from '../support/model/testing/sample-market.ts';
import type { View } from '../support/sequence/bundle.ts';
import type { PartStep } from '../support/sequence/play.ts';
import { refusalStories, tell } from '../support/sequence/refusal-story.ts';

const CAST = { user: 'user-1', partner: 'user-1-partner', partnerAddress: '0xabcd' };
const ABOUT_NOTES = (view: View) => view.notes['told'] ?? {};

const refusal = (name: string, change: Partial<Parameters<typeof defineRefusal>[0]> = {}) =>
  defineRefusal({
    name,
    story: '',
    error: 'InvalidCrtId',
    plan: (_view, params) => params,
    attempt: () => Promise.resolve(),
    ...change,
  });
const viewOf = (told: Record<string, string>): View => ({
  user: sampleUser(),
  market: sampleMarket(),
  notes: { told },
  timelocks: {},
});
const always = () => true;

describe('refusalStories', () => {
  const waiting = [first(waitForTimelock)];

  test('one for each arrangement, however far apart the refusals are', () => {
    const stories = refusalStories([
      refusal('a', { arrange: waiting }),
      refusal('b'),
      refusal('c', { arrange: waiting }),
    ]);
    expect(stories.map(({ name }) => name)).toEqual(['a, c', 'b']);
  });

  test('other needs and other choices are other stories', () => {
    const needy = refusal('b', { needs: ['redeemAmount'] });
    const chosen = refusal('c', { arrange: [first(waitForTimelock, 0)] });
    const stories = refusalStories([refusal('a'), needy, refusal('d', { arrange: waiting }), chosen]);
    expect(stories.map(({ name }) => name)).toEqual(['a', 'b', 'd', 'c']);
  });
});

describe('tell', () => {
  const told = (...refusals: Parameters<typeof refusalStories>[0]) => {
    const [story] = refusalStories(refusals);
    if (story === undefined) throw new Error('there is no story');
    return tell(standBy, story, CAST, always);
  };
  const actorOf = (step: PartStep<Actors>) => (typeof step === 'function' ? 'user-1' : step.by);
  const decide = (step: PartStep<Actors> | undefined, view: View) =>
    typeof step === 'object' ? step.decide(view) : step?.(view);

  test('the user stands by before and after what the partner tries', () => {
    const { steps, names } = told(refusal('own'), refusal('foreign', { by: 'partner' }));
    expect(names).toEqual(['own', 'stand-by', 'foreign', 'stand-by']);
    expect(steps.map(actorOf)).toEqual(['user-1', 'user-1', 'user-1-partner', 'user-1']);
  });

  test('an act is told of what the user saw last, and of nothing that it does not take', () => {
    const { steps } = told(
      refusal('act', { by: 'partner', params: ['minting'], about: ABOUT_NOTES, arrange: [first(standBy)] }),
    );
    const views = [{ minting: 'minting 1', other: 'x' }, { minting: 'minting 2' }, { minting: 'the partner’s own' }];
    const [, , act] = steps.map((step, index) => decide(step, viewOf(views[index] ?? {})));
    expect(act).toMatchObject({ params: { minting: 'minting 2' } });
    expect(act).not.toHaveProperty('params.other');
  });

  test('what is impossible afterwards is left out', () => {
    const [story] = refusalStories([refusal('act', { afterwards: [waitForTimelock] })]);
    if (story === undefined) throw new Error('there is no story');
    expect(tell(standBy, story, CAST, () => false).names).toEqual(['act']);
    expect(tell(standBy, story, CAST, always).names).toEqual(['act', 'wait-for-timelock']);
  });
});
