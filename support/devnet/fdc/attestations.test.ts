import { keccak256, toUtf8Bytes } from 'ethers';
import { beforeEach, describe, expect, test } from 'vitest';
import type { AbiStruct, AttestationType } from './attestation-types.ts';
import { WrittenHistory, type WrittenPayment } from './history-double.ts';
import { ZERO_BYTES32, addressHash, singleSourceRoot } from './transaction-facts.ts';
import { XrpVerifier } from './verifier.ts';

const SENDER = 'rDP59GWEaNyfd6qXus9DQNi2MrcBMuPHKX';
const RECEIVER = 'razmJDBcMPX4txQoB82X1EtmNq4Y57FWYM';
const STRANGER = 'rnQM9vj8VPFjwedu5v3c1NEbjpJtV4vM9Y';
const ID = '0x' + 'ab'.repeat(32);
const MEMO = '42'.repeat(32);
const START_S = 1_790_000_000;
const FIRST = 100;

let history: WrittenHistory;
let verifier: XrpVerifier;

beforeEach(() => {
  history = new WrittenHistory(FIRST);
  verifier = new XrpVerifier({ history, sourceId: 'testXRP' });
});

const payment: WrittenPayment = {
  hash: ID.slice(2),
  from: SENDER,
  to: RECEIVER,
  amountDrops: 1000n,
  feeDrops: 12n,
  memos: [MEMO],
};

/** One ledger with this payment at START_S, confirmed. */
function write(...payments: WrittenPayment[]): void {
  history.close(START_S, payments);
  history.closeEmpty(3, 4);
}

function status(type: AttestationType, body: AbiStruct): string {
  return verifier.attest(type, body).status;
}

function answer(type: AttestationType, body: AbiStruct): AbiStruct {
  const verdict = verifier.attest(type, body);
  if (!('attestation' in verdict)) throw new Error(verdict.status);
  return verdict.attestation.responseBody;
}

const paymentBody = { transactionId: ID, inUtxo: 0n, utxo: 0n };

describe('Payment', () => {
  test('exists when the third ledger on top of it has closed', () => {
    history.close(START_S, [payment]);
    history.closeEmpty(2, 4);
    expect(status('Payment', paymentBody)).toBe('INVALID: TRANSACTION DOES NOT EXIST');
    history.closeEmpty(1, 4);
    expect(status('Payment', paymentBody)).toBe('VALID');
  });

  test('of a success: what was spent and received', () => {
    write(payment);
    expect(answer('Payment', paymentBody)).toEqual({
      blockNumber: 100n,
      blockTimestamp: BigInt(START_S),
      sourceAddressHash: addressHash(SENDER),
      sourceAddressesRoot: singleSourceRoot(SENDER),
      receivingAddressHash: addressHash(RECEIVER),
      intendedReceivingAddressHash: addressHash(RECEIVER),
      spentAmount: 1012n,
      intendedSpentAmount: 1012n,
      receivedAmount: 1000n,
      intendedReceivedAmount: 1000n,
      standardPaymentReference: `0x${MEMO}`,
      oneToOne: true,
      status: 0n,
    });
  });

  test.each([
    { result: 'tecUNFUNDED_PAYMENT', expected: 1n },
    { result: 'tecNO_DST_INSUF_XRP', expected: 2n },
    { result: 'tecNO_DST', expected: 2n },
    { result: 'tecDST_TAG_NEEDED', expected: 2n },
    { result: 'tecNO_PERMISSION', expected: 2n },
  ])('of a failure: the fee is spent, the rest was meant ($result)', ({ result, expected }) => {
    write({ ...payment, result });
    expect(answer('Payment', paymentBody)).toMatchObject({
      receivingAddressHash: ZERO_BYTES32,
      intendedReceivingAddressHash: addressHash(RECEIVER),
      spentAmount: 12n,
      intendedSpentAmount: 1012n,
      receivedAmount: 0n,
      intendedReceivedAmount: 1000n,
      status: expected,
    });
  });

  test.each([
    { name: 'two memos', memos: [MEMO, MEMO] },
    { name: 'a memo of 31 bytes', memos: ['42'.repeat(31)] },
    { name: 'a memo without data', memos: [undefined] },
    { name: 'no memo', memos: [] },
  ])('has the zero reference with $name', ({ memos }) => {
    write({ ...payment, memos });
    expect(answer('Payment', paymentBody)['standardPaymentReference']).toBe(ZERO_BYTES32);
  });

  test('is no answer for other transactions', () => {
    write(payment);
    const found = history.transactionByHash(payment.hash.toUpperCase());
    if (found === undefined) throw new Error('the payment is not in the history');
    Object.assign(found.transaction, { Amount: { currency: 'USD', value: '1', issuer: STRANGER } });
    expect(status('Payment', paymentBody)).toBe('INVALID: NOT NATIVE PAYMENT TRANSACTION');
    Object.assign(found.transaction, { Amount: '1000', TransactionType: 'AccountDelete' });
    expect(status('Payment', paymentBody)).toBe('INVALID: NOT NATIVE PAYMENT TRANSACTION');
  });

  test('needs one payer and one payee', () => {
    write({ ...payment, deliveredDrops: 0n });
    expect(status('Payment', paymentBody)).toBe('INVALID: UNEXPECTED NUMBER OF PARTICIPANTS IN TRANSACTION');
  });

  test('accepts any sane utxo and no other', () => {
    write(payment);
    expect(status('Payment', { ...paymentBody, utxo: 5n })).toBe('VALID');
    expect(status('Payment', { ...paymentBody, utxo: 2n ** 53n - 1n })).toBe(
      'INVALID: INVALID INPUT OR OUTPUT OF THE TRANSACTION',
    );
  });
});

