/** How a probe is judged, and what is said of it. */
import { describe, expect, test } from 'vitest';
import { assetManagerInterface } from '../clients/flare/interfaces.ts';
import { type Must, THROUGH, judge, passes, refused } from './probe.ts';
import type { Outcome } from './simulation.ts';

const through = (returned = '0x'): Outcome => ({ kind: 'through', returned, logs: [] });
const refusedWith = (name: string | undefined): Outcome => ({ kind: 'refused', revert: { name, text: name ?? 'no' } });
const unprepared: Outcome = { kind: 'unprepared', call: 1, revert: { name: 'MintingPaused', text: 'MintingPaused()' } };
const word = (value: bigint) => `0x${value.toString(16).padStart(64, '0')}`;
const gives = (value: bigint): Must => ({ kind: 'gives', returned: word(value) });
const tells: Must = { kind: 'tells', event: 'AgentPing', contract: assetManagerInterface };
const ping: Outcome = {
  kind: 'through',
  returned: '0x',
  logs: [
    {
      address: '0x',
      ...assetManagerInterface.encodeEventLog('AgentPing', [word(1n).slice(0, 42), word(0n).slice(0, 42), 1n]),
    },
  ],
};

describe('what holds', () => {
  test.each([
    ['refused as it must be', refused('OnlyGovernance'), refusedWith('OnlyGovernance')],
    ['through as it must be', THROUGH, through()],
    ['the right answer', gives(7n), through(word(7n))],
    ['the right event', tells, ping],
    ['refused by a later check', passes('OnlyGovernance'), refusedWith('ValueTooSmall')],
  ])('%s', (_name, must, outcome) => {
    const { expected, actual } = judge({ name: 'an act', must }, outcome);
    expect(actual).toBe(expected);
  });
});

describe('what is said', () => {
  test.each([
    [refused('OnlyGovernance'), through(), 'an act went through, must be refused with OnlyGovernance'],
    [refused('A'), refusedWith('B'), 'an act was refused with B, must be refused with A'],
    [refused('A'), refusedWith(undefined), 'an act was refused with no, must be refused with A'],
    [THROUGH, refusedWith('A'), 'an act was refused with A, must go through'],
    [
      THROUGH,
      unprepared,
      'an act could not be tried: call 2 before it was refused with MintingPaused, must go through',
    ],
    [
      refused('MintingPaused'),
      unprepared,
      'an act could not be tried: call 2 before it was refused with MintingPaused, must be refused with MintingPaused',
    ],
    [gives(7n), through(word(8n)), 'an act gave 8, must give 7'],
    [tells, through(), 'an act ended with no event, must end with AgentPing'],
    [passes('A'), refusedWith('A'), 'an act was refused with A, must not be refused with A'],
  ])('%o, %o', (must, outcome, sentence) => {
    const claim = judge({ name: 'an act', must }, outcome);
    expect(claim.sentence).toBe(sentence);
    expect(claim.actual).not.toBe(claim.expected);
  });
});
