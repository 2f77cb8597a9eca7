/**
 * Methods that read accounts: their roots, what they own, whom they take deposits from.
 */
import { isValidClassicAddress } from 'ripple-address-codec';
import { type AccountRoot, accountFlag, hasFlag, printEntry } from '../entries.ts';
import { ownedBy } from '../owner-directory.ts';
import { accountIn } from '../state.ts';
import { acceptsDeposit } from '../transactors/deposit-authorization.ts';
import { ownedTypeParam } from './entry-types.ts';
import { type SelectedLedger, selectLedger } from './ledger-selection.ts';
import { addressParam, flagParam, limitParam } from './request.ts';
import { invalidField, missingField, rpcError } from './rpc-error.ts';
import type { Host, Request, Result } from './types.ts';

interface Found {
  readonly address: string;
  readonly account: AccountRoot;
  readonly selected: SelectedLedger;
}

/** The account a request names, in the ledger it means. Throws if it is not there. */
export function accountOf(host: Host, { params }: Request): Found {
  const address = addressParam(params, 'account');
  const selected = selectLedger(host.ledger, params);
  const account = accountIn(selected.state, address);
  if (account === undefined) throw rpcError('actNotFound', { account: address, ...selected.naming });
  return { address, account, selected };
}

export function accountInfo(host: Host, request: Request): Result {
  const { address, account, selected } = accountOf(host, request);
  const wantsQueue = flagParam(request, 'queue');
  if (wantsQueue && selected.closed !== undefined) throw rpcError('invalidParams');
  const lists = ownedBy(selected.state, address).filter(({ type }) => type === 'SignerList');
  const signerLists = flagParam(request, 'signer_lists') ? { signer_lists: lists.map(printEntry) } : {};
  return {
    account_data: { ...printEntry(account), ...(request.apiVersion === 1 && signerLists) },
    account_flags: Object.fromEntries(
      Object.entries(accountFlag).map(([name, bit]) => [name, hasFlag(account.flags, bit)]),
    ),
    ...(request.apiVersion > 1 && signerLists),
    ...(wantsQueue && { queue_data: { txn_count: 0 } }),
    ...selected.naming,
  };
}

export function accountObjects(host: Host, request: Request): Result {
  const { address, selected } = accountOf(host, request);
  const type = ownedTypeParam(request.params.type);
  const limit = limitParam(host, request.params, 'account_objects');
  // Everything an account can own here goes with it when it is deleted.
  const blockersOnly = flagParam(request, 'deletion_blockers_only');
  const objects = blockersOnly ? [] : ownedBy(selected.state, address);
  const wanted = objects.filter((entry) => type === undefined || entry.type === type).map(printEntry);
  return pageOf({ address, wanted, limit, marker: request.params.marker, naming: selected.naming });
}

interface Page {
  readonly address: string;
  readonly wanted: readonly Result[];
  readonly limit: number;
  readonly marker: unknown;
  readonly naming: Result;
}

/** The marker is the index of the first object of the next page. */
function pageOf({ address, wanted, limit, marker, naming }: Page): Result {
  const from = marker === undefined ? 0 : wanted.findIndex(({ index }) => index === marker);
  if (from < 0) throw invalidField('marker');
  const next = wanted[from + limit];
  return {
    account: address,
    account_objects: wanted.slice(from, from + limit),
    ...(next !== undefined && { limit, marker: next.index }),
    ...naming,
  };
}

export function depositAuthorized({ ledger }: Host, { params }: Request): Result {
  const source = partyOf(params.source_account, 'source_account', 'srcActMalformed');
  const destination = partyOf(params.destination_account, 'destination_account', 'dstActMalformed');
  const { state, naming } = selectLedger(ledger, params);
  if (accountIn(state, source) === undefined) throw rpcError('srcActNotFound');
  const receiver = accountIn(state, destination);
  if (receiver === undefined) throw rpcError('dstActNotFound');
  return {
    deposit_authorized: acceptsDeposit(state, receiver, source),
    source_account: source,
    destination_account: destination,
    ...naming,
  };
}

/** A classic address under `name`, with an error of its own. */
export function partyOf(value: unknown, name: string, malformed: 'srcActMalformed' | 'dstActMalformed'): string {
  if (value === undefined) throw missingField(name);
  if (typeof value !== 'string') throw invalidField(name);
  if (!isValidClassicAddress(value)) throw rpcError(malformed);
  return value;
}
