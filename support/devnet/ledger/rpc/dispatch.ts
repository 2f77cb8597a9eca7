/**
 * The table of methods, and the one way into it for both transports.
 */
import { accountInfo, accountObjects, depositAuthorized } from './account-methods.ts';
import { accountTx } from './account-tx.ts';
import { ledgerData, ledgerEntry } from './entry-methods.ts';
import {
  accountChannels,
  accountCurrencies,
  accountLines,
  accountNfts,
  accountOffers,
  bookChanges,
  bookOffers,
  gatewayBalances,
  manifest,
  noRippleCheck,
  ripplePathFind,
} from './holding-methods.ts';
import { ledgerAccept, ledgerClosed, ledgerCurrent, ledgerMethod } from './ledger-methods.ts';
import { type ErrorFields, RpcError, rpcError } from './rpc-error.ts';
import { feature, fee, ping, random, serverDefinitions, serverInfo, serverState, version } from './server-methods.ts';
import { simulateMethod } from './simulate.ts';
import { subscribe, unsubscribe } from './subscriptions.ts';
import { submit, submitMultisigned, transactionEntry, tx, txHistory } from './transaction-methods.ts';
import type { Host, Method, Request, Result } from './types.ts';

const methods: ReadonlyMap<string, Method> = new Map([
  ['account_channels', accountChannels],
  ['account_currencies', accountCurrencies],
  ['account_info', accountInfo],
  ['account_lines', accountLines],
  ['account_nfts', accountNfts],
  ['account_objects', accountObjects],
  ['account_offers', accountOffers],
  ['account_tx', accountTx],
  ['book_changes', bookChanges],
  ['book_offers', bookOffers],
  ['deposit_authorized', depositAuthorized],
  ['feature', feature],
  ['fee', fee],
  ['gateway_balances', gatewayBalances],
  ['ledger', ledgerMethod],
  ['ledger_accept', ledgerAccept],
  ['ledger_closed', ledgerClosed],
  ['ledger_current', ledgerCurrent],
  ['ledger_data', ledgerData],
  ['ledger_entry', ledgerEntry],
  ['manifest', manifest],
  ['noripple_check', noRippleCheck],
  ['ping', ping],
  ['random', random],
  ['ripple_path_find', ripplePathFind],
  ['server_definitions', serverDefinitions],
  ['server_info', serverInfo],
  ['server_state', serverState],
  ['simulate', simulateMethod],
  ['submit', submit],
  ['submit_multisigned', submitMultisigned],
  ['subscribe', subscribe],
  ['transaction_entry', transactionEntry],
  ['tx', tx],
  ['tx_history', txHistory],
  ['unsubscribe', unsubscribe],
  ['version', version],
]);

export const methodNames: readonly string[] = [...methods.keys()];

export type Answer = { readonly result: Result } | { readonly error: ErrorFields };

/** Answers one request. A fault of the server itself is answered as "internal", with its text. */
export function dispatch(host: Host, request: Request): Answer {
  try {
    const refusal = host.refuse(request.command);
    if (refusal !== undefined) throw rpcError(refusal);
    const method = methods.get(request.command);
    if (method === undefined) throw rpcError('unknownCmd');
    return { result: method(host, request) };
  } catch (problem) {
    if (problem instanceof RpcError) return { error: problem.fields };
    return { error: rpcError('internal', { error_message: `Internal error. ${String(problem)}` }).fields };
  }
}
