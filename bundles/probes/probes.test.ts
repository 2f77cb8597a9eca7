/** Bundles of probes: every deviating probe is told, and what cannot be prepared is a finding, not an error. */
import { expect, test } from 'vitest';
import { drawStatement } from '../../support/model/statement.ts';
import { sampleUser } from '../../support/model/testing/sample-market.ts';
import { Unprepared } from '../../support/probes/prober.ts';
import { comesTo, viewOf, withoutLots } from '../testing/examples.ts';
import { probes } from './index.ts';
import { probeReservation } from './probe-reservation.ts';
import { type ProbesDefinition, defineProbes } from './probing.ts';

const prober = { facts: async () => ({}) };
const bundleOf = (claims: ProbesDefinition['claims']) => defineProbes({ name: 'probe-x', story: '', claims });
const claim = (what: string, actual: string) => ({
  what,
  expected: 'go through',
  actual,
  sentence: `${what} ${actual}`,
});

test('all that deviates is told', async () => {
  const bundle = bundleOf(async () => [claim('a', 'was refused'), claim('b', 'go through'), claim('c', 'was refused')]);
  const user = sampleUser();
  const { mismatches } = drawStatement('u', user, await comesTo(bundle, viewOf(), [], { prober }), user);
  expect(mismatches.map(({ kind, sentence }) => [kind, sentence])).toEqual([
    ['a', 'a was refused'],
    ['c', 'c was refused'],
  ]);
});

test('what cannot be prepared is told as a finding', async () => {
  const bundle = bundleOf(() => {
    throw new Unprepared('a reservation', { kind: 'refused', revert: { name: 'MintingPaused', text: '' } });
  });
  const { claims } = await comesTo(bundle, viewOf(), [], { prober });
  expect(claims.map(({ sentence }) => sentence)).toEqual([
    'a reservation was refused with MintingPaused, must go through',
  ]);
});

test('where no lot is free nothing can be minted first', () => {
  expect(probeReservation.enabled(viewOf(), {})).toBe(true);
  expect(probeReservation.enabled(withoutLots(), {})).toBe('no agent has a free lot');
});

test('none takes a choice or needs anything before', () => {
  expect(probes.flatMap(({ choices, arrange }) => [...choices, ...arrange])).toEqual([]);
});
