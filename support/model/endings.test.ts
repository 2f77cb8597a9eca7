/** Every ending with what deserves it, and whatever else does not. */
import { describe, expect, test } from 'vitest';
import { type Ending, type Evidence, type ReferencedPayment, GROUNDS, endingClaims, endingsSince } from './endings.ts';
import { MINTING_STATUSES, REDEMPTION_STATUSES } from './records.ts';

const AGENT = 'rAgent';
const USER = 'rUser';
const WINDOW = { firstBlock: 1_000n, lastBlock: 1_500n, lastTimestampS: 50_000n };
const MINTING = { valueUba: '20000000', feeUba: '50000' };
const REDEMPTION = { valueUba: '20000000', feeUba: '100000', paymentAddress: USER };
const DAY_S = 86_400;

const blank: Evidence = {
  agentAddress: AGENT,
  payments: [],
  endedAtS: 40_000,
  lastLedgerClosedAtS: undefined,
  attestationWindowS: BigInt(DAY_S),
  isLedgerAddress: true,
};
const payment = (change: Partial<ReferencedPayment> = {}): ReferencedPayment => ({
  hash: 'AA',
  source: AGENT,
  destination: USER,
  amountDrops: 19_900_000n,
  result: 'tesSUCCESS',
  ledger: 1_100,
  closedAtS: 39_000,
  refusals: [],
  ...change,
});
const minted = (change: Partial<ReferencedPayment> = {}): ReferencedPayment =>
  payment({ source: USER, destination: AGENT, amountDrops: 20_050_000n, ...change });
const blocked = (change: Partial<ReferencedPayment> = {}): ReferencedPayment =>
  payment({ result: 'tecNO_PERMISSION', refusals: ['refuses deposits'], ...change });

const paid = (...payments: ReferencedPayment[]): Partial<Evidence> => ({ payments });
/** Both limits of the window are passed. */
const OVER: Partial<Evidence> = { endedAtS: 50_001, lastLedgerClosedAtS: 49_999 };
const LATE = { ledger: 1_501, closedAtS: 50_001 };
/** Late by one limit is in time. */
const JUST_BY_LEDGER = { ledger: 1_500, closedAtS: 50_001 };
const JUST_BY_TIME = { ledger: 1_501, closedAtS: 50_000 };
const BEYOND_PROOF: Partial<Evidence> = { endedAtS: 50_000 + DAY_S, lastLedgerClosedAtS: 49_999 };

type Case = readonly [name: string, evidence: Partial<Evidence>, isDeserved: boolean];

