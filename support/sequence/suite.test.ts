import { describe, expect, test } from 'vitest';
import { defineSuite, findBundle } from './suite.ts';
import { idleBundle, suiteOf } from './testing/toy-suite.ts';

describe('a suite', () => {
  test('is what it was defined as, and finds bundles and steps by name', () => {
    const mint = idleBundle('mint');
    const suite = defineSuite(suiteOf([mint, idleBundle('redeem', { arrange: ['mint'] })]));
    expect(findBundle(suite, 'mint')).toBe(mint);
    expect(findBundle(suite, 'look')?.name).toBe('look');
    expect(findBundle(suite, 'burn')).toBeUndefined();
  });

  test.each([
    ['a name twice', [idleBundle('mint'), idleBundle('mint')], 'two bundles are named mint'],
    ['the name of a step', [idleBundle('look')], 'two bundles are named look'],
    ['an unknown arrangement', [idleBundle('redeem', { arrange: ['mint'] })], 'arranges mint, which does not exist'],
    ['a choice too many', [idleBundle('mint', { choices: ['a', 'b', 'c', 'd', 'e'] })], 'mint has 5 choices'],
  ])('is refused with %s', (_what, bundles, sentence) => {
    expect(() => defineSuite(suiteOf(bundles))).toThrow(sentence);
  });
});
