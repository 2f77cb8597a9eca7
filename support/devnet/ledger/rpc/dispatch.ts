/**
 * The table of methods, and the one way into it for both transports.
 */
import { accountInfo, accountLines, accountObjects, depositAuthorized, ledgerEntry } from './account-methods.ts';
import { accountTx } from './account-tx.ts';
import { ledgerAccept, ledgerClosed, ledgerCurrent, ledgerMethod } from './ledger-methods.ts';
import { type ErrorFields, RpcError, rpcError } from './rpc-error.ts';
import { fee, ping, random, serverInfo, serverState } from './server-methods.ts';
import { subscribe, unsubscribe } from './subscriptions.ts';
import { submit, submitMultisigned, tx } from './transaction-methods.ts';
import type { Host, Method, Request, Result } from './types.ts';

const methods: ReadonlyMap<string, Method> = new Map([
  ['account_info', accountInfo],
  ['account_lines', accountLines],
  ['account_objects', accountObjects],
  ['account_tx', accountTx],
  ['deposit_authorized', depositAuthorized],
  ['fee', fee],
  ['ledger', ledgerMethod],
  ['ledger_accept', ledgerAccept],
  ['ledger_closed', ledgerClosed],
  ['ledger_current', ledgerCurrent],
  ['ledger_entry', ledgerEntry],
  ['ping', ping],
  ['random', random],
  ['server_info', serverInfo],
  ['server_state', serverState],
  ['submit', submit],
  ['submit_multisigned', submitMultisigned],
  ['subscribe', subscribe],
  ['tx', tx],
  ['unsubscribe', unsubscribe],
]);

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
