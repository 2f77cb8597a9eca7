import { expect, test } from 'vitest';
import { engineFieldsOf, engineResultCode, engineResults, isApplied, isRetriable } from './engine-result.ts';

const ranges = {
  tes: [0, 0],
  tec: [100, 255],
  ter: [-99, -1],
  tef: [-199, -100],
  tem: [-299, -200],
  tel: [-399, -300],
};

test.each(engineResults)('%s has a code of its class', (name) => {
  const [low, high] = Object.entries(ranges).find(([prefix]) => name.startsWith(prefix))?.[1] ?? [];
  expect(engineResultCode(name)).toBeGreaterThanOrEqual(low ?? Number.NaN);
  expect(engineResultCode(name)).toBeLessThanOrEqual(high ?? Number.NaN);
  expect(isApplied(name)).toBe(name.startsWith('tes') || name.startsWith('tec'));
  expect(isRetriable(name)).toBe(name.startsWith('ter') || name.startsWith('tel'));
});

test('the text of success is what clients compare with', () => {
  expect(engineFieldsOf('tesSUCCESS')).toEqual({
    engine_result: 'tesSUCCESS',
    engine_result_code: 0,
    engine_result_message: 'The transaction was applied. Only final in a validated ledger.',
  });
  expect(() => engineFieldsOf('tesNOTHING')).toThrow('not an engine result');
});
