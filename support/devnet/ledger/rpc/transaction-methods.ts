/**
 * Methods that take transactions in and find them again.
 */
import { encode } from 'ripple-binary-codec';
import { engineFieldsOf } from '../engine-result.ts';
import type { ValidatedTransaction } from '../history.ts';
import type { Ledger, Submission } from '../ledger.ts';
import { isoTime } from '../time.ts';
import { InvalidTransaction } from '../transaction.ts';
import { selectLedger } from './ledger-selection.ts';
import { fieldsV1, fieldsV2, txV1, txV2 } from './print-transaction.ts';
import { flagParam, integerParam } from './request.ts';
import { RpcError, invalidField, missingField, rpcError } from './rpc-error.ts';
import type { Host, Request, Result } from './types.ts';

export function submit({ ledger }: Host, request: Request): Result {
  const { tx_blob: blob, tx_json: unsigned } = request.params;
  if (blob === undefined && unsigned !== undefined) {
    throw rpcError('notSupported', { error_message: 'Signing is not supported by this server.' });
  }
  if (typeof blob !== 'string' || !/^([0-9a-fA-F]{2})+$/.test(blob)) throw rpcError('invalidParams');
  const outcome = submitBlob(ledger, blob, flagParam(request, 'fail_hard'));
  const { applied, kept, transaction, accountSequence } = outcome;
  return {
    accepted: applied || kept,
    account_sequence_available: accountSequence,
    account_sequence_next: accountSequence,
    applied,
    broadcast: applied,
    ...engineFieldsOf(outcome.engineResult),
    kept,
    open_ledger_cost: outcome.openLedgerFeeDrops.toString(),
    queued: false,
    tx_blob: transaction.blob,
    tx_json: { ...transaction.json, hash: transaction.hash },
    validated_ledger_index: outcome.validatedIndex,
  };
}

export function submitMultisigned({ ledger }: Host, request: Request): Result {
  const { tx_json: signed } = request.params;
  if (signed === undefined) throw missingField('tx_json');
  if (typeof signed !== 'object' || signed === null) throw invalidField('tx_json');
  const outcome = submitBlob(ledger, encodeRequest(signed), flagParam(request, 'fail_hard'));
  const { json, hash, blob } = outcome.transaction;
  const body = request.apiVersion === 1 ? { tx_json: { ...json, hash } } : { tx_json: json, hash };
  return { ...engineFieldsOf(outcome.engineResult), tx_blob: blob, ...body };
}

function encodeRequest(signed: object): string {
  try {
    return encode(signed);
  } catch (cause) {
    throw rpcError('invalidParams', { error_message: `Invalid field 'tx_json'. ${String(cause)}` });
  }
}

function submitBlob(ledger: Ledger, blob: string, failHard: boolean): Submission {
  try {
    return ledger.submit(blob, { failHard });
  } catch (problem) {
    if (!(problem instanceof InvalidTransaction)) throw problem;
    throw new RpcError({ error: 'invalidTransaction', error_exception: problem.message });
  }
}

export function tx({ ledger }: Host, request: Request): Result {
  const { apiVersion } = request;
  const searchedAll = searchesAll(ledger, request);
  const { validated, open } = findTransaction(ledger, request);
  if (open !== undefined) return openTx(open, apiVersion);
  const home = validated && ledger.history.ledgerByIndex(validated.ledgerIndex);
  if (validated === undefined || home === undefined) throw rpcError('txnNotFound', searchedAll);
  const placed = { transaction: validated, ledger: home, networkId: ledger.rules.networkId };
  const binary = flagParam(request, 'binary');
  return apiVersion === 1 ? txV1(placed, binary) : txV2(placed, binary);
}

/** A transaction of the open ledger is shown without any mark of a ledger. */
const openTx = ({ hash, transaction }: ValidatedTransaction, apiVersion: number): Result =>
  apiVersion === 1
    ? { ...fieldsV1(transaction), hash, validated: false }
    : { hash, tx_json: fieldsV2(transaction), validated: false };

interface Sought {
  readonly validated?: ValidatedTransaction | undefined;
  readonly open?: ValidatedTransaction | undefined;
}