describe('XRPPayment', () => {
  const body = { transactionId: ID, proofOwner: `0x${'00'.repeat(20)}` };

  test('has the first memo of any length, and tag 0 is a tag', () => {
    write({ ...payment, memos: ['1234', MEMO], destinationTag: 0 });
    expect(answer('XRPPayment', body)).toMatchObject({
      sourceAddress: SENDER,
      hasMemoData: true,
      firstMemoData: '0x1234',
      hasDestinationTag: true,
      destinationTag: 0n,
    });
  });

  test('tells no memo from a memo without data', () => {
    const { memos: _, ...plain } = payment;
    write({ ...payment, memos: [undefined] }, { ...plain, hash: 'cd'.repeat(32) });
    expect(answer('XRPPayment', body)).toMatchObject({ hasMemoData: true, firstMemoData: '0x' });
    expect(answer('XRPPayment', { ...body, transactionId: `0x${'CD'.repeat(32)}` })).toMatchObject({
      hasMemoData: false,
      firstMemoData: '0x',
      hasDestinationTag: false,
      destinationTag: 0n,
    });
  });
});

describe('nonexistence', () => {
  const body = {
    minimalBlockNumber: BigInt(FIRST),
    deadlineBlockNumber: BigInt(FIRST + 1),
    deadlineTimestamp: BigInt(START_S + 8),
    destinationAddressHash: addressHash(RECEIVER),
    amount: 1000n,
    standardPaymentReference: `0x${MEMO}`,
    checkSourceAddresses: false,
    sourceAddressesRoot: ZERO_BYTES32,
  };
  const reference = 'ReferencedPaymentNonexistence';
  const exists = 'INVALID: REFERENCED TRANSACTION EXISTS';

  /** Ledgers 100.. at START_S + 4 n; the payments are in the one at `position`. Overflow is ledger 103. */
  function ledgers(position: number, ...payments: WrittenPayment[]): void {
    for (let index = 0; index < 8; index += 1) history.close(START_S + 4 * index, index === position ? payments : []);
  }

  test('ends before the first ledger that is past number and time', () => {
    ledgers(3, payment);
    expect(answer(reference, body)).toEqual({
      minimalBlockTimestamp: BigInt(START_S),
      firstOverflowBlockNumber: 103n,
      firstOverflowBlockTimestamp: BigInt(START_S + 12),
    });
  });

  test.each([0, 1, 2])('finds a payment at position %i, also past the deadline block', (position) => {
    ledgers(position, payment);
    expect(status(reference, body)).toBe(exists);
  });

  test('finds nothing when it is to overlook payments', () => {
    ledgers(1, payment);
    verifier.faults.overlookPayments = true;
    expect(verifier.attest(reference, body)).toMatchObject({ status: 'VALID', attestation: { requestBody: body } });
  });

  test.each([
    { name: 'more than the amount', change: { amountDrops: 1001n }, expected: exists },
    { name: 'the receiver failed it', change: { result: 'tecNO_PERMISSION' }, expected: exists },
    { name: 'one drop less', change: { amountDrops: 999n }, expected: 'VALID' },
    { name: 'less delivered than meant', change: { deliveredDrops: 999n }, expected: 'VALID' },
    { name: 'the sender failed it', change: { result: 'tecUNFUNDED_PAYMENT' }, expected: 'VALID' },
    { name: 'another reference', change: { memos: ['43'.repeat(32)] }, expected: 'VALID' },
    { name: 'a second memo', change: { memos: [MEMO, MEMO] }, expected: 'VALID' },
    { name: 'another receiver', change: { to: STRANGER }, expected: 'VALID' },
  ])('$name: $expected', ({ change, expected }) => {
    ledgers(1, { ...payment, ...change });
    expect(status(reference, body)).toBe(expected);
  });

  test('looks at the source only when asked', () => {
    ledgers(1, payment);
    const checked = { ...body, checkSourceAddresses: true };
    expect(status(reference, { ...checked, sourceAddressesRoot: singleSourceRoot(SENDER) })).toBe(exists);
    expect(status(reference, { ...checked, sourceAddressesRoot: singleSourceRoot(STRANGER) })).toBe('VALID');
  });

  test('refuses what cannot be searched', () => {
    ledgers(1);
    expect(status(reference, { ...body, standardPaymentReference: ZERO_BYTES32 })).toBe(
      'INVALID: ZERO PAYMENT REFERENCE UNSUPPORTED',
    );
    expect(status(reference, { ...body, minimalBlockNumber: 103n })).toBe('INVALID: INVALID SEARCH RANGE');
    expect(status(reference, { ...body, minimalBlockNumber: 99n })).toBe('INVALID: BLOCK DOES NOT EXIST');
    expect(status(reference, { ...body, deadlineTimestamp: BigInt(START_S + 16) })).toBe(
      'INVALID: BLOCK DOES NOT EXIST',
    );
    expect(status(reference, { ...body, deadlineBlockNumber: 2n ** 64n - 1n })).toBe('INVALID: BLOCK DOES NOT EXIST');
  });

  describe('of an XRP payment', () => {
    const { standardPaymentReference: _r, checkSourceAddresses: _c, sourceAddressesRoot: _s, ...range } = body;
    const xrp = {
      ...range,
      checkFirstMemoData: true,
      firstMemoDataHash: keccak256(`0x${MEMO}`),
      checkDestinationTag: true,
      destinationTag: 7n,
      proofOwner: `0x${'00'.repeat(20)}`,
    };
    const tagged = { ...payment, destinationTag: 7 };

    test.each([
      { name: 'memo and tag match', change: {}, request: {}, expected: exists },
      { name: 'the second memo does not matter', change: { memos: [MEMO, '00'] }, request: {}, expected: exists },
      { name: 'another tag', change: { destinationTag: 8 }, request: {}, expected: 'VALID' },
      {
        name: 'the tag is not asked for',
        change: { destinationTag: 8 },
        request: { checkDestinationTag: false },
        expected: exists,
      },
      { name: 'another memo', change: { memos: ['00'] }, request: {}, expected: 'VALID' },
      {
        name: 'the memo is not asked for',
        change: { memos: ['00'] },
        request: { checkFirstMemoData: false },
        expected: exists,
      },
      {
        name: 'no memo never matches',
        change: { memos: [] },
        request: { firstMemoDataHash: keccak256('0x') },
        expected: 'VALID',
      },
    ])('$name: $expected', ({ change, request, expected }) => {
      ledgers(1, { ...tagged, ...change });
      expect(status('XRPPaymentNonexistence', { ...xrp, ...request })).toBe(expected);
    });
  });
});

