/** Hand-written histories with one wrong figure each, and the exact mismatch that must come of it. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PoolPosition } from './pool-position.ts';
import type { UserState } from './state.ts';
import { NOT_REFUSED, type Expectation, type Movement, drawStatement, joinExpectations, refusal } from './statement.ts';

const state = (content: Partial<UserState>): UserState => ({
  point: { block: 10, ledger: 20, timeS: 1_795_348_509, ledgerTimeS: 1_795_348_508 },
  balances: {},
  pools: {},
  records: {},
  ...content,
});
const own = (account: string, amount: bigint): Movement => ({ account, amount, cause: 'own', text: 'a test' });
const expecting = (content: Partial<Expectation>): Expectation => ({
  movements: [],
  records: {},
  claims: [],
  ...content,
});

const OPENING = state({
  balances: { native: 1_000n, xrp: 500n, fAsset: 0n },
  records: { 'minting 7': { status: 'ACTIVE', valueUba: '300' } },
});
const MINTED = expecting({
  movements: [
    own('xrp', -301n),
    { account: 'xrp', amount: -12n, cause: 'fee', text: 'ledger fee', source: 'AB' },
    own('fAsset', 300n),
  ],
  records: { 'minting 7': { status: 'SUCCESSFUL' } },
  claims: [{ what: 'MintingExecuted mintedAmountUBA', expected: '300', actual: '300' }],
});
const CLOSING = state({
  balances: { native: 1_000n, xrp: 187n, fAsset: 300n },
  records: { 'minting 7': { status: 'SUCCESSFUL', valueUba: '300' } },
});

describe('drawStatement', () => {
  test('a right history has no mismatch, and a line for every account', () => {
    const statement = drawStatement('user-1', OPENING, MINTED, CLOSING);
    expect(statement.mismatches).toEqual([]);
    expect(statement.lines.find(({ account }) => account === 'xrp')).toEqual({
      account: 'xrp',
      opening: 500n,
      movements: MINTED.movements.slice(0, 2),
      expected: 187n,
      actual: 187n,
    });
    expect(statement.lines.map(({ account }) => account)).toEqual(['native', 'xrp', 'fAsset']);
  });

  test.each([
    ['one drop too little', { xrp: 186n }, { subject: 'xrp', expected: '187', actual: '186', difference: -1n }],
    ['one unit too many', { fAsset: 301n }, { subject: 'fAsset', expected: '300', actual: '301', difference: 1n }],
    [
      'an account nobody moved',
      { native: 999n },
      { subject: 'native', expected: '1000', actual: '999', difference: -1n },
    ],
    [
      'an account that came from nowhere',
      { wNat: 5n },
      { subject: 'wNat', expected: '0', actual: '5', difference: 5n },
    ],
  ])('%s', (_name, wrong, mismatch) => {
    const closing = { ...CLOSING, balances: { ...CLOSING.balances, ...wrong } };
    const { mismatches } = drawStatement('user-1', OPENING, MINTED, closing);
    expect(mismatches).toEqual([{ kind: `balance of ${mismatch.subject}`, ...mismatch }]);
  });

  test('an account that is gone from the closing state counts as empty', () => {
    const { mismatches } = drawStatement('u', state({ balances: { wNat: 5n } }), expecting({}), state({}));
    expect(mismatches).toMatchObject([{ subject: 'wNat', expected: '5', actual: '0', difference: -5n }]);
  });

  test('an expected account that the closing state does not show', () => {
    const { mismatches } = drawStatement('u', state({}), expecting({ movements: [own('wNat', 5n)] }), state({}));
    expect(mismatches).toMatchObject([{ subject: 'wNat', expected: '5', actual: '0', difference: -5n }]);
  });

  test.each([
    ['a field with another value', { status: 'SUCCESSFUL', valueUba: '299' }, 'minting 7 valueUba', '300', '299'],
    ['a status that did not change', { status: 'ACTIVE', valueUba: '300' }, 'minting 7 status', 'SUCCESSFUL', 'ACTIVE'],
    ['a field that is gone', { status: 'SUCCESSFUL' }, 'minting 7 valueUba', '300', 'absent'],
  ])('%s', (_name, fields, subject, expected, actual) => {
    const closing = { ...CLOSING, records: { 'minting 7': fields } };
    const { mismatches } = drawStatement('user-1', OPENING, MINTED, closing);
    expect(mismatches).toEqual([{ kind: subject.replace(' 7', ''), subject, expected, actual }]);
  });

  test('a record that is not named must stay as it is, one that nobody expects must not be there', () => {
    const records = { 'redemption 3': { status: 'ACTIVE' } };
    const changed = { 'redemption 3': { status: 'BLOCKED' } };
    expect(drawStatement('u', state({ records }), expecting({}), state({ records: changed })).mismatches).toEqual([
      { kind: 'redemption status', subject: 'redemption 3 status', expected: 'ACTIVE', actual: 'BLOCKED' },
    ]);
    expect(drawStatement('u', state({}), expecting({}), state({ records })).mismatches).toMatchObject([
      { subject: 'redemption 3 status', expected: 'absent', actual: 'ACTIVE' },
    ]);
  });

  test('a claim of an event that is not what the model says', () => {
    const claims = [{ what: 'MintingExecuted poolFeeUBA', expected: '164400', actual: '164399' }];
    expect(drawStatement('u', state({}), expecting({ claims }), state({})).mismatches).toEqual([
      {
        kind: 'MintingExecuted poolFeeUBA',
        difference: -1n,
        subject: 'MintingExecuted poolFeeUBA',
        expected: '164400',
        actual: '164399',
      },
    ]);
  });

  test('an act that went through is named before the balances that are off with it', () => {
    const claims = [refusal('AgentsFeeTooHigh', NOT_REFUSED), refusal('AgentsFeeTooHigh', 'AgentsFeeTooHigh')];
    const { mismatches } = drawStatement('u', OPENING, expecting({ claims }), CLOSING);
    expect(mismatches.map(({ subject, sentence }) => sentence ?? subject)).toEqual([
      'went through, must be refused with AgentsFeeTooHigh',
      'xrp',
      'fAsset',
      'minting 7 status',
    ]);
    expect(refusal('AgentsFeeTooHigh', 'MintingPaused').sentence).toBe(
      'was refused with MintingPaused, must be refused with AgentsFeeTooHigh',
    );
  });

  test('a tolerance covers its own account, up to its size, both ways', () => {
    const closingWith = (xrp: bigint) => ({ ...CLOSING, balances: { ...CLOSING.balances, xrp } });
    const off = (xrp: bigint) =>
      drawStatement('u', OPENING, MINTED, closingWith(xrp), { xrp: 12n }).mismatches.map(
        ({ difference }) => difference,
      );
    expect(off(187n - 12n)).toEqual([]);
    expect(off(187n + 12n)).toEqual([]);
    expect(off(187n - 13n)).toEqual([-13n]);
    expect(off(187n + 13n)).toEqual([13n]);
    const elsewhere = { ...CLOSING, balances: { ...CLOSING.balances, native: 999n } };
    expect(drawStatement('u', OPENING, MINTED, elsewhere, { xrp: 12n }).mismatches).toHaveLength(1);
  });

  test('pool figures are accounts like any other, and are named by kind without the address', () => {
    const position: PoolPosition = {
      totals: { collateralWei: 10n, tokensWei: 10n, feesUba: 4n, feeDebtUba: 0n },
      wNatHeldWei: 10n,
      fAssetHeldUba: 4n,
      agentTokensWei: 8n,
      holding: { tokensWei: 2n, feeDebtUba: 0n },
      claimableFeesUba: 0n,
      transferableWei: 2n,
    };
    const short = { ...position, fAssetHeldUba: 3n };
    const opening = state({ pools: { '0xab': position } });
    const { mismatches } = drawStatement('u', opening, expecting({}), state({ pools: { '0xab': short } }));
    expect(mismatches).toEqual([
      {
        kind: 'balance of shared pool FAsset held',
        subject: 'shared pool 0xab FAsset held',
        expected: '4',
        actual: '3',
        difference: -1n,
      },
    ]);
  });

  test('whatever the movements are, their sum closes the account and one unit more does not', () => {
    const amounts = fc.array(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), { maxLength: 20 });
    fc.assert(
      fc.property(amounts, fc.bigInt({ min: 0n, max: 10n ** 24n }), (moved, opening) => {
        const expectation = expecting({ movements: moved.map((amount) => own('native', amount)) });
        const sum = moved.reduce((total, amount) => total + amount, opening);
        const differences = (native: bigint) =>
          drawStatement(
            'u',
            state({ balances: { native: opening } }),
            expectation,
            state({ balances: { native } }),
          ).mismatches.map(({ difference }) => difference);
        expect(differences(sum)).toEqual([]);
        expect(differences(sum + 1n)).toEqual([1n]);
      }),
    );
  });
});

describe('joinExpectations', () => {
  test('keeps every movement and claim, and lets later fields of a record win', () => {
    const first = expecting({
      movements: [own('xrp', 1n)],
      records: { 'minting 7': { status: 'ACTIVE', valueUba: '300' } },
    });
    const second = expecting({
      movements: [own('xrp', 2n)],
      records: { 'minting 7': { status: 'SUCCESSFUL' }, 'minting 8': { status: 'ACTIVE' } },
      claims: [{ what: 'c', expected: '1', actual: '1' }],
    });
    expect(joinExpectations(first, second)).toMatchObject({
      movements: [own('xrp', 1n), own('xrp', 2n)],
      records: { 'minting 7': { status: 'SUCCESSFUL', valueUba: '300' }, 'minting 8': { status: 'ACTIVE' } },
      claims: second.claims,
    });
    expect(joinExpectations()).toMatchObject({ movements: [], records: {}, claims: [] });
  });
});