function findTransaction(ledger: Ledger, { params }: Request): Sought {
  const { transaction: hash, ctid } = params;
  if (hash !== undefined && ctid !== undefined) throw rpcError('invalidParams');
  if (ctid !== undefined) return { validated: findByCompactId(ledger, ctid) };
  if (hash === undefined) throw rpcError('invalidParams');
  if (typeof hash !== 'string' || !/^[0-9a-fA-F]{64}$/.test(hash)) throw rpcError('notImpl');
  return { validated: ledger.history.transactionByHash(hash), open: ledger.openTransaction(hash) };
}

function findByCompactId(ledger: Ledger, ctid: unknown): ValidatedTransaction | undefined {
  const match = typeof ctid === 'string' ? /^C([0-9A-F]{7})([0-9A-F]{4})([0-9A-F]{4})$/i.exec(ctid) : null;
  if (match === null) throw rpcError('invalidParams');
  const [ledgerIndex = 0, transactionIndex = 0] = match.slice(1).map((hex) => Number.parseInt(hex, 16));
  return ledger.history.ledgerByIndex(ledgerIndex)?.transactions[transactionIndex];
}

const rangeLimit = 1000;

/** With a range given, "not found" also says whether the server holds all of it. */
function searchesAll(ledger: Ledger, { params }: Request): Result {
  const from = integerParam(params, 'min_ledger');
  const to = integerParam(params, 'max_ledger');
  if (from === undefined || to === undefined) return {};
  if (from < 0 || to < from) throw rpcError('invalidLgrRange');
  if (to - from > rangeLimit) throw rpcError('excessiveLgrRange');
  return { searched_all: from >= ledger.history.firstIndex() && to <= ledger.history.lastIndex() };
}

/** A transaction looked for in one closed ledger. */
export function transactionEntry({ ledger }: Host, { params, apiVersion }: Request): Result {
  const { closed, naming } = selectLedger(ledger, params);
  const { tx_hash: hash } = params;
  if (hash === undefined) throw new RpcError({ error: 'fieldNotFoundTransaction', ...naming });
  if (closed === undefined) throw new RpcError({ error: 'notYetImplemented', ...naming });
  if (typeof hash !== 'string' || !/^[0-9a-fA-F]{64}$/.test(hash)) throw new RpcError({ error: 'malformedRequest' });
  const found = closed.ledger.transactions.find((transaction) => transaction.hash === hash.toUpperCase());
  if (found === undefined) throw new RpcError({ error: 'transactionNotFound', ...naming });
  const { transaction, metadata } = found;
  if (apiVersion === 1) {
    return { tx_json: { ...fieldsV1(transaction), hash: found.hash }, metadata, ...naming };
  }
  const closeTime = isoTime(closed.ledger.closeTimeS);
  return { tx_json: fieldsV2(transaction), hash: found.hash, meta: metadata, close_time_iso: closeTime, ...naming };
}

const historyPage = 20;
const historyDepth = 10_000;

/** The latest validated transactions, twenty at a time; only version 1 has it. */
export function txHistory({ ledger, allowLedgerAccept: isAdmin }: Host, { params, apiVersion }: Request): Result {
  if (apiVersion > 1) throw rpcError('unknownCmd');
  const start = integerParam(params, 'start');
  if (start === undefined || start < 0) throw rpcError('invalidParams');
  if (start > historyDepth && !isAdmin) throw rpcError('noPermission');
  const found = latestTransactions(ledger, start + historyPage).slice(start);
  const txs = found.map(({ transaction, hash, ledgerIndex }) => ({
    ...fieldsV1(transaction),
    hash,
    inLedger: ledgerIndex,
    ledger_index: ledgerIndex,
  }));
  return { index: start, txs };
}

function latestTransactions({ history }: Ledger, count: number): ValidatedTransaction[] {
  const found: ValidatedTransaction[] = [];
  for (let index = history.lastIndex(); index >= history.firstIndex() && found.length < count; index--) {
    found.push(...(history.ledgerByIndex(index)?.transactions.toReversed() ?? []));
  }
  return found.slice(0, count);
}