describe('ConfirmedBlockHeightExists', () => {
  test('finds the last ledger strictly before the window', () => {
    write();
    const body = { blockNumber: 103n, queryWindow: 4n };
    history.closeEmpty(3, 4);
    expect(answer('ConfirmedBlockHeightExists', body)).toEqual({
      blockTimestamp: BigInt(START_S + 12),
      numberOfConfirmations: 3n,
      lowestQueryWindowBlockNumber: 101n,
      lowestQueryWindowBlockTimestamp: BigInt(START_S + 4),
    });
  });

  test.each([
    { name: 'not confirmed', body: { blockNumber: 104n, queryWindow: 1n } },
    { name: 'before the history', body: { blockNumber: 99n, queryWindow: 1n } },
    { name: 'window longer than the history', body: { blockNumber: 103n, queryWindow: 12n } },
  ])('does not exist: $name', ({ body }) => {
    write();
    history.closeEmpty(3, 4);
    expect(status('ConfirmedBlockHeightExists', body)).toBe('INVALID: BLOCK DOES NOT EXIST');
  });
});

describe('AddressValidity', () => {
  test('of a good address', () => {
    const addressStr = RECEIVER;
    expect(answer('AddressValidity', { addressStr })).toEqual({
      isValid: true,
      standardAddress: RECEIVER,
      standardAddressHash: keccak256(toUtf8Bytes(RECEIVER)),
    });
  });

  test.each([
    ['', 'empty'],
    [RECEIVER.toLowerCase(), 'another case'],
    [`${RECEIVER.slice(0, -1)}N`, 'a wrong checksum'],
    ['X7AcgcsBL6XDcUb289X4mJ8djcdyKaB5hJDWMArnXr61cqZ', 'an X-address'],
    ['sEdTM1uX8pu2do5XvTnutH6HsouMaM2', 'a seed'],
    ['0x52908400098527886E0F7030069857D2E4169EE7', 'of another chain'],
  ])('of %j: %s', (addressStr) => {
    const expected = { isValid: false, standardAddress: '', standardAddressHash: ZERO_BYTES32 };
    expect(answer('AddressValidity', { addressStr })).toEqual(expected);
  });
});

