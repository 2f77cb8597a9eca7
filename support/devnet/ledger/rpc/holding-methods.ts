/**
 * Methods that list what accounts hold or offer besides XRP. There is none of it here, so they answer as a real server
 * does for accounts that own nothing of the kind.
 */
import { decodeNodePublic, isValidClassicAddress } from 'ripple-address-codec';
import { accountFlag, hasFlag } from '../entries.ts';
import type { ValidatedLedger } from '../history.ts';
import { toRippleTime } from '../time.ts';
import { accountIn } from '../state.ts';
import { accountOf, partyOf } from './account-methods.ts';
import { selectLedger } from './ledger-selection.ts';
import { addressParam, flagParam, limitParam, pageLimits } from './request.ts';
import { invalidField, missingField, rpcError } from './rpc-error.ts';
import type { Host, Method, Params, Request, Result } from './types.ts';

/** A method that prints an empty list; its limits and the other party it may name are checked all the same. */
const emptyList =
  (list: string, limits: keyof typeof pageLimits, party?: string): Method =>
  (host, request) => {
    const { params } = request;
    if (party !== undefined && params[party] !== undefined) addressParam(params, party);
    limitParam(host, params, limits);
    const { address, selected } = accountOf(host, request);
    // A marker names an entry of the list, and there is none.
    if (params.marker !== undefined) throw invalidField('marker');
    return { account: address, [list]: [], ...selected.naming };
  };

export const accountChannels = emptyList('channels', 'account_channels', 'destination_account');
export const accountLines = emptyList('lines', 'account_lines', 'peer');
export const accountNfts = emptyList('account_nfts', 'account_nfts');
export const accountOffers = emptyList('offers', 'account_offers');

export function accountCurrencies(host: Host, request: Request): Result {
  const { selected } = accountOf(host, request);
  return { receive_currencies: [], send_currencies: [], ...selected.naming };
}

export function gatewayBalances(host: Host, request: Request): Result {
  const { address, selected } = accountOf(host, request);
  const { hotwallet } = request.params;
  const wallets = Array.isArray(hotwallet) ? hotwallet : [hotwallet].filter((wallet) => wallet !== undefined);
  if (!wallets.every((wallet) => typeof wallet === 'string' && isValidClassicAddress(wallet))) {
    throw rpcError('invalidHotWallet');
  }
  return { account: address, ...selected.naming };
}

const advice = {
  gateway: 'You should immediately set your default ripple flag',
  user: 'You appear to have set your default ripple flag even though you are not a gateway. This is not recommended unless you are experimenting',
};

export function noRippleCheck(host: Host, request: Request): Result {
  const { params } = request;
  const { role } = params;
  if (role === undefined) throw missingField('role');
  if (role !== 'gateway' && role !== 'user') throw invalidField('role');
  limitParam(host, params, 'noripple_check');
  const wantsTransactions = flagParam(request, 'transactions');
  const { address, account, selected } = accountOf(host, request);
  const isRippling = hasFlag(account.flags, accountFlag.defaultRipple);
  const isWrong = (role === 'gateway') !== isRippling;
  const remedy = {
    Account: address,
    Fee: Number(host.ledger.openLedgerFeeDrops()),
    Sequence: account.sequence,
    SetFlag: 8,
    TransactionType: 'AccountSet',
  };
  return {
    problems: isWrong ? [advice[role]] : [],
    ...(wantsTransactions && { transactions: isWrong && role === 'gateway' ? [remedy] : [] }),
    ...selected.naming,
  };
}

type Side = 'taker_pays' | 'taker_gets';

/** One side of an order book: XRP, or a currency with its issuer. */
function sideOf(params: Params, side: Side): string {
  const value = params[side];
  if (value === undefined) throw missingField(side);
  if (typeof value !== 'object' || value === null) {
    throw rpcError('invalidParams', { error_message: `Invalid field '${side}', not object.` });
  }
  const { currency, issuer }: Params = { ...value };
  if (currency === undefined) throw missingField(`${side}.currency`);
  if (typeof currency !== 'string') throw invalidField(`${side}.currency`);
  const errors =
    side === 'taker_pays'
      ? (['srcCurMalformed', 'srcIsrMalformed'] as const)
      : (['dstAmtMalformed', 'dstIsrMalformed'] as const);
  if (!/^(?:[\x21-\x7e]{3}|[0-9a-fA-F]{40})$/.test(currency)) throw rpcError(errors[0]);
  const isIssued = typeof issuer === 'string' && isValidClassicAddress(issuer);
  if (currency === 'XRP' ? issuer !== undefined : !isIssued) throw rpcError(errors[1]);
  return `${currency}/${String(issuer)}`;
}

export function bookOffers(host: Host, { params }: Request): Result {
  const { naming } = selectLedger(host.ledger, params);
  const [pays, gets] = [sideOf(params, 'taker_pays'), sideOf(params, 'taker_gets')];
  if (params.taker !== undefined) addressParam(params, 'taker');
  if (pays === gets) throw rpcError('badMarket');
  limitParam(host, params, 'book_offers');
  return { offers: [], ...naming };
}

/** Nobody trades, so no price ever changes. */
export const bookChangesOf = ({ index, hash, closeTimeS }: ValidatedLedger): Result => ({
  type: 'bookChanges',
  ledger_index: index,
  ledger_hash: hash,
  ledger_time: toRippleTime(closeTimeS),
  changes: [],
  validated: true,
});

export function bookChanges({ ledger }: Host, { params }: Request): Result {
  const { closed } = selectLedger(ledger, { ledger_index: 'validated', ...params });
  if (closed === undefined) throw rpcError('lgrNotValidated');
  return bookChangesOf(closed.ledger);
}

/** XRP needs no path and nothing else has one. */
export function ripplePathFind({ ledger }: Host, { params }: Request): Result {
  const source = partyOf(params.source_account, 'source_account', 'srcActMalformed');
  const destination = partyOf(params.destination_account, 'destination_account', 'dstActMalformed');
  const { destination_amount: amount, id } = params;
  if (amount === undefined) throw missingField('destination_amount');
  const { state, naming } = selectLedger(ledger, params);
  if (accountIn(state, source) === undefined) throw rpcError('srcActNotFound');
  if (accountIn(state, destination) === undefined) throw rpcError('dstActNotFound');
  return {
    alternatives: [],
    destination_account: destination,
    destination_amount: amount,
    destination_currencies: ['XRP'],
    full_reply: true,
    ...(id !== undefined && { id }),
    source_account: source,
    ...naming,
  };
}

/** No validator has ever sent this server its manifest. */
export function manifest(_host: Host, { params }: Request): Result {
  const { public_key: requested } = params;
  if (requested === undefined) throw missingField('public_key');
  if (typeof requested !== 'string' || !isNodePublicKey(requested)) throw rpcError('invalidParams', { requested });
  return { requested };
}

function isNodePublicKey(text: string): boolean {
  try {
    return decodeNodePublic(text).length === 33;
  } catch {
    // The codec's way of saying no.
    return false;
  }
}
