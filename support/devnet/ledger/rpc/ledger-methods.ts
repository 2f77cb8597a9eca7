/**
 * Methods that read ledgers, and the one that closes them.
 */
import type { ClosedLedger } from '../chain.ts';
import { printEntry } from '../entries.ts';
import { headerHex } from '../hashing.ts';
import type { ValidatedTransaction } from '../history.ts';
import { humanTime, isoTime, rippleEpochS } from '../time.ts';
import { selectLedger } from './ledger-selection.ts';
import { ledgerItemV1, ledgerItemV2 } from './print-transaction.ts';
import { flagParam } from './request.ts';
import { RpcError, rpcError } from './rpc-error.ts';
import type { ApiVersion, Host, Request, Result } from './types.ts';

/** A request that names no ledger gets the headers of the last closed and of the open one. */
export function ledgerMethod(host: Host, request: Request): Result {
  const { ledger_index: index, ledger_hash: hash } = request.params;
  if (index !== undefined || hash !== undefined) return oneLedger(host, request);
  const headerOf = (shortcut: string): Result => ({
    ledger: oneLedger(host, { ...request, params: { ledger_index: shortcut } }).ledger,
  });
  return { closed: headerOf('closed'), open: headerOf('current') };
}

function oneLedger({ ledger, allowLedgerAccept: isAdmin }: Host, request: Request): Result {
  const { closed, index, state, naming } = selectLedger(ledger, request.params);
  const wants = {
    transactions: flagParam(request, 'transactions'),
    expand: flagParam(request, 'expand'),
    binary: flagParam(request, 'binary'),
    accounts: flagParam(request, 'accounts') || flagParam(request, 'full'),
  };
  if (wants.accounts && !isAdmin) throw rpcError('noPermission');
  if (flagParam(request, 'queue') && closed !== undefined) throw rpcError('invalidParams');
  const accounts = wants.accounts && {
    accountState: wants.expand ? [...state.values()].map(printEntry) : [...state.keys()],
  };
  if (closed === undefined) {
    const transactions = wants.transactions && { transactions: ledger.openTransactions().map(({ hash }) => hash) };
    const head = { closed: false, ledger_index: printIndex(index, request.apiVersion) };
    return {
      ledger: { ...head, parent_hash: parentHash(ledger.closedLedger(index - 1)), ...transactions, ...accounts },
      ...naming,
    };
  }
  const print = (transaction: ValidatedTransaction): unknown => {
    if (!wants.expand) return transaction.hash;
    if (request.apiVersion === 1) return ledgerItemV1(transaction, wants.binary);
    return ledgerItemV2({ transaction, ledger: closed.ledger, networkId: ledger.rules.networkId }, wants.binary);
  };
  const head = wants.binary
    ? { closed: true, ledger_data: headerHex(closed.header) }
    : printHeader(closed, request.apiVersion);
  const transactions = wants.transactions && { transactions: closed.ledger.transactions.map(print) };
  return { ledger: { ...head, ...transactions, ...accounts }, ...naming };
}

const parentHash = (parent: ClosedLedger | undefined): string => parent?.ledger.hash ?? '';

/** Inside `ledger` the index is text in version 1. */
const printIndex = (index: number, apiVersion: ApiVersion): string | number =>
  apiVersion === 1 ? index.toString() : index;

function printHeader({ ledger, header }: ClosedLedger, apiVersion: ApiVersion): Result {
  return {
    account_hash: header.accountHash,
    close_flags: 0,
    close_time: header.closeTime,
    close_time_human: humanTime(header.closeTime + rippleEpochS, 9),
    close_time_iso: isoTime(header.closeTime + rippleEpochS),
    close_time_resolution: header.closeTimeResolutionS,
    closed: true,
    ledger_hash: ledger.hash,
    ledger_index: printIndex(header.index, apiVersion),
    parent_close_time: header.parentCloseTime,
    parent_hash: header.parentHash,
    total_coins: header.totalDrops.toString(),
    transaction_hash: header.transactionHash,
  };
}

export const ledgerCurrent = ({ ledger }: Host): Result => ({ ledger_current_index: ledger.openIndex() });

export function ledgerClosed({ ledger }: Host): Result {
  const { naming } = selectLedger(ledger, { ledger_index: 'closed' });
  return { ledger_hash: naming.ledger_hash, ledger_index: naming.ledger_index };
}

export function ledgerAccept({ ledger, allowLedgerAccept }: Host): Result {
  if (!allowLedgerAccept) throw new RpcError({ error: 'notStandAlone' });
  ledger.close();
  return { ledger_current_index: ledger.openIndex() };
}
