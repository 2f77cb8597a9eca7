/**
 * The answers to the seven XRP attestation types, from the confirmed history alone.
 *
 * Each function takes a decoded request body and gives the response body with the lowest used time, or the status that
 * the verifier answers instead. Rules: flare-specs and the XRP verifier, as of the rule of 2026-04-28 for lowest used
 * times. Nothing is encoded here and nothing is sent.
 */
import { isValidClassicAddress } from 'ripple-address-codec';
import { keccak256 } from 'ethers';
import type { ValidatedLedger, ValidatedTransaction } from '../ledger/history.ts';
import type { AbiStruct, AttestationType, Hex } from './attestation-types.ts';
import type { ConfirmedHistory } from './confirmed-history.ts';
import {
  ZERO_BYTES32,
  addressHash,
  amountDrops,
  balanceChanges,
  destination,
  destinationTag,
  feeDrops,
  firstMemoData,
  isNativePayment,
  paymentReference,
  paymentStatus,
  signer,
  singleSourceRoot,
} from './transaction-facts.ts';

export interface Answer {
  readonly lowestUsedTimestamp: bigint;
  readonly responseBody: AbiStruct;
}

export type InvalidStatus = `INVALID: ${string}`;

/** Why there is no answer, in the verifier's words. */
export class NoAnswer extends Error {
  readonly status: InvalidStatus;
  constructor(status: InvalidStatus) {
    super(status);
    this.name = 'NoAnswer';
    this.status = status;
  }
}

type Answerer = (history: ConfirmedHistory, request: AbiStruct) => Answer;

export const ANSWERERS: Readonly<Record<AttestationType, Answerer>> = {
  Payment: answerPayment,
  XRPPayment: answerXrpPayment,
  ReferencedPaymentNonexistence: answerReferencedPaymentNonexistence,
  XRPPaymentNonexistence: answerXrpPaymentNonexistence,
  ConfirmedBlockHeightExists: answerConfirmedBlockHeightExists,
  AddressValidity: answerAddressValidity,
  BalanceDecreasingTransaction: answerBalanceDecreasingTransaction,
};

const NO_TIME_LIMIT = 2n ** 64n - 1n;
const UTXO_LIMIT = BigInt(Number.MAX_SAFE_INTEGER);

function answerPayment(history: ConfirmedHistory, request: AbiStruct): Answer {
  const transaction = transactionOf(history, request);
  const { source, sourceAddress, ...flow } = paymentFlow(history, transaction);
  if (number(request, 'inUtxo') >= UTXO_LIMIT || number(request, 'utxo') >= UTXO_LIMIT) {
    throw new NoAnswer('INVALID: INVALID INPUT OR OUTPUT OF THE TRANSACTION');
  }
  return {
    lowestUsedTimestamp: flow.blockTimestamp,
    responseBody: {
      ...flow,
      sourceAddressHash: source,
      sourceAddressesRoot: singleSourceRoot(sourceAddress),
      standardPaymentReference: paymentReference(transaction),
      oneToOne: true,
    },
  };
}

function answerXrpPayment(history: ConfirmedHistory, request: AbiStruct): Answer {
  const transaction = transactionOf(history, request);
  const { source, sourceAddress, ...flow } = paymentFlow(history, transaction);
  const memo = firstMemoData(transaction);
  const tag = destinationTag(transaction);
  return {
    lowestUsedTimestamp: flow.blockTimestamp,
    responseBody: {
      ...flow,
      sourceAddress,
      sourceAddressHash: source,
      hasMemoData: memo !== undefined,
      firstMemoData: memo ?? '0x',
      hasDestinationTag: tag !== undefined,
      destinationTag: tag ?? 0n,
    },
  };
}

