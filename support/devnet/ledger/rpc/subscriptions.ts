/**
 * Streams: who wants to hear what, and the messages they get when ledgers close and transactions come in.
 *
 * A subscriber gets each message once, however many of its subscriptions ask for it.
 */
import { engineFieldsOf } from '../engine-result.ts';
import type { ValidatedLedger, ValidatedTransaction } from '../history.ts';
import type { Ledger } from '../ledger.ts';
import { isoTime, toRippleTime } from '../time.ts';
import { touches } from './account-tx.ts';
import { bookChangesOf } from './holding-methods.ts';
import { compactId, fieldsV1, fieldsV2 } from './print-transaction.ts';
import { addressParam } from './request.ts';
import { rpcError } from './rpc-error.ts';
import { completeLedgers } from './server-methods.ts';
import type { ApiVersion, Host, Request, Result, Subscriber } from './types.ts';

/** No validator and no peer ever tells this server anything: manifests, validations and peer_status stay silent. */
const publicStreams = [
  'book_changes',
  'consensus',
  'ledger',
  'server',
  'transactions',
  'transactions_proposed',
  'manifests',
  'validations',
];
const adminStreams = ['peer_status'];
/** Older names of streams and parameters, still understood. */
const streamNames: Readonly<Record<string, string>> = { rt_transactions: 'transactions_proposed' };

/** Of one connection, of each kind; nobody's run has so many. */
export const MOST_ACCOUNTS = 2_000;

/** A connection that has subscribed to nothing yet. */
export const newSubscriber = (send: Subscriber['send']): Subscriber => ({
  send,
  streams: new Map(),
  accounts: new Map(),
  proposedAccounts: new Map(),
});

interface Wishes {
  readonly subscriber: Subscriber;
  readonly streams: readonly string[];
  readonly accounts: readonly string[];
  readonly proposedAccounts: readonly string[];
}

function wishesOf({ allowLedgerAccept: isAdmin }: Host, { subscriber, params }: Request): Wishes {
  if (subscriber === undefined) throw rpcError('invalidParams');
  return {
    subscriber,
    streams: listOf(params.streams, 'malformedStream').map((given) => {
      const name = streamNames[given] ?? given;
      if (adminStreams.includes(name) && !isAdmin) throw rpcError('noPermission');
      if (![...publicStreams, ...adminStreams].includes(name)) throw rpcError('malformedStream');
      return name;
    }),
    accounts: addressesOf(params.accounts),
    proposedAccounts: addressesOf(params.accounts_proposed ?? params.rt_accounts),
  };
}

function listOf(value: unknown, error: 'malformedStream' | 'actMalformed'): string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw rpcError('invalidParams');
  return value.map((item: unknown) => {
    if (typeof item !== 'string') throw rpcError(error);
    return item;
  });
}

const addressesOf = (value: unknown): string[] =>
  listOf(value, 'actMalformed').map((account) => addressParam({ account }, 'account'));

export function subscribe(host: Host, request: Request): Result {
  const { ledger } = host;
  const wishes = wishesOf(host, request);
  const { subscriber } = wishes;
  refuseTooMany(subscriber.accounts, wishes.accounts);
  refuseTooMany(subscriber.proposedAccounts, wishes.proposedAccounts);
  for (const name of wishes.streams) subscriber.streams.set(name, request.apiVersion);
  for (const account of wishes.accounts) subscriber.accounts.set(account, request.apiVersion);
  for (const account of wishes.proposedAccounts) subscriber.proposedAccounts.set(account, request.apiVersion);
  return {
    ...(wishes.streams.includes('ledger') && ledgerMessage(ledger, ledger.history.lastIndex())),
    ...(wishes.streams.includes('server') && serverMessage(ledger)),
  };
}

/** Each transaction is compared with every account that is listened for, and all are kept while the connection lasts. */
function refuseTooMany(known: ReadonlyMap<string, ApiVersion>, wanted: readonly string[]): void {
  const count = new Set([...known.keys(), ...wanted]).size;
  if (count <= MOST_ACCOUNTS) return;
  throw rpcError('tooBusy', {
    error_message: `A connection can listen for ${MOST_ACCOUNTS} accounts, and with this request it would be ${count}.`,
  });
}

