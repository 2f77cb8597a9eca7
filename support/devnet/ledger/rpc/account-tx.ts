/**
 * account_tx: the validated transactions that touched an account, a page at a time.
 */
import type { ValidatedTransaction } from '../history.ts';
import type { Ledger } from '../ledger.ts';
import { selectLedger } from './ledger-selection.ts';
import { type Placed, accountTxV1, accountTxV2 } from './print-transaction.ts';
import { addressParam, flagParam, integerParam, limitParam } from './request.ts';
import { invalidField, rpcError } from './rpc-error.ts';
import type { Host, Params, Request, Result } from './types.ts';

export function accountTx(host: Host, request: Request): Result {
  const { ledger } = host;
  const { params, apiVersion } = request;
  const account = addressParam(params, 'account');
  const range = rangeOf(ledger, request);
  const limit = limitParam(host, params, 'account_tx');
  const forward = flagParam(request, 'forward');
  const binary = flagParam(request, 'binary');
  const found = transactionsFrom(ledger, { account, range, forward, limit: limit + 1, start: markerOf(params.marker) });
  const next = found[limit]?.transaction;
  const print = apiVersion === 1 ? accountTxV1 : accountTxV2;
  return {
    account,
    ledger_index_min: range.first,
    ledger_index_max: range.last,
    limit,
    validated: true,
    transactions: found.slice(0, limit).map((placed) => print(placed, binary)),
    ...(next !== undefined && { marker: { ledger: next.ledgerIndex, seq: next.transactionIndex } }),
  };
}

interface Range {
  readonly first: number;
  readonly last: number;
}

/** Either one ledger or a range. */
function rangeOf(ledger: Ledger, request: Request): Range {
  const { params, apiVersion } = request;
  const namesOne = params.ledger_index !== undefined || params.ledger_hash !== undefined;
  const namesRange = params.ledger_index_min !== undefined || params.ledger_index_max !== undefined;
  if (namesOne && namesRange && apiVersion > 1) throw rpcError('invalidParams');
  if (!namesOne || namesRange) return boundsOf(ledger, request);
  const { index, closed } = selectLedger(ledger, params);
  if (closed === undefined) throw rpcError('lgrNotValidated');
  return { first: index, last: index };
}

/** -1 leaves an end of the range open. */
function boundsOf(ledger: Ledger, { params, apiVersion }: Request): Range {
  const available = { first: ledger.history.firstIndex(), last: ledger.history.lastIndex() };
  const min = boundParam(params, 'ledger_index_min') ?? available.first;
  const max = boundParam(params, 'ledger_index_max') ?? available.last;
  const isOutside = (bound: number): boolean => bound < available.first || bound > available.last;
  if (apiVersion > 1 && (isOutside(min) || isOutside(max))) throw rpcError('lgrIdxMalformed');
  const range = { first: Math.max(min, available.first), last: Math.min(max, available.last) };
  if (range.first > range.last) throw rpcError(apiVersion > 1 ? 'invalidLgrRange' : 'lgrIdxsInvalid');
  return range;
}

function boundParam(params: Params, name: string): number | undefined {
  const bound = integerParam(params, name);
  return bound === -1 ? undefined : bound;
}

interface Position {
  readonly ledger: number;
  readonly seq: number;
}

function markerOf(marker: unknown): Position | undefined {
  if (marker === undefined) return undefined;
  if (typeof marker !== 'object' || marker === null || !('ledger' in marker) || !('seq' in marker)) {
    throw invalidField('marker');
  }
  if (typeof marker.ledger !== 'number' || typeof marker.seq !== 'number') throw invalidField('marker');
  return { ledger: marker.ledger, seq: marker.seq };
}

interface Query {
  readonly account: string;
  readonly range: Range;
  readonly forward: boolean;
  readonly limit: number;
  readonly start: Position | undefined;
}

function transactionsFrom(ledger: Ledger, { account, range, forward, limit, start }: Query): Placed[] {
  const found: Placed[] = [];
  const begin = start?.ledger ?? (forward ? range.first : range.last);
  const step = forward ? 1 : -1;
  for (let index = begin; index >= range.first && index <= range.last && found.length < limit; index += step) {
    const home = ledger.history.ledgerByIndex(index);
    if (home === undefined) continue;
    const matching = home.transactions.filter(
      (transaction) => isReached(transaction, start, forward) && touches(transaction, account),
    );
    const placed = matching.map((transaction) => ({ transaction, ledger: home, networkId: ledger.rules.networkId }));
    found.push(...(forward ? placed : placed.toReversed()));
  }
  return found.slice(0, limit);
}

/** In the ledger where the page starts, what comes before its start was on the page before. */
function isReached(transaction: ValidatedTransaction, start: Position | undefined, forward: boolean): boolean {
  if (start === undefined || transaction.ledgerIndex !== start.ledger) return true;
  return forward ? transaction.transactionIndex >= start.seq : transaction.transactionIndex <= start.seq;
}

/** True if the metadata names the account; a payment that failed names only its sender. */
export function touches({ metadata }: ValidatedTransaction, account: string): boolean {
  return affectedAccounts(metadata.AffectedNodes).has(account);
}

const accountFields = ['Account', 'Authorize', 'RegularKey', 'NFTokenMinter'];

function affectedAccounts(nodes: unknown): Set<unknown> {
  const accounts = new Set<unknown>();
  for (const node of Array.isArray(nodes) ? nodes : []) {
    for (const { FinalFields, NewFields } of Object.values<Record<string, Record<string, unknown>>>(node)) {
      for (const name of accountFields) accounts.add((FinalFields ?? NewFields)?.[name]);
    }
  }
  return accounts;
}
