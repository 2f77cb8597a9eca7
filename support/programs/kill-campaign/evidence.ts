/**
 * Reads what both chains tell of a group of accounts since a moment: every transaction of theirs, what they hold, and what
 * became of their mintings and redemptions. It asks the chains, never the suite's books, and judges nothing.
 */
import { Client } from 'xrpl';
import { z } from 'zod';
import type { Who } from '../../readers/informer.ts';
import { readRecord, readReservationFee, readReservationTerms, readUnpaidRequest } from '../../readers/record-reads.ts';
import { assetManagerInterface, erc20Interface, poolInterface } from '../../clients/flare/interfaces.ts';
import { blockTagOf, combineList, readAll, readBigint, readNativeBalance } from '../../clients/flare/reads.ts';
import { type RpcReceipt, toReceipt } from '../../clients/flare/receipt.ts';
import type { Point } from '../../model/state.ts';
import type { TransactionFate } from '../../clients/journal.ts';
import type { World } from '../../network/world.ts';
import type { FeeMarket } from './fee-market.ts';
import type { ChainMove, DirectMinting, Evidence, Holdings, LedgerMove, Request, Reservation } from './verdict.ts';
import { mintingRecord, redemptionRecord } from '../../model/records.ts';

interface RpcTransaction {
  readonly hash: string;
  readonly from: string;
  readonly to: string | null;
  readonly value: string;
  readonly nonce: string;
}

/** One receipt's event of the protocol that concerns the group. */
interface OwnEvent {
  readonly name: string;
  readonly id: bigint;
  readonly amount: bigint;
  readonly sentWei: bigint;
}

/** What is read of an entry of account_tx. */
const entrySchema = z.object({
  hash: z.string(),
  tx_json: z.object({
    TransactionType: z.string(),
    Account: z.string(),
    Fee: z.string(),
    Destination: z.string().optional(),
    Memos: z.array(z.object({ Memo: z.object({ MemoData: z.string().optional() }) })).optional(),
  }),
  meta: z.object({ TransactionResult: z.string(), delivered_amount: z.string().optional() }),
});

const BLOCKS_AT_ONCE = 100;

export class EvidenceReader {
  readonly #world: World;
  readonly #group: readonly Who[];
  readonly #ownEvm: ReadonlySet<string>;
  readonly #ownLedger: ReadonlySet<string>;
  readonly #client: Client;
  readonly #opening: Holdings;
  #seen: Point;
  readonly #chain: ChainMove[] = [];
  readonly #events: OwnEvent[] = [];
  readonly #directMintings: DirectMinting[] = [];
  readonly #ledger = new Map<string, LedgerMove>();
  readonly #market: FeeMarket;
  readonly #fates = new Map<string, TransactionFate>();

  /** What the group holds now is the opening; nothing of theirs may be under way. */
  static async begin(world: World, group: readonly Who[], market: FeeMarket): Promise<EvidenceReader> {
    const client = new Client(world.record.ledger.webSocketUrls[0] ?? '');
    await client.connect();
    const point = await world.informer.point();
    return new EvidenceReader(world, group, client, point, await holdingsOf(world, group, point), market);
  }

  private constructor(
    world: World,
    group: readonly Who[],
    client: Client,
    point: Point,
    opening: Holdings,
    market: FeeMarket,
  ) {
    this.#market = market;
    this.#world = world;
    this.#group = group;
    this.#ownEvm = new Set(group.map(({ evmAddress }) => evmAddress.toLowerCase()));
    this.#ownLedger = new Set(group.map(({ ledgerAddress }) => ledgerAddress));
    this.#client = client;
    this.#seen = point;
    this.#opening = opening;
  }

  async close(): Promise<void> {
    await this.#client.disconnect();
  }

  /** What journals said of transactions; held against the chains, never trusted. */
  told(fates: ReadonlyMap<string, TransactionFate>): void {
    for (const [hash, fate] of fates) this.#fates.set(hash, fate);
  }