export function unsubscribe(host: Host, request: Request): Result {
  const { subscriber, streams: names, accounts, proposedAccounts } = wishesOf(host, request);
  for (const name of names) subscriber.streams.delete(name);
  for (const account of accounts) subscriber.accounts.delete(account);
  for (const account of proposedAccounts) subscriber.proposedAccounts.delete(account);
  return {};
}

function ledgerMessage(ledger: Ledger, index: number): Result {
  const closed = ledger.history.ledgerByIndex(index);
  if (closed === undefined) return {};
  const { rules } = ledger;
  return {
    fee_base: Number(rules.baseFeeDrops),
    ledger_hash: closed.hash,
    ledger_index: closed.index,
    ledger_time: toRippleTime(closed.closeTimeS),
    network_id: rules.networkId,
    reserve_base: Number(rules.baseReserveDrops),
    reserve_inc: Number(rules.ownerReserveDrops),
    validated_ledgers: completeLedgers(ledger),
  };
}

function serverMessage(ledger: Ledger): Result {
  return { load_base: 256, load_factor: Math.round(ledger.loadFactor() * 256), server_status: 'full' };
}

/** Tells every subscriber of a closed ledger: the ledger first, then its transactions. */
export function publishLedger(ledger: Ledger, closed: ValidatedLedger, subscribers: Iterable<Subscriber>): void {
  for (const subscriber of subscribers) {
    const tell = (stream: string, message: Result): void => {
      if (subscriber.streams.has(stream)) subscriber.send(message);
    };
    const txnCount = closed.transactions.length;
    for (const phase of ['establish', 'accepted']) tell('consensus', { type: 'consensusPhase', consensus: phase });
    if (subscriber.streams.has('ledger')) {
      subscriber.send({ type: 'ledgerClosed', ...ledgerMessage(ledger, closed.index), txn_count: txnCount });
    }
    tell('book_changes', bookChangesOf(closed));
    for (const transaction of closed.transactions) {
      const { networkId } = ledger.rules;
      const apiVersion = interest(transaction, subscriber.streams.get('transactions'), subscriber.accounts);
      if (apiVersion !== undefined) subscriber.send(validatedMessage({ transaction, closed, networkId, apiVersion }));
    }
    tell('consensus', { type: 'consensusPhase', consensus: 'open' });
  }
}

/** Tells of a transaction that entered the open ledger. */
export function publishProposed(
  ledger: Ledger,
  proposed: ValidatedTransaction,
  subscribers: Iterable<Subscriber>,
): void {
  for (const subscriber of subscribers) {
    const { streams: names, proposedAccounts } = subscriber;
    const apiVersion = interest(proposed, names.get('transactions_proposed'), proposedAccounts);
    if (apiVersion === undefined) continue;
    subscriber.send({
      ...messageHead(proposed, 'proposed'),
      ledger_current_index: ledger.openIndex(),
      ...messageBody(proposed, apiVersion, {}),
    });
  }
}

function interest(
  transaction: ValidatedTransaction,
  stream: ApiVersion | undefined,
  accounts: ReadonlyMap<string, ApiVersion>,
): ApiVersion | undefined {
  if (stream !== undefined) return stream;
  for (const [account, apiVersion] of accounts) if (touches(transaction, account)) return apiVersion;
  return undefined;
}

interface Validated {
  readonly transaction: ValidatedTransaction;
  readonly closed: ValidatedLedger;
  readonly networkId: number;
  readonly apiVersion: ApiVersion;
}

function validatedMessage({ transaction, closed, networkId, apiVersion }: Validated): Result {
  return {
    ...messageHead(transaction, 'closed'),
    ledger_index: closed.index,
    ledger_hash: closed.hash,
    close_time_iso: isoTime(closed.closeTimeS),
    ctid: compactId(transaction, networkId),
    meta: transaction.metadata,
    ...messageBody(transaction, apiVersion, { date: toRippleTime(closed.closeTimeS) }),
  };
}

const messageHead = ({ metadata }: ValidatedTransaction, status: 'closed' | 'proposed'): Result => ({
  type: 'transaction',
  validated: status === 'closed',
  status,
  ...engineFieldsOf(metadata.TransactionResult),
});

const messageBody = ({ hash, transaction }: ValidatedTransaction, apiVersion: ApiVersion, date: Result): Result =>
  apiVersion === 1
    ? { transaction: { ...fieldsV1(transaction), hash, ...date } }
    : { tx_json: { ...fieldsV2(transaction), ...date }, hash };
