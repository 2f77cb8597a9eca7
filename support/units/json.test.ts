/** Amounts survive JSON: as text for people, as bigints for ourselves. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packJson, toJson, unpackJson } from './json.ts';

describe('json', () => {
  test('writes amounts beyond 2^53 in full', () => {
    expect(toJson({ wei: 2n ** 64n + 1n, list: [-1n] })).toBe('{"wei":"18446744073709551617","list":["-1"]}');
  });

  test('what is packed comes back, bigints as bigints and text as text', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.bigInt(), fc.integer(), fc.stringMatching(/^[a-z ]*$/))), (values) => {
        expect(unpackJson(packJson({ values }))).toEqual({ values });
      }),
    );
  });

  test('decimal text without the mark stays text', () => {
    expect(unpackJson('{"valueUba":"30000000","n":"n"}')).toEqual({ valueUba: '30000000', n: 'n' });
  });
});