const CASES: Readonly<Record<string, readonly Case[]>> = {
  'minting SUCCESSFUL': [
    ['a payment in full', paid(minted()), true],
    ['a payment that is late, since nobody has defaulted it', paid(minted(LATE)), true],
    ['no payment', {}, false],
    ['a drop too little', paid(minted({ amountDrops: 20_049_999n })), false],
    ['a payment that failed', paid(minted({ result: 'tecPATH_DRY' })), false],
    ['a payment to somebody else', paid(minted({ destination: 'rOther' })), false],
    ['a payment from before the reservation', paid(minted({ ledger: 999 })), false],
  ],
  'minting DEFAULTED': [
    ['the window is over without a payment', OVER, true],
    ['the payment was short', { ...OVER, ...paid(minted({ amountDrops: 20_049_999n })) }, true],
    ['the payment was late', { ...OVER, ...paid(minted(LATE)) }, true],
    ['the payment failed by its sender', { ...OVER, ...paid(minted({ result: 'tecPATH_DRY' })) }, true],
    ['it was paid', { ...OVER, ...paid(minted()) }, false],
    ['it was paid in the last ledger', { ...OVER, ...paid(minted(JUST_BY_LEDGER)) }, false],
    ['it was paid in the last second', { ...OVER, ...paid(minted(JUST_BY_TIME)) }, false],
    [
      'the agent turned the payment down',
      { ...OVER, ...paid(minted({ result: 'tecNO_PERMISSION', refusals: ['refuses deposits'] })) },
      false,
    ],
    ['the window is open by time', { endedAtS: 50_000, lastLedgerClosedAtS: 49_999 }, false],
    ['the window is open by ledger', { endedAtS: 50_001, lastLedgerClosedAtS: undefined }, false],
    ['the last ledger closed after it had ended', { endedAtS: 50_001, lastLedgerClosedAtS: 50_001 }, false],
  ],
  'minting EXPIRED': [
    ['nothing can be proven any more', BEYOND_PROOF, true],
    ['something could be proven a second ago', { ...BEYOND_PROOF, endedAtS: 49_999 + DAY_S }, false],
    ['the window is just over', OVER, false],
  ],
  'redemption SUCCESSFUL': [
    ['a payment in full and in time', paid(payment()), true],
    ['in the last ledger', paid(payment(JUST_BY_LEDGER)), true],
    ['in the last second', paid(payment(JUST_BY_TIME)), true],
    ['after one that was short', paid(payment({ amountDrops: 1n }), payment()), true],
    ['no payment', {}, false],
    ['a drop too little', paid(payment({ amountDrops: 19_899_999n })), false],
    ['too late', paid(payment(LATE)), false],
    ['from before the request', paid(payment({ ledger: 999 })), false],
    ['a payment that failed', paid(payment({ result: 'tecPATH_DRY' })), false],
    ['a payment that was turned down', paid(blocked()), false],
    ['a payment to somebody else', paid(payment({ destination: 'rOther' })), false],
    ['a payment from somebody else', paid(payment({ source: 'rOther' })), false],
  ],
  'redemption DEFAULTED_UNCONFIRMED': [
    ['the window is over without a payment', OVER, true],
    ['the payment was short', { ...OVER, ...paid(payment({ amountDrops: 19_899_999n })) }, true],
    ['the payment was late', { ...OVER, ...paid(payment(LATE)) }, true],
    ['the payment failed by its sender', { ...OVER, ...paid(payment({ result: 'tecPATH_DRY' })) }, true],
    ['it was paid, but nothing can be proven any more', { ...BEYOND_PROOF, ...paid(payment()) }, true],
    ['it was paid', { ...OVER, ...paid(payment()) }, false],
    ['somebody else paid it', { ...OVER, ...paid(payment({ source: 'rOther' })) }, false],
    ['the redeemer turned the payment down', { ...OVER, ...paid(blocked()) }, false],
    ['the window is open by time', { endedAtS: 50_000, lastLedgerClosedAtS: 49_999 }, false],
    ['the window is open by ledger', { endedAtS: 50_001 }, false],
  ],
  'redemption DEFAULTED_FAILED': [
    ['the payment failed by its sender', paid(payment({ result: 'tecPATH_DRY' })), true],
    ['a code of the receiver, who takes payments', paid(payment({ result: 'tecNO_PERMISSION' })), true],
    ['the payment was short', paid(payment({ amountDrops: 19_899_999n })), true],
    ['a short payment was turned down', paid(blocked({ amountDrops: 19_899_999n })), true],
    ['the payment was late', paid(payment(LATE)), true],
    ['a late payment was turned down', paid(blocked(LATE)), true],
    ['the payment went to somebody else', paid(payment({ destination: 'rOther' })), true],
    ['no payment', OVER, false],
    ['a payment in full and in time', paid(payment()), false],
    ['a payment in full and in time was turned down', paid(blocked()), false],
    ["somebody else's payment was short", paid(payment({ source: 'rOther', amountDrops: 1n })), false],
  ],
  'redemption BLOCKED': [
    ['the account refuses deposits', paid(blocked()), true],
    ['the account requires a tag', paid(blocked({ result: 'tecDST_TAG_NEEDED', refusals: ['requires a tag'] })), true],
    ['there is no such account', paid(blocked({ result: 'tecNO_DST', refusals: ['does not exist'] })), true],
    [
      'nor does the payment make one',
      paid(blocked({ result: 'tecNO_DST_INSUF_XRP', refusals: ['does not exist'] })),
      true,
    ],
    ['no payment', {}, false],
    ['the account takes payments', paid(blocked({ refusals: [] })), false],
    ['the account refuses for another reason', paid(blocked({ refusals: ['requires a tag'] })), false],
    ['the sender failed, whatever the account does', paid(blocked({ result: 'tecPATH_DRY' })), false],
    ['the payment was short', paid(blocked({ amountDrops: 19_899_999n })), false],
    ['the payment was late', paid(blocked(LATE)), false],
    ['somebody else paid', paid(blocked({ source: 'rOther' })), false],
    ['the payment arrived', paid(payment()), false],
  ],
  'redemption REJECTED': [
    ['the address is none', { isLedgerAddress: false }, true],
    ['the address is one', {}, false],
  ],
};

