/** Forged proofs: the real one must go through, each changed field must not, and all that deviate are told. */
import { expect, test } from 'vitest';
import type { Facts } from '../../support/probes/facts.ts';
import { forgeriesOf } from '../../support/probes/forging.ts';
import type { Outcome } from '../../support/probes/simulation.ts';
import { comesTo, overdue, withRecords, wrongClaims } from '../testing/examples.ts';
import { defaultForged } from './default-forged.ts';
import { executeForged } from './execute-forged.ts';

const PROOF = {
  merkleProof: [],
  data: { sourceId: '0x01', requestBody: { amount: 0n, name: 'r' }, responseBody: { status: 2n, isValid: true } },
};

test('each field is changed once, and the path to the root', () => {
  expect(forgeriesOf(PROOF).map(({ changed }) => changed)).toEqual([
    'merkleProof',
    'sourceId',
    'requestBody.amount',
    'requestBody.name',
    'responseBody.status',
    'responseBody.isValid',
  ]);
  for (const { proof } of forgeriesOf(PROOF))
    expect([proof.merkleProof, proof.data]).not.toEqual([PROOF.merkleProof, PROOF.data]);
});

const minting = { 'minting 1': { status: 'ACTIVE' } };
const through: Outcome = { kind: 'through', returned: '0x', logs: [] };
const refusedWith = (name: string): Outcome => ({ kind: 'refused', revert: { name, text: name } });

/** The FDC that knows the proof when it is asked for the first time, and otherwise answers this. */
const proberOf = (outcomes: (asked: number) => Outcome) => ({
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what a plain call needs of the facts
  facts: async () => ({ contracts: { assetManager: '0x01' } }) as Facts,
  called: async (_facts: Facts, calls: readonly unknown[]) => calls.map((_, index) => outcomes(index)),
});
const PAYMENT = {
  merkleProof: [],
  data: {
    attestationType: `0x${'01'.repeat(32)}`,
    sourceId: `0x${'02'.repeat(32)}`,
    votingRound: 1n,
    lowestUsedTimestamp: 1n,
    requestBody: { transactionId: `0x${'03'.repeat(32)}`, inUtxo: 0n, utxo: 0n },
    responseBody: {
      blockNumber: 1n,
      blockTimestamp: 1n,
      sourceAddressHash: `0x${'04'.repeat(32)}`,
      sourceAddressesRoot: `0x${'05'.repeat(32)}`,
      receivingAddressHash: `0x${'06'.repeat(32)}`,
      intendedReceivingAddressHash: `0x${'07'.repeat(32)}`,
      spentAmount: 1n,
      intendedSpentAmount: 1n,
      receivedAmount: 1n,
      intendedReceivedAmount: 1n,
      standardPaymentReference: `0x${'08'.repeat(32)}`,
      oneToOne: true,
      status: 0n,
    },
  },
};

test('what goes through although it is forged is told, each field', async () => {
  const minter = { address: `0x${'0a'.repeat(20)}`, prove: async () => PAYMENT };
  const params = { minting: 'minting 1', paymentHash: 'AB' };
  const told = await comesTo(
    executeForged.bundle,
    withRecords(minting),
    [],
    { minter, prober: proberOf(() => through) },
    params,
  );
  expect(wrongClaims(told)).toHaveLength(forgeriesOf(PAYMENT).length);
  const allRefused = proberOf(() => refusedWith('LegalPaymentNotProven'));
  const refusedAll = await comesTo(
    executeForged.bundle,
    withRecords(minting),
    [],
    { minter, prober: allRefused },
    params,
  );
  // The real proof, and the two fields that are looked at before the FDC is asked.
  expect(wrongClaims(refusedAll)).toEqual([
    'probe: executeMinting with the real proof',
    'probe: executeMinting with a forged sourceId',
    'probe: executeMinting with a forged responseBody.status',
  ]);
});

test('only what is overdue can be claimed', () => {
  expect(defaultForged.bundle.enabled(overdue(), {})).toBe(true);
  expect(defaultForged.bundle.enabled(withRecords({}), {})).not.toBe(true);
  expect(executeForged.bundle.enabled(withRecords({}), {})).toBe('no minting is named');
});
