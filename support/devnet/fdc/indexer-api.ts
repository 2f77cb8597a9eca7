/**
 * The verifier's indexer endpoints: blocks and transactions of the confirmed history, as its REST API prints them.
 *
 * A thing that is not there is HTTP 200 with status ERROR; clients compare the two messages. Hashes have no 0x and are
 * in lower case here.
 */
import { keccak256 } from 'ethers';
import type { ValidatedLedger, ValidatedTransaction } from '../ledger/history.ts';
import type { ConfirmedHistory } from './confirmed-history.ts';
import { type HttpAnswer, ok } from './http-server.ts';
import { InvalidInput } from './request-validation.ts';
import {
  ZERO_BYTES32,
  destinationTag,
  firstMemoData,
  isNativePayment,
  paymentReference,
  signer,
} from './transaction-facts.ts';

const RIPPLE_EPOCH_S = 946_684_800;
const PAGE_LIMIT = 100;

/** Answer to GET <base>/api/indexer/<route>; undefined for a route that does not exist. */
export function answerIndexer(
  history: ConfirmedHistory,
  route: string,
  query: URLSearchParams,
): HttpAnswer | undefined {
  const [resource = '', parameter, ...further] = route.split('/');
  if (further.length > 0) return undefined;
  return parameter === undefined ? answerList(history, resource, query) : answerOne(history, resource, parameter);
}

/** Bottom, top and tip of what is indexed; also the answer of api/health. */
export function indexerState(history: ConfirmedHistory): object {
  const tip = history.tip();
  const state = ({ index, closeTimeS }: ValidatedLedger) => ({
    height: index,
    timestamp: closeTimeS,
    last_updated: tip.closeTimeS,
  });
  return {
    bottom_indexed_block: state(history.ledger(history.firstIndex()) ?? tip),
    top_indexed_block: state(history.ledger(history.lastIndex()) ?? tip),
    chain_tip_block: state(tip),
  };
}

function answerList(history: ConfirmedHistory, resource: string, query: URLSearchParams): HttpAnswer | undefined {
  switch (resource) {
    case 'block-range':
      return found({ first: history.firstIndex(), last: history.lastIndex(), tip: history.tip().index });
    case 'block-height-indexed':
      return found(history.lastIndex());
    case 'block-height-tip':
      return found(history.tip().index);
    case 'state':
      return found(indexerState(history));
    case 'block':
      return found(blockPage(history, query));
    case 'transaction':
      return found(transactionPage(history, query));
    default:
      return undefined;
  }
}

function answerOne(history: ConfirmedHistory, resource: string, parameter: string): HttpAnswer | undefined {
  switch (resource) {
    case 'confirmed-block-at':
      return block(history.ledger(integer(parameter, 'block number')));
    case 'block':
      return block(history.ledgerByHash(hash32(parameter, 'blockHash')));
    case 'transaction': {
      const transaction = history.transaction(hash32(parameter, 'txHash'));
      return transaction ? found(printTransaction(history, transaction, true)) : missing('Transaction not found');
    }
    case 'transaction-block': {
      const transaction = history.transaction(hash32(parameter, 'txHash'));
      return transaction ? block(history.ledger(transaction.ledgerIndex)) : missing('Transaction not found');
    }
    default:
      return undefined;
  }
}

const found = (data: unknown): HttpAnswer => ok({ status: 'OK', data });
const missing = (errorMessage: string): HttpAnswer => ok({ status: 'ERROR', errorMessage });
const block = (ledger: ValidatedLedger | undefined): HttpAnswer =>
  ledger ? found(printBlock(ledger)) : missing('Block not found');

interface Page {
  readonly limit: number;
  readonly offset: number;
  readonly from: number;
  readonly to: number;
}

function pageOf(history: ConfirmedHistory, query: URLSearchParams): Page {
  const read = (name: string, otherwise: number): number => {
    const given = query.get(name);
    return given === null ? otherwise : integer(given, name);
  };
  return {
    limit: Math.min(read('limit', PAGE_LIMIT), PAGE_LIMIT),
    offset: read('offset', 0),
    from: Math.max(read('from', history.firstIndex()), history.firstIndex()),
    to: Math.min(read('to', history.lastIndex()), history.lastIndex()),
  };
}

function blockPage(history: ConfirmedHistory, query: URLSearchParams): object {
  const { limit, offset, from, to } = pageOf(history, query);
  const items: object[] = [];
  for (let index = from + offset; index <= to && items.length < limit; index += 1) {
    const ledger = history.ledger(index);
    if (ledger !== undefined) items.push(printBlock(ledger));
  }
  return { items, limit, offset };
}

function transactionPage(history: ConfirmedHistory, query: URLSearchParams): object {
  const { limit, offset, from, to } = pageOf(history, query);
  const matches = [...history.transactions(from, to)].filter((transaction) => matchesQuery(transaction, query));
  const ordered = matches.toSorted((a, b) => a.ledgerIndex - b.ledgerIndex || (a.hash < b.hash ? -1 : 1));
  const withResponse = query.get('returnResponse') === 'true';
  const page = ordered.slice(offset, offset + limit);
  return { items: page.map((transaction) => printTransaction(history, transaction, withResponse)), limit, offset };
}

function matchesQuery(transaction: ValidatedTransaction, query: URLSearchParams): boolean {
  const memo = firstMemoData(transaction);
  const filters: Record<string, string | undefined> = {
    paymentReference: referenceOf(transaction),
    sourceAddress: signer(transaction),
    destinationTag: destinationTag(transaction)?.toString(),
    firstMemoDataHash: memo && keccak256(memo),
  };
  return Object.entries(filters).every(([name, value]) => !query.has(name) || query.get(name) === value);
}

function printBlock(ledger: ValidatedLedger): object {
  return {
    blockNumber: ledger.index,
    blockHash: ledger.hash.toLowerCase(),
    timestamp: ledger.closeTimeS,
    transactions: ledger.transactions.length,
    confirmed: true,
    numberOfConfirmations: 0,
  };
}

function printTransaction(history: ConfirmedHistory, transaction: ValidatedTransaction, withResponse: boolean): object {
  const closeTimeS = history.ledger(transaction.ledgerIndex)?.closeTimeS ?? 0;
  return {
    id: 0,
    chainType: 3,
    transactionId: transaction.hash.toLowerCase(),
    blockNumber: transaction.ledgerIndex,
    timestamp: closeTimeS,
    paymentReference: referenceOf(transaction)?.slice(2) ?? null,
    isNativePayment: isNativePayment(transaction),
    transactionType: 'full_payment',
    response: withResponse ? printResponse(transaction, closeTimeS) : '',
  };
}

function printResponse(transaction: ValidatedTransaction, closeTimeS: number): object {
  const result = {
    ...transaction.transaction,
    hash: transaction.hash,
    ledger_index: transaction.ledgerIndex,
    meta: transaction.metadata,
    validated: true,
    date: closeTimeS - RIPPLE_EPOCH_S,
  };
  return { result, id: '', type: '' };
}

function referenceOf(transaction: ValidatedTransaction): string | undefined {
  const reference = paymentReference(transaction);
  return reference === ZERO_BYTES32 ? undefined : reference;
}

function hash32(value: string, name: string): string {
  if (!/^(0x)?[0-9a-f]{64}$/i.test(value)) throw new InvalidInput([`${name} must be a hash of 32 bytes in hex`]);
  return value;
}

function integer(value: string, name: string): number {
  if (!/^\d{1,15}$/.test(value)) throw new InvalidInput([`${name} must be a non-negative integer`]);
  return Number(value);
}
