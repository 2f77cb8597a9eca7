/**
 * Methods that read the entries of a ledger: one by what it is, or all of them page by page.
 */
import { encode } from 'ripple-binary-codec';
import { isValidClassicAddress } from 'ripple-address-codec';
import { type Entry, indexOf, printEntry, storedFields } from '../entries.ts';
import { accountRootIndex, depositPreauthIndex, ownerDirectoryIndex, sha512Half, ticketIndex } from '../hashing.ts';
import { entryTypeParam, entryTypes } from './entry-types.ts';
import { ledgerMethod } from './ledger-methods.ts';
import { selectLedger } from './ledger-selection.ts';
import { flagParam, integerParam } from './request.ts';
import { RpcError, rpcError } from './rpc-error.ts';
import type { Host, Params, Request, Result } from './types.ts';

const indexPattern = /^[0-9a-fA-F]{64}$/;

/** A selector that is wrong in form: `error` names what is malformed. */
const malformed = (error: string, name: string, wanted: string): RpcError =>
  rpcError('invalidParams', { error, error_message: `Invalid field '${name}', not ${wanted}.` });

function indexIn(value: unknown, name: string): string {
  if (typeof value !== 'string' || !indexPattern.test(value)) throw malformed('malformedRequest', name, 'hex string');
  return value.toUpperCase();
}

function addressIn(value: unknown, name: string, error = 'malformedAddress'): string {
  if (typeof value !== 'string' || !isValidClassicAddress(value)) throw malformed(error, name, 'AccountID');
  return value;
}

function numberIn(value: unknown, name: string): number {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 0 || number > 0xffffffff) {
    throw malformed('malformedRequest', name, 'number');
  }
  return number;
}

const isObject = (value: unknown): value is Params =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An index, or the fields from which it follows. */
const either =
  (fromFields: (fields: Params) => string) =>
  (value: unknown, name: string): string =>
    isObject(value) ? fromFields(value) : indexIn(value, name);

/** Fields of an entry that cannot exist here lead to an index where nothing is. */
const nowhere = either((fields) => sha512Half(Buffer.from(JSON.stringify(fields)).toString('hex')));

const selectors: Readonly<Record<string, { type?: string; index: (value: unknown, name: string) => string }>> = {
  ...Object.fromEntries(Object.entries(entryTypes).map(([name, type]) => [name, { type, index: nowhere }])),
  ripple_state: { type: 'RippleState', index: nowhere },
  index: { index: indexIn },
  account_root: { type: 'AccountRoot', index: (value, name) => accountRootIndex(addressIn(value, name)) },
  did: { type: 'DID', index: (value, name) => nowhere({ account: addressIn(value, name) }, name) },
  ticket: {
    type: 'Ticket',
    index: either(({ account, ticket_seq: sequence }) =>
      ticketIndex(addressIn(account, 'account'), numberIn(sequence, 'ticket_seq')),
    ),
  },
  deposit_preauth: {
    type: 'DepositPreauth',
    index: either(({ owner, authorized }) =>
      depositPreauthIndex(
        addressIn(owner, 'owner', 'malformedOwner'),
        addressIn(authorized, 'authorized', 'malformedAuthorized'),
      ),
    ),
  },
  directory: { type: 'DirectoryNode', index: either(directoryIndex) },
};

function directoryIndex({ owner, dir_root: root, sub_index: page = 0 }: Params): string {
  if ((owner === undefined) === (root === undefined)) {
    const error_message = 'Must have exactly one of `owner` and `dir_root` fields.';
    throw rpcError('invalidParams', { error: 'malformedRequest', error_message });
  }
  const number = numberIn(page, 'sub_index');
  if (owner !== undefined) return ownerDirectoryIndex(addressIn(owner, 'owner'), number);
  const rootIndex = indexIn(root, 'dir_root');
  return number === 0 ? rootIndex : sha512Half(`0064${rootIndex}${number.toString(16).padStart(16, '0')}`);
}

/** Finds an entry by `index` or by what makes up the index of its kind. */
export function ledgerEntry({ ledger }: Host, request: Request): Result {
  const { params, apiVersion } = request;
  const named = Object.entries(selectors).filter(([name]) => params[name] !== undefined);
  if (named.length > 1) throw rpcError('invalidParams', { error_message: 'Too many fields provided.' });
  const { state, naming } = selectLedger(ledger, params);
  const [selector] = named;
  if (selector === undefined) {
    if (apiVersion === 1) throw new RpcError({ error: 'unknownOption' });
    throw rpcError('invalidParams', { error_message: 'No ledger_entry params provided.' });
  }
  const [name, { type, index: indexFrom }] = selector;
  const index = indexFrom(params[name], name);
  const entry = state.get(index);
  if (entry === undefined) throw rpcError('entryNotFound', naming);
  if (type !== undefined && type !== entry.type) throw rpcError('unexpectedLedgerType', naming);
  const body = flagParam(request, 'binary')
    ? { node_binary: encode(storedFields(entry)) }
    : { node: printEntry(entry) };
  return { index, ...body, ...naming };
}

const pageLengths = { binary: 2048, json: 256 };

/** All entries of a ledger in the order of their indexes; the marker is the last index of the page before. */
export function ledgerData(host: Host, request: Request): Result {
  const { params } = request;
  const { state, naming } = selectLedger(host.ledger, params);
  const binary = flagParam(request, 'binary');
  const type = entryTypeParam(params.type);
  const limit = pageLength(host, integerParam(params, 'limit'), binary);
  const after = markerIn(params.marker);
  const indexes = [...state.keys()].filter((index) => index > after).toSorted();
  const page = indexes.slice(0, limit);
  const print = (entry: Entry): Result =>
    binary ? { data: encode(storedFields(entry)), index: indexOf(entry) } : printEntry(entry);
  const entries = page.map((index) => state.get(index)).filter((entry) => entry !== undefined);
  const isFirst = params.marker === undefined;
  return {
    ...(isFirst && { ledger: ledgerMethod(host, headerRequest(request)).ledger }),
    state: entries.filter((entry) => type === undefined || entry.type === type).map(print),
    ...(indexes.length > limit && { marker: page.at(-1) ?? after }),
    ...naming,
  };
}

/** The request for the header that goes before the first page. */
const headerRequest = (request: Request): Request => {
  const { ledger_hash: hash, ledger_index: index = 'current', binary } = request.params;
  return { ...request, params: { binary, ...(hash === undefined ? { ledger_index: index } : { ledger_hash: hash }) } };
};

function pageLength({ allowLedgerAccept: isAdmin }: Host, wanted: number | undefined, binary: boolean): number {
  const longest = binary ? pageLengths.binary : pageLengths.json;
  if (wanted === undefined || wanted < 0) return longest;
  return isAdmin ? wanted : Math.min(wanted, longest);
}

function markerIn(marker: unknown): string {
  if (marker === undefined) return '';
  if (typeof marker !== 'string' || !indexPattern.test(marker)) {
    throw rpcError('invalidParams', { error_message: "Invalid field 'marker', not valid." });
  }
  return marker.toUpperCase();
}