  /** Everything up to now. */
  async read(): Promise<Evidence> {
    const point = await this.#world.informer.point();
    await this.#readBlocks(this.#seen.block + 1, point.block);
    for (const { ledgerAddress } of this.#group) await this.#readLedger(ledgerAddress, point.ledger);
    this.#seen = point;
    const amountOf = (name: string): bigint =>
      this.#events.filter((event) => event.name === name).reduce((sum, { amount }) => sum + amount, 0n);
    return {
      isOwn: (address) => this.#ownLedger.has(address),
      opening: this.#opening,
      closing: await holdingsOf(this.#world, this.#group, point),
      ledger: [...this.#ledger.values()],
      chain: this.#chain,
      offers: this.#market.offers,
      fates: this.#fates,
      reservations: await this.#reservations(point.block),
      requests: await this.#requests(point.block),
      directMintings: this.#directMintings,
      directTerms: (await this.#world.informer.market(point)).settings.directMinting,
      poolExitsWei: amountOf('CPExited'),
      poolFeesUba: amountOf('CPFeesWithdrawn'),
    };
  }

  async #readBlocks(from: number, to: number): Promise<void> {
    for (let block = from; block <= to; block += BLOCKS_AT_ONCE) {
      const count = Math.min(BLOCKS_AT_ONCE, to - block + 1);
      const calls = Array.from({ length: count }, (_, index) => ({
        method: 'eth_getBlockByNumber',
        params: [blockTagOf(block + index), true],
      }));
      const blocks = await this.#world.rpc.batch<{ readonly transactions: readonly RpcTransaction[] }[]>(calls);
      const own = blocks.flatMap(({ transactions }) => transactions).filter(({ from: sender }) => this.#isOwn(sender));
      const receipts = await this.#world.rpc.batch<RpcReceipt[]>(
        own.map(({ hash }) => ({ method: 'eth_getTransactionReceipt', params: [hash] })),
      );
      own.forEach((transaction, index) => this.#take(transaction, receipts[index]));
    }
  }

  #take({ hash, from, to, value, nonce }: RpcTransaction, raw: RpcReceipt | undefined): void {
    if (raw === undefined) throw new Error(`${hash} is in a block and has no receipt`);
    const { succeeded, gasCostWei, logs } = toReceipt(raw);
    const valueWei = BigInt(value);
    const account = from.toLowerCase();
    this.#chain.push({
      hash,
      account,
      nonce: Number(nonce),
      succeeded,
      valueWei,
      gasWei: gasCostWei,
      isToGroup: this.#isOwn(to ?? ''),
    });
    for (const log of logs) {
      const event = assetManagerInterface.parseLog(log) ?? poolInterface.parseLog(log);
      if (event === null) continue;
      const { name, args } = event;
      const add = (id: bigint, amount: bigint) => this.#events.push({ name, id, amount, sentWei: valueWei });
      if (name === 'CollateralReserved') add(args['collateralReservationId'], 0n);
      if (name === 'RedemptionRequested') add(args['requestId'], 0n);
      const paid = () => String(args['transactionId']).slice(2).toUpperCase();
      if (name === 'DirectMintingExecuted')
        this.#directMintings.push({ hash: paid(), givenUba: args['mintedAmountUBA'] + args['executorFeeUBA'] });
      if (name === 'DirectMintingPaymentTooSmallForFee') this.#directMintings.push({ hash: paid(), givenUba: 0n });
      if (name === 'CPExited') add(0n, args['receivedNatWei']);
      if (name === 'CPFeesWithdrawn') add(0n, args['withdrawnFeesUBA']);
    }
  }

  async #readLedger(account: string, to: number): Promise<void> {
    if (to <= this.#seen.ledger) return;
    let marker: unknown;
    do {
      const { result } = await this.#client.request({
        command: 'account_tx',
        account,
        ledger_index_min: this.#seen.ledger + 1,
        ledger_index_max: to,
        forward: true,
        ...(marker === undefined ? {} : { marker }),
      });
      for (const entry of result.transactions) this.#takePayment(entrySchema.parse(entry));
      ({ marker } = result);
    } while (marker !== undefined);
  }

  #takePayment({ hash, tx_json: transaction, meta }: z.infer<typeof entrySchema>): void {
    const succeeded = meta.TransactionResult === 'tesSUCCESS';
    const isPayment = transaction.TransactionType === 'Payment';
    this.#ledger.set(hash, {
      hash,
      from: transaction.Account,
      to: transaction.Destination ?? '',
      succeeded,
      deliveredDrops: succeeded && isPayment ? BigInt(meta.delivered_amount ?? 0) : 0n,
      feeDrops: BigInt(transaction.Fee),
      reference: transaction.Memos?.[0]?.Memo.MemoData?.toLowerCase() ?? '',
    });
  }

  async #reservations(block: number): Promise<Reservation[]> {
    const { assetManager } = this.#world.contracts;
    const events = this.#events.filter(({ name }) => name === 'CollateralReserved');
    const { records, terms, fees } = await readAll(this.#world.rpc, block, {
      records: combineList(events.map(({ id }) => readRecord({ assetManager }, mintingRecord(id)))),
      terms: combineList(events.map(({ id }) => readReservationTerms(assetManager, id))),
      fees: combineList(events.map(({ id }) => readReservationFee(assetManager, id))),
    });
    return events.map(({ id, sentWei }, index) => ({
      id,
      status: records[index]?.['status'] ?? '',
      reference: terms[index]?.paymentReference ?? '',
      paymentAddress: terms[index]?.paymentAddress ?? '',
      valueUba: BigInt(records[index]?.['valueUba'] ?? 0),
      paymentUba: terms[index]?.paymentUba ?? 0n,
      sentWei,
      // What is beyond the fee comes back, unless an executor is named: then it is theirs, or burned.
      keptWei: records[index]?.['executor'] === undefined ? (fees[index]?.feeWei ?? 0n) : sentWei,
    }));
  }

  async #requests(block: number): Promise<Request[]> {
    const { assetManager } = this.#world.contracts;
    const events = this.#events.filter(({ name }) => name === 'RedemptionRequested');
    const { records, terms } = await readAll(this.#world.rpc, block, {
      records: combineList(events.map(({ id }) => readRecord({ assetManager }, redemptionRecord(id)))),
      terms: combineList(events.map(({ id }) => readUnpaidRequest(assetManager, id))),
    });
    return events.map(({ id }, index) => ({
      id,
      status: records[index]?.['status'] ?? '',
      reference: terms[index]?.paymentReference.replace(/^0x/, '').toLowerCase() ?? '',
      valueUba: BigInt(records[index]?.['valueUba'] ?? 0),
      paymentUba: terms[index]?.paymentUba ?? 0n,
    }));
  }

  #isOwn(address: string): boolean {
    return this.#ownEvm.has(address.toLowerCase());
  }
}

async function holdingsOf({ rpc, ledger, contracts }: World, group: readonly Who[], point: Point): Promise<Holdings> {
  const balanceOf = (address: string) => readBigint(contracts.fAsset, erc20Interface, 'balanceOf', [address]);
  const [{ native, fAssets }, drops] = await Promise.all([
    readAll(rpc, point.block, {
      native: combineList(group.map(({ evmAddress }) => readNativeBalance(evmAddress))),
      fAssets: combineList(group.map(({ evmAddress }) => balanceOf(evmAddress))),
    }),
    Promise.all(group.map(({ ledgerAddress }) => ledger.balanceDrops(ledgerAddress, point.ledger))),
  ]);
  const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);
  return { drops: sum(drops), wei: sum(native), fAssetUba: sum(fAssets) };
}
