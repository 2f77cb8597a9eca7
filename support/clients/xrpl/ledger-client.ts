/**
 * What the suite asks of XRP Ledger servers: reads pinned to a validated ledger, payments of one account, and waiting for
 * validation by polling. When told to be patient it retries failed requests, at other servers too.
 *
 * The types are those of xrpl.js. Its client is not used, since it polls once a second and does not retry. Native XRP only;
 * amounts are drops as bigint.
 */
import type {
  AccountInfoResponse,
  AccountTxResponse,
  DepositAuthorizedResponse,
  FeeResponse,
  LedgerResponse,
  ServerInfoResponse,
  ServerStateResponse,
  SubmitResponse,
  TxResponse,
} from 'xrpl';
import { Remembered } from '../../units/remembered.ts';
import { Endpoints, TransientFailure, realPause } from '../endpoints.ts';
import { type Traffic, told } from '../traffic.ts';
import { LedgerServerError, LedgerSocket } from './ledger-socket.ts';

export interface LedgerPoint {
  readonly ledger: number;
  /** Unix seconds. */
  readonly closeTimeS: number;
}

/** A validated transaction that pays one account from another, as far as accounting needs it. */
export interface LedgerPayment {
  readonly hash: string;
  readonly ledger: number;
  readonly source: string;
  readonly destination: string;
  readonly tag?: number;
  readonly succeeded: boolean;
  readonly result: string;
  /** What the payment was meant to deliver: only a limit for one that may deliver less. */
  readonly amountDrops: bigint;
  /** What arrived; 0 when it failed. */
  readonly deliveredDrops: bigint;
  /** The fee its sender paid, whatever the result. */
  readonly feeDrops: bigint;
  /** Lower-case hex of each memo's data, without 0x; empty for a memo without. */
  readonly memos: readonly string[];
  /** What the protocol takes as the reference: the only memo, if it has 32 bytes; else empty. */
  readonly reference: string;
}

/** Why an account does not take a payment. */
export type AccountRefusal = 'refuses deposits' | 'requires a tag' | 'does not exist';

export interface ValidatedResult {
  readonly result: string;
  readonly ledger: number;
}

export type FoundTransaction =
  | ({ readonly kind: 'validated' } & ValidatedResult)
  | { readonly kind: 'open' }
  | { readonly kind: 'absent'; readonly searchedAll: boolean };

const DROPS_PER_XRP = 1_000_000;
const RIPPLE_EPOCH_S = 946_684_800;
/** lsfDepositAuth among an account's Flags. */
const DEPOSIT_AUTH_FLAG = 0x0100_0000;
/** lsfRequireDestTag. */
const REQUIRE_TAG_FLAG = 0x0002_0000;
const hasFlag = (flags: number, flag: number): boolean => Math.floor(flags / flag) % 2 === 1;

export interface LedgerClientOptions {
  /** Real milliseconds for opening a connection, and for each answer. */
  readonly timeoutMs?: number;
  /** Rounds over all servers; 1 unless said otherwise. */
  readonly tries?: number;
  /** True where the ledger only grows: then no server behind the newest validated ledger seen counts. */
  readonly neverBackward?: boolean;
  /** Told of each request. */
  readonly traffic?: Traffic;
}

const FIRST_PAUSE_MS = 100;
/** Errors of one server at one moment: limits, trouble, and ledgers it does not have yet. */
const PASSING = new Set([
  'slowDown',
  'tooBusy',
  'noNetwork',
  'amendmentBlocked',
  'noCurrent',
  'noClosed',
  'failedToForward',
  'internal',
  'lgrNotFound',
  'lgrIdxsInvalid',
  'lgrIdxMalformed',
  'invalidLgrRange',
]);

export class LedgerClient {
  readonly #options: LedgerClientOptions;
  readonly #endpoints: Endpoints;
  /** Opening or open; one for each server asked so far. */
  readonly #sockets = new Remembered<LedgerSocket>();
  #newestLedger = 0;