/** The fields that Payment and XRPPayment share: who paid whom, what was meant and what arrived. */
function paymentFlow(history: ConfirmedHistory, transaction: ValidatedTransaction) {
  if (!isNativePayment(transaction)) throw new NoAnswer('INVALID: NOT NATIVE PAYMENT TRANSACTION');
  const { closeTimeS } = ledgerOf(history, transaction);
  const changes = [...balanceChanges(transaction)];
  const [payer, ...otherPayers] = changes.filter(([, change]) => change < 0n);
  const [payee, ...otherPayees] = changes.filter(([, change]) => change > 0n);
  const status = paymentStatus(transaction);
  const participants = status === 0 ? payee !== undefined && otherPayees.length === 0 : payee === undefined;
  if (payer === undefined || otherPayers.length > 0 || !participants) {
    throw new NoAnswer('INVALID: UNEXPECTED NUMBER OF PARTICIPANTS IN TRANSACTION');
  }
  const [sourceAddress, payerChange] = payer;
  const spentAmount = -payerChange;
  const received = payee === undefined ? ZERO_BYTES32 : addressHash(payee[0]);
  const receivedAmount = payee === undefined ? 0n : payee[1];
  return {
    blockNumber: BigInt(transaction.ledgerIndex),
    blockTimestamp: BigInt(closeTimeS),
    source: addressHash(sourceAddress),
    sourceAddress,
    receivingAddressHash: received,
    intendedReceivingAddressHash: status === 0 ? received : addressHash(destination(transaction)),
    spentAmount,
    intendedSpentAmount: status === 0 ? spentAmount : amountDrops(transaction) + feeDrops(transaction),
    receivedAmount,
    intendedReceivedAmount: status === 0 ? receivedAmount : amountDrops(transaction),
    status: BigInt(status),
  };
}

function answerBalanceDecreasingTransaction(history: ConfirmedHistory, request: AbiStruct): Answer {
  const transaction = transactionOf(history, request);
  const indicator = text(request, 'sourceAddressIndicator');
  const changes = balanceChanges(transaction);
  const change = [...changes].find(([address]) => addressHash(address) === indicator)?.[1] ?? 0n;
  if (change >= 0n && addressHash(signer(transaction)) !== indicator) {
    throw new NoAnswer('INVALID: INVALID SOURCE ADDRESS');
  }
  const blockTimestamp = BigInt(ledgerOf(history, transaction).closeTimeS);
  const isPayment = transaction.transaction['TransactionType'] === 'Payment';
  return {
    lowestUsedTimestamp: blockTimestamp,
    responseBody: {
      blockNumber: BigInt(transaction.ledgerIndex),
      blockTimestamp,
      sourceAddressHash: indicator,
      spentAmount: -change,
      standardPaymentReference: isPayment ? paymentReference(transaction) : ZERO_BYTES32,
    },
  };
}

function answerReferencedPaymentNonexistence(history: ConfirmedHistory, request: AbiStruct): Answer {
  const reference = text(request, 'standardPaymentReference');
  if (reference === ZERO_BYTES32) throw new NoAnswer('INVALID: ZERO PAYMENT REFERENCE UNSUPPORTED');
  const sources = request['checkSourceAddresses'] === true ? text(request, 'sourceAddressesRoot') : undefined;
  return answerNonexistence(
    history,
    request,
    (transaction) =>
      paymentReference(transaction) === reference &&
      (sources === undefined || singleSourceRoot(signer(transaction)) === sources),
  );
}

function answerXrpPaymentNonexistence(history: ConfirmedHistory, request: AbiStruct): Answer {
  const memoHash = request['checkFirstMemoData'] === true ? text(request, 'firstMemoDataHash') : undefined;
  const tag = request['checkDestinationTag'] === true ? number(request, 'destinationTag') : undefined;
  return answerNonexistence(history, request, (transaction) => {
    const memo = firstMemoData(transaction);
    return (
      (memoHash === undefined || (memo !== undefined && keccak256(memo) === memoHash)) &&
      (tag === undefined || destinationTag(transaction) === tag)
    );
  });
}