const endingOf = (name: string): Ending => {
  const [kind = '', status = ''] = name.split(' ');
  const fields = kind === 'minting' ? MINTING : REDEMPTION;
  return { record: `${kind} 384`, status, fields, window: WINDOW, block: 7 };
};
const isDeserved = (name: string, evidence: Partial<Evidence>): boolean =>
  endingClaims(endingOf(name), { ...blank, ...evidence }).every(({ expected, actual }) => expected === actual);

test('every status that ends a record has its grounds, and every ground a case for and a case against', () => {
  const ends = (names: readonly string[]) => names.filter((name) => name !== 'ACTIVE').toSorted();
  expect(Object.keys(GROUNDS.minting).toSorted()).toEqual(ends(MINTING_STATUSES));
  expect(Object.keys(GROUNDS.redemption).toSorted()).toEqual(ends(REDEMPTION_STATUSES));
  for (const [kind, byStatus] of Object.entries(GROUNDS))
    for (const [status, grounds] of Object.entries(byStatus))
      for (const { says, holds } of grounds) {
        const ending = endingOf(`${kind} ${status}`);
        const answers = (CASES[`${kind} ${status}`] ?? []).map(([, evidence]) =>
          holds({ ...ending, ...blank, ...evidence }),
        );
        expect(new Set(answers), `${kind} ${status}: ${says}`).toEqual(new Set([true, false]));
      }
});

describe.for(Object.entries(CASES))('%s', ([name, cases]) => {
  test.for(cases)('%s', ([, evidence, expected]) => expect(isDeserved(name, evidence)).toBe(expected));
});

test('what was there instead is told with the payments, the receiver and the times', () => {
  const evidence = { ...blank, ...paid(payment({ result: 'tecNO_PERMISSION' })) };
  expect(endingClaims(endingOf('redemption BLOCKED'), evidence)).toEqual([
    {
      what: 'ground for redemption BLOCKED',
      expected: "redemption 384: the redeemer's account turned down a payment of the agent in full and in time",
      actual:
        'redemption 384: AA: 19900000 drops from rAgent to rUser got tecNO_PERMISSION in ledger 1100 at 39000, the receiver takes payments; ' +
        'ended at 40000, to be paid until 50000 or ledger 1500 (still open)',
    },
  ]);
});

test.each(['unknown status 7', 'toString', 'absent'])('nothing deserves %s', (status) => {
  expect(isDeserved('redemption BLOCKED', paid(blocked()))).toBe(true);
  const claims = endingClaims({ ...endingOf('redemption BLOCKED'), status }, { ...blank, ...paid(blocked()) });
  expect(claims.map(({ expected, actual }) => expected === actual)).toEqual([false]);
});

describe('endingsSince', () => {
  const request = { status: 'ACTIVE', ...REDEMPTION };
  const notes = { 'redemption 384': { firstBlock: '1000', lastBlock: '1500', lastTimestampS: '50000' } };
  const since = (opening: string | undefined, closing: string) =>
    endingsSince(
      opening === undefined ? {} : { 'redemption 384': { ...request, status: opening } },
      { 'redemption 384': request },
      notes,
      { 'redemption 384': { ...request, status: closing } },
      new Map([['redemption 384', 7]]),
    ).map(({ status, window, block }) => ({ status, window, block }));

  test.each([
    ['ACTIVE', 'BLOCKED'],
    [undefined, 'SUCCESSFUL'],
    ['DEFAULTED_UNCONFIRMED', 'DEFAULTED_FAILED'],
  ])('from %s to %s is one, with its window and its block', (opening, closing) =>
    expect(since(opening, closing)).toEqual([{ status: closing, window: WINDOW, block: 7 }]),
  );

  test.each([
    ['ACTIVE', 'ACTIVE'],
    [undefined, 'ACTIVE'],
    ['DEFAULTED_UNCONFIRMED', 'DEFAULTED_UNCONFIRMED'],
  ])('from %s to %s is none', (opening, closing) => expect(since(opening, closing)).toEqual([]));
});
