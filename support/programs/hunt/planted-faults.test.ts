/** docs/planted-faults.md is complete: every fault has its row, and every check a fault that it finds before any other. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { plantedFaults } from '../../planted/index.ts';
import { suite } from '../../../fixtures/suite.ts';
import { checksOf } from './checks.ts';
import { isByItsCheck } from './verdict.ts';

const page = readFileSync(new URL('../../../docs/planted-faults.md', import.meta.url), 'utf8');
/** Failure ids by fault, from rows like | `fault` | story | `failure id` | … */
const finders = new Map(
  [...page.matchAll(/^\| `([a-z0-9-]+)` +\|[^|]+\| `([^`]+)`/gm)].map(([, fault = '', id = '']) => [fault, id]),
);

describe('docs/planted-faults.md', () => {
  test('has every planted fault, found by the check that the fault names', () => {
    expect([...finders.keys()]).toEqual([...plantedFaults.keys()]);
    const byOthers = [...plantedFaults.values()].filter((fault) => !isByItsCheck(fault, finders.get(fault.name) ?? ''));
    expect(byOthers.map(({ name }) => name)).toEqual([]);
  });

  test.for(checksOf(suite).map((check) => [check.name, check] as const))(
    '%s has a fault that it finds first',
    ([, check]) => {
      expect([...finders.values()].filter((id) => check.finds(id))).not.toEqual([]);
    },
  );
});