/** Searches from the minimal ledger up to, not including, the first one that is past both deadlines. */
function answerNonexistence(
  history: ConfirmedHistory,
  request: AbiStruct,
  matches: (transaction: ValidatedTransaction) => boolean,
): Answer {
  const minimalIndex = Number(number(request, 'minimalBlockNumber'));
  const deadlineIndex = Number(number(request, 'deadlineBlockNumber'));
  const overflow = history.firstAfter(deadlineIndex, Number(number(request, 'deadlineTimestamp')));
  const minimal = history.ledger(minimalIndex);
  if (overflow === undefined || minimal === undefined) throw new NoAnswer('INVALID: BLOCK DOES NOT EXIST');
  if (minimalIndex >= overflow.index) throw new NoAnswer('INVALID: INVALID SEARCH RANGE');
  const destinationHash = text(request, 'destinationAddressHash');
  const amount = number(request, 'amount');
  for (const transaction of history.transactions(minimalIndex, overflow.index - 1)) {
    if (
      isNativePayment(transaction) &&
      addressHash(destination(transaction)) === destinationHash &&
      intendedDrops(transaction) >= amount &&
      paymentStatus(transaction) !== 1 &&
      matches(transaction)
    ) {
      throw new NoAnswer('INVALID: REFERENCED TRANSACTION EXISTS');
    }
  }
  return {
    lowestUsedTimestamp: BigInt(minimal.closeTimeS),
    responseBody: {
      minimalBlockTimestamp: BigInt(minimal.closeTimeS),
      firstOverflowBlockNumber: BigInt(overflow.index),
      firstOverflowBlockTimestamp: BigInt(overflow.closeTimeS),
    },
  };
}

function answerConfirmedBlockHeightExists(history: ConfirmedHistory, request: AbiStruct): Answer {
  const ledger = history.ledger(Number(number(request, 'blockNumber')));
  const lowest = ledger && history.lastBefore(ledger.closeTimeS - Number(number(request, 'queryWindow')));
  if (ledger === undefined || lowest === undefined) throw new NoAnswer('INVALID: BLOCK DOES NOT EXIST');
  return {
    lowestUsedTimestamp: BigInt(lowest.closeTimeS),
    responseBody: {
      blockTimestamp: BigInt(ledger.closeTimeS),
      numberOfConfirmations: BigInt(history.confirmations),
      lowestQueryWindowBlockNumber: BigInt(lowest.index),
      lowestQueryWindowBlockTimestamp: BigInt(lowest.closeTimeS),
    },
  };
}

/** Classic addresses only; whether the account exists does not matter. */
function answerAddressValidity(_history: ConfirmedHistory, request: AbiStruct): Answer {
  const address = text(request, 'addressStr');
  const isValid = isValidClassicAddress(address);
  return {
    lowestUsedTimestamp: NO_TIME_LIMIT,
    responseBody: {
      isValid,
      standardAddress: isValid ? address : '',
      standardAddressHash: isValid ? addressHash(address) : ZERO_BYTES32,
    },
  };
}

/** What a successful payment delivered, what a failed one was meant to. */
function intendedDrops(transaction: ValidatedTransaction): bigint {
  if (paymentStatus(transaction) !== 0) return amountDrops(transaction);
  return balanceChanges(transaction).get(destination(transaction)) ?? 0n;
}

function transactionOf(history: ConfirmedHistory, request: AbiStruct): ValidatedTransaction {
  const transaction = history.transaction(text(request, 'transactionId'));
  if (transaction === undefined) throw new NoAnswer('INVALID: TRANSACTION DOES NOT EXIST');
  return transaction;
}

function ledgerOf(history: ConfirmedHistory, transaction: ValidatedTransaction): ValidatedLedger {
  const ledger = history.ledger(transaction.ledgerIndex);
  if (ledger === undefined) throw new Error(`transaction ${transaction.hash} is in no visible ledger`);
  return ledger;
}

function text(struct: AbiStruct, name: string): Hex {
  const value = struct[name];
  if (typeof value !== 'string') throw new TypeError(`${name} is no text`);
  return value;
}

function number(struct: AbiStruct, name: string): bigint {
  const value = struct[name];
  if (typeof value !== 'bigint') throw new TypeError(`${name} is no number`);
  return value;
}