  constructor(webSocketUrls: string | readonly string[], options: LedgerClientOptions = {}) {
    this.#options = options;
    this.#endpoints = new Endpoints({
      service: 'ledger',
      urls: typeof webSocketUrls === 'string' ? [webSocketUrls] : webSocketUrls,
      tries: options.tries ?? 1,
      firstPauseMs: FIRST_PAUSE_MS,
      pause: realPause,
    });
  }

  /** Opens a connection; a lost one reopens by itself. Throws ServiceUnavailable. */
  async connect(): Promise<void> {
    await this.#endpoints.ask((url) => this.#socketTo(url));
  }

  async disconnect(): Promise<void> {
    this.#endpoints.close();
    const opened = await Promise.allSettled(this.#sockets.values());
    this.#sockets.clear();
    for (const socket of opened) if (socket.status === 'fulfilled') socket.value.close();
  }

  /** The newest validated ledger. */
  async head(): Promise<LedgerPoint> {
    return this.#endpoints.ask(async (url) => {
      const result = await this.#askAt<LedgerResponse>(url, 'ledger', { ledger_index: 'validated' });
      const { ledger_index: ledger } = result;
      if (this.#options.neverBackward && ledger < this.#newestLedger)
        throw new TransientFailure(`the server lags: it has ledger ${ledger}, ${this.#newestLedger} is validated`);
      this.#newestLedger = Math.max(ledger, this.#newestLedger);
      return { ledger, closeTimeS: result.ledger.close_time + RIPPLE_EPOCH_S };
    });
  }

  /** 0 mainnet, 1 testnet; undefined where the server does not say. */
  async networkId(): Promise<number | undefined> {
    return (await this.#ask<ServerInfoResponse>('server_info')).info.network_id;
  }

  /** Balance in drops at a validated ledger; 0 for an account that is not in it. */
  async balanceDrops(address: string, ledger: number): Promise<bigint> {
    return BigInt((await this.#accountAt(address, ledger))?.Balance ?? 0);
  }

  /** Sequence of the next transaction of an account, counting what the open ledger already holds. */
  async nextSequence(address: string): Promise<number> {
    const found = await this.#ask<AccountInfoResponse>('account_info', { account: address, ledger_index: 'current' });
    return found.account_data.Sequence;
  }

  /** Fee in drops that gets a transaction into the open ledger now. */
  async feeDrops(): Promise<bigint> {
    const { drops } = await this.#ask<FeeResponse>('fee');
    return BigInt(drops.open_ledger_fee);
  }

  /**
   * What an account must keep. A server that tells it neither in drops nor in XRP has no validated ledger at the moment, so
   * another one, or the same one later, is asked; it is never taken for nothing.
   */
  async baseReserveDrops(): Promise<bigint> {
    return this.#endpoints.ask(async (url) => {
      const { state } = await this.#askAt<ServerStateResponse>(url, 'server_state', {});
      const drops = state.validated_ledger?.reserve_base;
      if (drops !== undefined) return BigInt(drops);
      const { info } = await this.#askAt<ServerInfoResponse>(url, 'server_info', {});
      const xrp = info.validated_ledger?.reserve_base_xrp;
      if (xrp !== undefined) return BigInt(Math.round(xrp * DROPS_PER_XRP));
      throw new TransientFailure(
        'the server does not tell the base reserve: no reserve_base in server_state or server_info',
      );
    });
  }

  /**
   * The server's preliminary engine result, for example tesSUCCESS or terPRE_SEQ. The bytes may be submitted more than once
   * and still count once; then the last result may be tefPAST_SEQ for a transaction that is in.
   */
  async submit(blob: string): Promise<string> {
    return (await this.#ask<SubmitResponse>('submit', { tx_blob: blob })).engine_result;
  }

  /** Finds a transaction. That it is absent counts only when the server searched all ledgers of the range. */
  async find(hash: string, fromLedger: number, toLedger: number): Promise<FoundTransaction> {
    try {
      const range = { min_ledger: fromLedger, max_ledger: toLedger };
      const result = await this.#ask<TxResponse>('tx', { transaction: hash, ...range });
      if (result.validated !== true || typeof result.meta !== 'object' || result.ledger_index === undefined)
        return { kind: 'open' };
      return { kind: 'validated', result: result.meta.TransactionResult, ledger: result.ledger_index };
    } catch (error) {
      if (!isServerError(error, 'txnNotFound')) throw error;
      return { kind: 'absent', searchedAll: error.data['searched_all'] === true };
    }
  }

  /** A payment in a validated ledger; undefined for whatever else has this hash, or is not known. */
  async payment(hash: string): Promise<LedgerPayment | undefined> {
    try {
      const result = await this.#ask<TxResponse>('tx', { transaction: hash });
      return result.validated === true ? toPayment(result)[0] : undefined;
    } catch (error) {
      if (isServerError(error, 'txnNotFound')) return undefined;
      throw error;
    }
  }

  /** Sequence of an account's next transaction at a validated ledger; 0 for an account that is not in it. */
  async sequenceAt(address: string, ledger: number): Promise<number> {
    return (await this.#accountAt(address, ledger))?.Sequence ?? 0;
  }

  /** True for an account that takes only payments it authorised (lsfDepositAuth), at a validated ledger. */
  async refusesDeposits(address: string, ledger: number): Promise<boolean> {
    return hasFlag((await this.#accountAt(address, ledger))?.Flags ?? 0, DEPOSIT_AUTH_FLAG);
  }

  /**
   * Why an account could not take a payment from `source` that is in this ledger. A ledger is only known as it was closed, so
   * what was so after the ledger before counts too.
   */
  async refusals(source: string, address: string, ledger: number): Promise<AccountRefusal[]> {
    const found = await Promise.all([ledger - 1, ledger].map((at) => this.#refusalsAfter(source, address, at)));
    return [...new Set(found.flat())];
  }

  async #refusalsAfter(source: string, address: string, ledger: number): Promise<AccountRefusal[]> {
    const account = await this.#accountAt(address, ledger);
    if (account === undefined) return ['does not exist'];
    const parties = { source_account: source, destination_account: address, ledger_index: ledger };
    const { deposit_authorized: isAuthorized } = await this.#ask<DepositAuthorizedResponse>(
      'deposit_authorized',
      parties,
    );
    return [
      ...(isAuthorized ? [] : ['refuses deposits' as const]),
      ...(hasFlag(account.Flags, REQUIRE_TAG_FLAG) ? ['requires a tag' as const] : []),
    ];
  }

  /** When a validated ledger closed, Unix seconds. */
  async closeTimeS(ledger: number): Promise<number> {
    const { ledger: closed } = await this.#ask<LedgerResponse>('ledger', { ledger_index: ledger });
    return closed.close_time + RIPPLE_EPOCH_S;
  }

  /** Payments that touched an account in validated ledgers `fromLedger` to `toLedger`, oldest first. */
  async payments(address: string, fromLedger: number, toLedger: number): Promise<LedgerPayment[]> {
    return (await this.#entries(address, fromLedger, toLedger)).flatMap(toPayment);
  }

  async #entries(address: string, fromLedger: number, toLedger: number): Promise<TransactionEntry[]> {
    if (fromLedger > toLedger) return [];
    const found: TransactionEntry[] = [];
    let marker: unknown;
    do {
      const page = await this.#accountTransactions(address, fromLedger, toLedger, marker);
      found.push(...page.transactions);
      ({ marker } = page);
    } while (marker !== undefined);
    return found;
  }

  /** Hashes of everything that an account has sent in these validated ledgers, whatever it was and became. */
  async sentBy(address: string, fromLedger: number, toLedger: number): Promise<string[]> {
    const entries = await this.#entries(address, fromLedger, toLedger);
    return entries.flatMap(({ hash, tx_json: sent = {} }) =>
      hash !== undefined && 'Account' in sent && sent.Account === address ? [hash] : [],
    );
  }

  async #accountAt(account: string, ledger: number) {
    try {
      return (await this.#ask<AccountInfoResponse>('account_info', { account, ledger_index: ledger })).account_data;
    } catch (error) {
      if (isServerError(error, 'actNotFound')) return;
      throw error;
    }
  }

  async #accountTransactions(account: string, fromLedger: number, toLedger: number, marker: unknown) {
    const range = { ledger_index_min: fromLedger, ledger_index_max: toLedger };
    return this.#endpoints.ask(async (url) => {
      const page = await this.#askAt<AccountTxResponse>(url, 'account_tx', {
        account,
        ...range,
        forward: true,
        ...(marker === undefined ? {} : { marker }),
      });
      // A server that is behind, or has pruned its history, silently cuts the range short.
      if (page.ledger_index_max < toLedger || page.ledger_index_min > fromLedger)
        throw new TransientFailure(`the server has ledgers ${page.ledger_index_min} to ${page.ledger_index_max} only`);
      return page;
    });
  }

  #ask<R extends { result: unknown }>(command: string, parameters: object = {}): Promise<R['result']> {
    return this.#endpoints.ask((url) => this.#askAt<R>(url, command, parameters));
  }

  async #askAt<R extends { result: unknown }>(url: string, command: string, parameters: object): Promise<R['result']> {
    const socket = await this.#socketTo(url);
    try {
      const calls = [{ method: command, params: parameters }];
      return await told(this.#options.traffic, { service: 'ledger', calls }, () =>
        socket.request<R['result']>(command, parameters),
      );
    } catch (error) {
      const { tries = 1 } = this.#options;
      if (tries === 1 || !(error instanceof LedgerServerError) || !PASSING.has(error.code)) throw error;
      throw new TransientFailure(error.message, { cause: error });
    }
  }

  /** The open connection to a server; a lost one is made anew. */
  async #socketTo(url: string): Promise<LedgerSocket> {
    const { timeoutMs = 10_000 } = this.#options;
    const open = () => LedgerSocket.open(url, timeoutMs);
    const known = this.#sockets.of(url, open);
    const socket = await known;
    if (socket.isOpen) return socket;
    // The first caller replaces it; the others use the new one.
    this.#sockets.forget(url, known);
    return this.#sockets.of(url, open);
  }
}

