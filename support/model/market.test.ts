/** Who can be minted against, and the names of accounts and records across runs. */
import { describe, expect, test } from 'vitest';
import { dustByAgent, mintableAgents } from './market.ts';
import { accountKind, isOwnAccount, recordKind } from './state.ts';
import { sampleAgent, sampleMarket } from './testing/sample-market.ts';

describe('market', () => {
  test('only available agents in normal state with a free lot can be minted against', () => {
    const agents = [
      sampleAgent('0x01'),
      sampleAgent('0x02', { available: false }),
      sampleAgent('0x03', { status: 1 }),
      sampleAgent('0x04', { freeLots: 0n }),
      sampleAgent('0x05', { freeLots: 1n }),
    ];
    expect(mintableAgents(sampleMarket({ agents })).map(({ vault }) => vault)).toEqual(['0x01', '0x05']);
  });

  test('dust by agent', () => {
    const agents = [sampleAgent('0x01', { dustUba: 5n }), sampleAgent('0x02')];
    expect(dustByAgent(sampleMarket({ agents }))).toEqual(
      new Map([
        ['0x01', 5n],
        ['0x02', 0n],
      ]),
    );
  });
});

describe('names', () => {
  test.each([
    ['pool 0xAb01 fees', 'pool fees'],
    ['shared pool 0xab01 fee debt', 'shared pool fee debt'],
    ['vault token 0xcd', 'vault token'],
    ['native', 'native'],
  ])('%s is of the kind %s', (account, kind) => expect(accountKind(account)).toBe(kind));

  test('a record is named by what it is, not by its id', () =>
    expect(recordKind('redemption 1234')).toBe('redemption'));

  test('what a pool holds for everybody is no account of the user', () => {
    expect(['shared pool 0xab fees', 'pool 0xab fees', 'xrp'].filter(isOwnAccount)).toEqual(['pool 0xab fees', 'xrp']);
  });
});
