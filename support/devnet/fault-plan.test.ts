import { describe, expect, test } from 'vitest';
import type { AttestationType } from './fdc/attestation-types.ts';
import { type LiveFaults, applyFaultPlan } from './fault-plan.ts';
import { funder, wellKnownActor } from './well-known.ts';

const live = (): LiveFaults => ({ ledger: {}, agents: {}, fdc: {} });
const payment = (Account: string, Destination: string) => ({
  TransactionType: 'Payment',
  Account,
  Destination,
  Fee: '12',
  Sequence: 1,
  SigningPubKey: '',
});

describe('applyFaultPlan', () => {
  test('amounts come as text and are bigints in force', () => {
    const faults = live();
    applyFaultPlan({ ledger: { deliverShortByDrops: '5' }, agents: { payLessDrops: '7', silent: ['12'] } }, faults);
    expect(faults).toEqual({
      ledger: { deliverShortByDrops: 5n },
      agents: { payLessDrops: 7n, silent: ['12'] },
      fdc: {},
    });
  });

  test('a plan replaces the one before it, in the very objects that the services read', () => {
    const faults = live();
    const { agents } = faults;
    applyFaultPlan({ agents: { late: true }, ledger: { chargeFeeTwice: true } }, faults);
    applyFaultPlan({ agents: { payTwice: true } }, faults);
    expect(agents).toEqual({ payTwice: true });
    expect(faults.ledger).toEqual({});
  });

  test('payments fail by sender and receiver', () => {
    const faults = live();
    applyFaultPlan({ ledger: { failPayments: { code: 'tecNO_PERMISSION', from: 'a', to: 'b' } } }, faults);
    const { failPaymentsWith } = faults.ledger;
    expect(failPaymentsWith?.(payment('a', 'b'))).toBe('tecNO_PERMISSION');
    expect(failPaymentsWith?.(payment('a', 'c'))).toBeUndefined();
    expect(failPaymentsWith?.(payment('c', 'b'))).toBeUndefined();
  });

  test('what recurs is on for the seconds it says', () => {
    const faults = live();
    const plan = { everyS: 100, fromS: 90, forS: 20 };
    applyFaultPlan({ ledger: { stallDuring: plan }, fdc: { verifierIndeterminateDuring: plan } }, faults);
    const times = [89, 90, 99, 100, 109, 110, 190];
    const expected = [false, true, true, true, true, false, true];
    expect(times.map((atS) => faults.ledger.isStalled?.(atS))).toEqual(expected);
    expect(times.map((atS) => faults.fdc.isIndeterminateAt?.(atS))).toEqual(expected);
  });

  test('payments of several senders fail', () => {
    const faults = live();
    applyFaultPlan({ ledger: { failPayments: { code: 'tecPATH_DRY', from: ['a', 'b'] } } }, faults);
    const results = ['a', 'b', 'c'].map((from) => faults.ledger.failPaymentsWith?.(payment(from, 'x')));
    expect(results).toEqual(['tecPATH_DRY', 'tecPATH_DRY', undefined]);
  });

  test('payments of all agents fail, and of nobody else', () => {
    const faults = live();
    applyFaultPlan({ ledger: { failPayments: { code: 'tecPATH_DRY', from: 'agents' } } }, faults);
    const senders = [wellKnownActor('agent 1'), wellKnownActor('agent 20'), funder()];
    const results = senders.map(({ ledgerAddress }) => faults.ledger.failPaymentsWith?.(payment(ledgerAddress, 'x')));
    expect(results).toEqual(['tecPATH_DRY', 'tecPATH_DRY', undefined]);
  });

  test('rounds are chosen by number', () => {
    const faults = live();
    const leaveOut = { roundsDivisibleBy: 2, type: 'Payment' };
    applyFaultPlan({ fdc: { skipRoundsDivisibleBy: 3, leaveOut } }, faults);
    const request = { type: 'Payment', requestHex: '0x' } as const;
    expect([6, 7].map((round) => faults.fdc.skipRound?.(round))).toEqual([true, false]);
    expect([6, 7].map((votingRoundId) => faults.fdc.leaveOut?.({ ...request, votingRoundId }))).toEqual([true, false]);
    expect(faults.fdc.leaveOut?.({ ...request, votingRoundId: 6, type: 'AddressValidity' })).toBe(false);
  });

  test('payments are attested short, and blocked ones as failed', () => {
    const faults = live();
    applyFaultPlan({ fdc: { attestShortByDrops: '3', attestBlockedAsFailed: true } }, faults);
    const attested = (type: AttestationType, status: bigint) => {
      const responseBody = { receivedAmount: 10n, status };
      const attestation = {
        attestationType: '0x',
        sourceId: '0x',
        lowestUsedTimestamp: 0n,
        requestBody: {},
        responseBody,
      } as const;
      return faults.fdc.alterAttestation?.(type, attestation).responseBody;
    };
    expect(attested('Payment', 0n)).toEqual({ receivedAmount: 7n, status: 0n });
    expect(attested('Payment', 2n)).toEqual({ receivedAmount: 7n, status: 1n });
    expect(attested('XRPPayment', 2n)).toEqual({ receivedAmount: 10n, status: 2n });
    applyFaultPlan({ fdc: { attestBlockedAsFailed: false } }, faults);
    expect(faults.fdc).toEqual({});
  });

  test.for([
    { agents: { lazy: true } },
    { agents: { payLessDrops: 7 } },
    { ledger: { failPayments: { code: 'tecNONSENSE' } } },
    { ledger: { failPayments: { code: 'temBAD_FEE' } } },
    'none',
  ])('refuses %j and changes nothing', (plan) => {
    const faults = live();
    applyFaultPlan({ agents: { late: true } }, faults);
    expect(() => applyFaultPlan(plan, faults)).toThrow('not a fault plan');
    expect(faults.agents).toEqual({ late: true });
  });
});

test.each([
  [{ ledger: { deliverShortByDrops: '100000000000000001' } }, /all XRP there is/],
  [{ agents: { payLessDrops: '9'.repeat(1000) } }, /whole number/],
  [{ ledger: { stallDuring: { everyS: 10, fromS: 10, forS: 1 } } }, /fromS below everyS/],
  [{ fdc: { httpStatus: { server: 'verifier', status: 99_999 } } }, /599/],
  [{ fdc: { httpStatus: { server: 'verifier', status: 101 } } }, /400/],
  [{ prices: { jumpBips: 10_000 } }, /a price stays above 0/],
])('what cannot be is no plan: %j', (plan, why) => {
  const faults = { ledger: {}, agents: {}, fdc: {}, prices: {} };
  expect(() => applyFaultPlan(plan, faults)).toThrow(why);
  expect(faults).toEqual({ ledger: {}, agents: {}, fdc: {}, prices: {} });
});
