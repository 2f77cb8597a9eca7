/**
 * Client of an FDC verifier: prepares attestation requests and reads the indexer.
 *
 * The prepared request is passed on as it comes; nothing is encoded or checked here.
 */
import { encodeBytes32String } from 'ethers';
import { z } from 'zod';
import { NotYetProvable, RequestRejected } from './errors.ts';
import { JsonService } from './json-service.ts';
import type { AttestationTypeName, Hex, RequestBodies } from './types.ts';
import type { Waiter } from '../../units/waiter.ts';

export interface VerifierClientOptions {
  /** Equivalent base URLs, for example https://fdc-verifiers-testnet.flare.network/verifier/xrp */
  readonly urls: readonly string[];
  readonly apiKey: string;
  /** Source as text: testXRP or XRP. */
  readonly sourceId: string;
  readonly waiter: Waiter;
  readonly timeoutMs?: number;
}

/** Statuses that may change with time. */
const RETRYABLE = new Set(['INVALID: TRANSACTION DOES NOT EXIST', 'INVALID: BLOCK DOES NOT EXIST']);

const prepared = z.object({ status: z.string(), abiEncodedRequest: z.string().startsWith('0x').optional() });
const blockRange = z.object({ first: z.number(), last: z.number(), tip: z.number() });
const block = z.object({
  blockNumber: z.number(),
  blockHash: z.string(),
  timestamp: z.number(),
  transactions: z.number(),
});
const transaction = z.object({
  transactionId: z.string(),
  blockNumber: z.number(),
  timestamp: z.number(),
  paymentReference: z.string().nullable(),
  isNativePayment: z.boolean(),
  response: z.unknown(),
});
const transactionPage = z.object({ items: z.array(transaction) });

/** Lowest and highest provable ledger, and the ledger's tip. */
export type BlockRange = z.infer<typeof blockRange>;
/** Timestamps are Unix seconds; hashes have no 0x and are in lower case. */
export type IndexedBlock = z.infer<typeof block>;
export type IndexedTransaction = z.infer<typeof transaction>;

export interface TransactionQuery {
  readonly from?: number;
  readonly to?: number;
  /** 0x-hex of 32 bytes in lower case. */
  readonly paymentReference?: Hex;
  readonly sourceAddress?: string;
  readonly destinationTag?: number;
  readonly firstMemoDataHash?: Hex;
}

export class VerifierClient {
  readonly #service: JsonService;
  readonly #sourceId: Hex;

  constructor({ apiKey, sourceId, ...rest }: VerifierClientOptions) {
    this.#service = new JsonService({ name: 'verifier', headers: { 'X-API-KEY': apiKey }, ...rest });
    this.#sourceId = encodeBytes32String(sourceId);
  }

  /** The request for FdcHub. Throws NotYetProvable, RequestRejected, ServiceRefused, ServiceUnavailable. */
  async prepareRequest<T extends AttestationTypeName>(type: T, body: RequestBodies[T]): Promise<Hex> {
    const answer = await this.#service.post(`/${type}/prepareRequest`, {
      attestationType: encodeBytes32String(type),
      sourceId: this.#sourceId,
      requestBody: wireBody(body),
    });
    const { status, abiEncodedRequest } = prepared.parse(answer);
    if (status === 'VALID' && abiEncodedRequest !== undefined) return abiEncodedRequest;
    if (RETRYABLE.has(status) || status.startsWith('INDETERMINATE')) throw new NotYetProvable(type, status);
    throw new RequestRejected(type, status);
  }

  async blockRange(): Promise<BlockRange> {
    return blockRange.parse(await this.#read('block-range'));
  }

  /** Highest provable ledger. */
  async blockHeightIndexed(): Promise<number> {
    return z.number().parse(await this.#read('block-height-indexed'));
  }

  /** Undefined while the ledger is not confirmed, and after it was pruned. */
  async confirmedBlockAt(index: number): Promise<IndexedBlock | undefined> {
    return block.optional().parse(await this.#read(`confirmed-block-at/${index}`));
  }

  /** Undefined while the transaction is not confirmed. The hash may have either case. */
  async transaction(hash: string): Promise<IndexedTransaction | undefined> {
    return transaction.optional().parse(await this.#read(`transaction/${hash}`));
  }

  /** The ledger that holds the transaction; undefined while it is not confirmed. */
  async transactionBlock(hash: string): Promise<IndexedBlock | undefined> {
    return block.optional().parse(await this.#read(`transaction-block/${hash}`));
  }

  /** All pages of a query, by ledger and hash. */
  async transactions(query: TransactionQuery): Promise<IndexedTransaction[]> {
    const all: IndexedTransaction[] = [];
    for (;;) {
      const parameters = new URLSearchParams({ offset: String(all.length) });
      for (const [name, value] of Object.entries(query)) parameters.set(name, String(value));
      const { items } = transactionPage.parse(await this.#read(`transaction?${parameters.toString()}`));
      if (items.length === 0) return all;
      all.push(...items);
    }
  }

  /** Data of an indexer endpoint; undefined when it says that there is none. */
  async #read(route: string): Promise<unknown> {
    const path = `/api/indexer/${route}`;
    const answer = indexerAnswer.parse(await this.#service.get(path));
    if (answer.status === 'OK') return answer.data;
    if (NOT_FOUND.has(answer.errorMessage)) return undefined;
    throw new Error(`${this.#service.url}${path}: ${answer.errorMessage}`);
  }
}

const NOT_FOUND = new Set(['Transaction not found', 'Block not found']);
const indexerAnswer = z.discriminatedUnion('status', [
  z.object({ status: z.literal('OK'), data: z.unknown() }),
  z.object({ status: z.literal('ERROR'), errorMessage: z.string() }),
]);

/** Integers travel as decimal strings. */
function wireBody(body: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'bigint' ? value.toString() : value,
    ]),
  );
}
