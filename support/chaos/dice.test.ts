import { describe, expect, test } from 'vitest';
import { Dice } from './dice.ts';
import { KINDS_OF, SERVICES, describeKind, entriesOf, usualRates } from './kinds.ts';

const drawsOf = (seed: number, percent = 40) => {
  const dice = new Dice({ seed, rates: usualRates(percent) });
  return Array.from({ length: 400 }, () => dice.draw('chain', 'request'));
};

describe('Dice', () => {
  test('the same seed draws the same, another one something else', () => {
    expect(drawsOf(1)).toEqual(drawsOf(1));
    expect(drawsOf(1)).not.toEqual(drawsOf(2));
  });

  test('strikes as often as the rate says, by every kind of the service and no other', () => {
    const struck = drawsOf(3).filter((kind) => kind !== undefined);
    expect(struck.length).toBeGreaterThan(120);
    expect(struck.length).toBeLessThan(200);
    expect(new Set(struck)).toEqual(new Set(KINDS_OF.chain));
    expect(drawsOf(3, 0).filter((kind) => kind !== undefined)).toEqual([]);
  });

  test('counts what was done, and stops at the most', () => {
    const dice = new Dice({ seed: 1, rates: { ledger: { delay: 100 } }, most: 2 });
    for (let request = 0; request < 3; request += 1) {
      const kind = dice.draw('ledger', '');
      if (kind !== undefined) dice.strike(kind);
    }
    expect(dice.counts()).toMatchObject({ delay: 2, stale: 0 });
  });

  test('strikes only what it may', () => {
    const dice = new Dice({ seed: 1, rates: { chain: { stale: 100 } }, mayStrike: (text) => text.includes('send') });
    expect([dice.draw('chain', 'read'), dice.draw('chain', 'send')]).toEqual([undefined, 'stale']);
  });

  test('refuses kinds that the service does not know, and more than all requests', () => {
    expect(() => new Dice({ seed: 1, rates: { chain: { 'socket-silent': 1 } } })).toThrow('socket-silent');
    expect(() => new Dice({ seed: 1, rates: { chain: { delay: 60, stale: 50 } } })).toThrow('110 percent');
  });
});

test.each(SERVICES)('the usual rates of %s add up, and every kind says what it does', (service) => {
  const entries = entriesOf(usualRates(30)[service]);
  expect(entries.reduce((sum, [, percent]) => sum + percent, 0)).toBeCloseTo(30);
  for (const [kind] of entries) expect(describeKind(kind)).not.toBe('');
});
