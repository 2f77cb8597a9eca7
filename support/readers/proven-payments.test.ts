/** Which payment an execution proved, by its call data. */
import { expect, test } from 'vitest';
import { assetManagerInterface } from '../clients/flare/interfaces.ts';
import { readProvenPayments } from './proven-payments.ts';

const MANAGER = `0x${'A5'.repeat(20)}`;
const PAYMENT = `0x${'0b'.repeat(32)}`;
const zero = `0x${'00'.repeat(32)}`;
const proof = {
  merkleProof: [],
  data: {
    attestationType: zero,
    sourceId: zero,
    votingRound: 1n,
    lowestUsedTimestamp: 1n,
    requestBody: { transactionId: PAYMENT, inUtxo: 0n, utxo: 0n },
    responseBody: {
      blockNumber: 1n,
      blockTimestamp: 1n,
      sourceAddressHash: zero,
      sourceAddressesRoot: zero,
      receivingAddressHash: zero,
      intendedReceivingAddressHash: zero,
      spentAmount: 1n,
      intendedSpentAmount: 1n,
      receivedAmount: 1n,
      intendedReceivedAmount: 1n,
      standardPaymentReference: zero,
      oneToOne: true,
      status: 0n,
    },
  },
};
const directProof = {
  ...proof,
  data: {
    ...proof.data,
    requestBody: { transactionId: PAYMENT, proofOwner: MANAGER },
    responseBody: {
      ...proof.data.responseBody,
      sourceAddress: 'r',
      hasMemoData: false,
      firstMemoData: '0x',
      hasDestinationTag: false,
      destinationTag: 0n,
      receivedAmount: 5n,
    },
  },
};
const directly = assetManagerInterface.encodeFunctionData('executeDirectMinting', [directProof]);
const executing = assetManagerInterface.encodeFunctionData('executeMinting', [proof, 7n]);
const other = assetManagerInterface.encodeFunctionData('redemptionQueue', [0n, 1n]);
const read = (transaction: object | null) =>
  readProvenPayments(
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- just what a node answers
    { batch: async <T extends readonly unknown[]>() => [transaction] as unknown as T },
    { assetManager: MANAGER },
    ['0x1'],
  );

test("the payment that the proof shows, whatever case the manager's address is in", async () => {
  const shown = { hash: PAYMENT, receivedUba: 1n };
  expect([...(await read({ to: MANAGER.toLowerCase(), input: executing }))]).toEqual([['0x1', shown]]);
});

test('of a direct minting too', async () => {
  expect([...(await read({ to: MANAGER, input: directly }))]).toEqual([['0x1', { hash: PAYMENT, receivedUba: 5n }]]);
});

test.each([
  ['a call of another contract', { to: `0x${'0e'.repeat(20)}`, input: executing }],
  ['another call of the manager', { to: MANAGER, input: other }],
])('%s does not tell', async (_name, transaction) => expect([...(await read(transaction))]).toEqual([]));

test('a transaction that the node does not have is an error, never nothing', async () => {
  await expect(read(null)).rejects.toThrow('the node does not have transaction 0x1');
});