const isServerError = (error: unknown, code: string): error is LedgerServerError =>
  error instanceof LedgerServerError && error.code === code;

interface TransactionEntry {
  hash?: string;
  ledger_index?: number;
  tx_json?: object;
  meta?: unknown;
}

interface PayingTransaction {
  readonly TransactionType: string;
  readonly Account: string;
  readonly Destination: string;
  readonly DestinationTag?: number;
  readonly Fee: string;
  readonly DeliverMax?: unknown;
  readonly Memos?: unknown;
}

/** Payments, and accounts that end and leave what they have to another. */
function toPayment(entry: TransactionEntry): LedgerPayment[] {
  const transaction = entry.tx_json as PayingTransaction | undefined;
  if (transaction?.TransactionType !== 'Payment' && transaction?.TransactionType !== 'AccountDelete') return [];
  const { TransactionResult: result, delivered_amount: told } = entry.meta as {
    TransactionResult: string;
    delivered_amount?: unknown;
  };
  const succeeded = result === 'tesSUCCESS';
  // Servers that are older than partial payments leave it out, and then everything arrived.
  const delivered = succeeded ? (told ?? transaction.DeliverMax) : '0';
  const meant = transaction.DeliverMax ?? delivered;
  if (typeof delivered !== 'string' || typeof meant !== 'string' || !isWhole(delivered) || !isWhole(meant)) return [];
  const memos = memoData(transaction.Memos);
  return [
    {
      hash: entry.hash ?? '',
      ledger: entry.ledger_index ?? 0,
      source: transaction.Account,
      destination: transaction.Destination,
      ...(transaction.DestinationTag !== undefined && { tag: transaction.DestinationTag }),
      succeeded,
      result,
      amountDrops: BigInt(meant),
      deliveredDrops: BigInt(delivered),
      feeDrops: BigInt(transaction.Fee),
      memos,
      reference: memos.length === 1 && memos[0]?.length === REFERENCE_DIGITS ? memos[0] : '',
    },
  ];
}

const REFERENCE_DIGITS = 64;
const isWhole = (text: string): boolean => /^\d+$/.test(text);

const memoData = (memos: unknown): string[] =>
  ((memos ?? []) as { Memo?: { MemoData?: string } }[]).map(({ Memo }) => Memo?.MemoData?.toLowerCase() ?? '');