const spentBy = (address: string) => ({ transactionId: ID, sourceAddressIndicator: addressHash(address) });

describe('BalanceDecreasingTransaction', () => {
  test('of the payer, with the fee', () => {
    write(payment);
    expect(answer('BalanceDecreasingTransaction', spentBy(SENDER))).toMatchObject({
      sourceAddressHash: addressHash(SENDER),
      spentAmount: 1012n,
      standardPaymentReference: `0x${MEMO}`,
    });
  });

  test.each([RECEIVER, STRANGER])('not of %s', (address) => {
    write(payment);
    expect(status('BalanceDecreasingTransaction', spentBy(address))).toBe('INVALID: INVALID SOURCE ADDRESS');
  });
});

test('pruned history is out of reach', () => {
  const pruned = new WrittenHistory(FIRST);
  pruned.close(START_S, [payment]);
  pruned.closeEmpty(8, 4);
  const view = new XrpVerifier({
    history: {
      firstIndex: () => FIRST + 2,
      lastIndex: () => pruned.lastIndex(),
      ledgerByIndex: (index) => (index < FIRST + 2 ? undefined : pruned.ledgerByIndex(index)),
      ledgerByHash: (hash) => pruned.ledgerByHash(hash),
      transactionByHash: (hash) => pruned.transactionByHash(hash),
    },
    sourceId: 'testXRP',
  });
  expect(view.attest('Payment', paymentBody).status).toBe('INVALID: TRANSACTION DOES NOT EXIST');
});
