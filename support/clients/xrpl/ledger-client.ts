/**
 * What the suite asks of an XRP Ledger server, on top of xrpl.js: reads pinned to a validated ledger, payments of one
 * account, and waiting for validation by looking, never through the library's one-second loop.
 *
 * Native XRP only. Amounts are drops as bigint.
 */
import { Client, RippledError } from 'xrpl';

export interface LedgerPoint {
  readonly ledger: number;
  /** Unix seconds. */
  readonly closeTimeS: number;
}

/** A validated payment, as far as accounting needs it. */
export interface LedgerPayment {
  readonly hash: string;
  readonly ledger: number;
  readonly source: string;
  readonly destination: string;
  readonly succeeded: boolean;
  readonly result: string;
  /** What the payment was meant to deliver. */
  readonly amountDrops: bigint;
  /** Lower-case hex of the first memo's data, without 0x; empty without one. */
  readonly memo: string;
}

export interface ValidatedResult {
  readonly result: string;
  readonly ledger: number;
}

const RIPPLE_EPOCH_S = 946_684_800;

export class LedgerClient {
  readonly #client: Client;

  constructor(webSocketUrl: string) {
    this.#client = new Client(webSocketUrl);
  }

  async connect(): Promise<void> {
    await this.#client.connect();
  }

  async disconnect(): Promise<void> {
    await this.#client.disconnect();
  }

  /** The newest validated ledger. */
  async head(): Promise<LedgerPoint> {
    const { result } = await this.#client.request({ command: 'ledger', ledger_index: 'validated' });
    return { ledger: result.ledger_index, closeTimeS: result.ledger.close_time + RIPPLE_EPOCH_S };
  }

  /** Balance in drops at a validated ledger; 0 for an account that is not in it. */
  async balanceDrops(address: string, ledger: number): Promise<bigint> {
    try {
      const { result } = await this.#client.request({
        command: 'account_info',
        account: address,
        ledger_index: ledger,
      });
      return BigInt(result.account_data.Balance);
    } catch (error) {
      if (isServerError(error, 'actNotFound')) return 0n;
      throw error;
    }
  }

  /** Sequence of the next transaction of an account, counting what the open ledger already holds. */
  async nextSequence(address: string): Promise<number> {
    const { result } = await this.#client.request({
      command: 'account_info',
      account: address,
      ledger_index: 'current',
    });
    return result.account_data.Sequence;
  }

  /** Fee in drops that gets a transaction into the open ledger now, and the base reserve in drops. */
  async feeDrops(): Promise<bigint> {
    const { result } = await this.#client.request({ command: 'fee' });
    return BigInt(result.drops.open_ledger_fee);
  }

  async baseReserveDrops(): Promise<bigint> {
    const { result } = await this.#client.request({ command: 'server_state' });
    return BigInt(result.state.validated_ledger?.reserve_base ?? 0);
  }

  /** The server's preliminary engine result, for example tesSUCCESS or terPRE_SEQ. */
  async submit(blob: string): Promise<string> {
    const { result } = await this.#client.request({ command: 'submit', tx_blob: blob });
    return result.engine_result;
  }

  /** The final result of a transaction, or undefined while it is in no validated ledger. */
  async validatedResult(hash: string): Promise<ValidatedResult | undefined> {
    try {
      const { result } = await this.#client.request({ command: 'tx', transaction: hash });
      if (result.validated !== true || typeof result.meta !== 'object' || result.ledger_index === undefined) return;
      return { result: result.meta.TransactionResult, ledger: result.ledger_index };
    } catch (error) {
      if (isServerError(error, 'txnNotFound')) return;
      throw error;
    }
  }

  /** Payments that touched an account in validated ledgers `fromLedger` to `toLedger`, oldest first. */
  async payments(address: string, fromLedger: number, toLedger: number): Promise<LedgerPayment[]> {
    if (fromLedger > toLedger) return [];
    const found: LedgerPayment[] = [];
    let marker: unknown;
    do {
      const page = await this.#accountTransactions(address, fromLedger, toLedger, marker);
      found.push(...page.transactions.flatMap(toPayment));
      ({ marker } = page);
    } while (marker !== undefined);
    return found;
  }

  async #accountTransactions(account: string, fromLedger: number, toLedger: number, marker: unknown) {
    const { result } = await this.#client.request({
      command: 'account_tx',
      account,
      ledger_index_min: fromLedger,
      ledger_index_max: toLedger,
      forward: true,
      ...(marker === undefined ? {} : { marker }),
    });
    return result;
  }
}

function isServerError(error: unknown, name: string): boolean {
  return error instanceof RippledError && (error.data as { error?: string } | undefined)?.error === name;
}

interface TransactionEntry {
  hash?: string;
  ledger_index?: number;
  tx_json?: object;
  meta?: unknown;
}

function toPayment(entry: TransactionEntry): LedgerPayment[] {
  const transaction = entry.tx_json as
    | { TransactionType: string; Account: string; Destination: string; DeliverMax?: unknown; Memos?: unknown }
    | undefined;
  if (transaction?.TransactionType !== 'Payment' || typeof transaction.DeliverMax !== 'string') return [];
  const { TransactionResult: result } = entry.meta as { TransactionResult: string };
  return [
    {
      hash: entry.hash ?? '',
      ledger: entry.ledger_index ?? 0,
      source: transaction.Account,
      destination: transaction.Destination,
      succeeded: result === 'tesSUCCESS',
      result,
      amountDrops: BigInt(transaction.DeliverMax),
      memo: firstMemo(transaction.Memos),
    },
  ];
}

function firstMemo(memos: unknown): string {
  const [first] = (memos ?? []) as { Memo?: { MemoData?: string } }[];
  return first?.Memo?.MemoData?.toLowerCase() ?? '';
}
