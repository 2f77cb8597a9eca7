/**
 * readers: the market, what a user has, and what happened between two points, in the model's terms.
 * Imports units, files, model and clients. Every answer is pinned to one block and one validated ledger.
 * Never here: acting or judging.
 */
import { erc20Interface } from '../clients/flare/interfaces.ts';
import type { ProtocolContracts } from '../clients/flare/contracts.ts';
import { DEFAULT_GAS_LIMIT } from '../clients/flare/account.ts';
import { type FeeTerms, type GasFees, feesFor, readFees } from '../clients/flare/gas-fees.ts';
import type { JsonRpc } from '../clients/flare/json-rpc.ts';
import {
  type BlockHead,
  type Read,
  combineList,
  combineReads,
  combineRecord,
  expectReads,
  readAll,
  readBigint,
  readBlock,
  readHead,
  readNativeBalance,
} from '../clients/flare/reads.ts';
import type { LedgerClient, LedgerPoint } from '../clients/xrpl/ledger-client.ts';
import type { Market } from '../model/market.ts';
import type { PoolPosition } from '../model/pool-position.ts';
import type { Point, RecordId, UserState } from '../model/state.ts';
import { Remembered } from '../units/remembered.ts';
import {
  readAgent,
  readAgentInfo,
  readDirectMintingTerms,
  readMinimumRedeemAmount,
  readAgentVaults,
  readFeed,
  readQueue,
  readSettings,
  readUnderlyingClock,
} from './market-reads.ts';
import { feedSymbols, pricesOf, withCapacity } from './agent-terms.ts';
import { type PoolAddresses, readPoolPosition } from './pool-reads.ts';
import { readRecord } from './record-reads.ts';

/** One user's addresses on the two chains. */
export interface Who {
  readonly evmAddress: string;
  readonly ledgerAddress: string;
}

/** One redemption takes at most maxRedeemedTickets; read a few more, so that a settings change is seen, not guessed. */
const QUEUE_PAGE = 32;

/** What one block tells of the market. */
type ChainMarket = Omit<Market, 'point' | 'ledgerReserveDrops' | 'gasReserveWei'>;

const pointOf = ({ block, timeS }: BlockHead, { ledger, closeTimeS: ledgerTimeS }: LedgerPoint): Point => ({
  block,
  timeS,
  ledger,
  ledgerTimeS,
});

export class Informer {
  readonly #rpc: JsonRpc;
  readonly #ledger: LedgerClient;
  readonly #contracts: ProtocolContracts;
  readonly #fees: FeeTerms;
  readonly #pools = new Remembered<readonly PoolAddresses[]>();
  /** The newest that was seen. */
  #head: BlockHead | undefined;
  #reserve: { readonly ledger: number; readonly drops: bigint } | undefined;
  /** Of the newest block that was asked about. */
  #lastMarket: Market | undefined;
  /** Of the newest ledger that was asked about, by address. */
  #balances: { readonly ledger: number; readonly drops: Map<string, bigint> } = { ledger: -1, drops: new Map() };

  constructor(rpc: JsonRpc, ledger: LedgerClient, contracts: ProtocolContracts, fees: FeeTerms) {
    this.#rpc = rpc;
    this.#ledger = ledger;
    this.#contracts = contracts;
    this.#fees = fees;
  }

  /** The newest block and validated ledger. */
  async point(): Promise<Point> {
    const [head, ledger] = await Promise.all([readHead(this.#rpc), this.#ledger.head()]);
    this.#head = head;
    return pointOf(head, ledger);
  }

  /** The end of a block in the past, with the validated ledger that is the newest now. */
  async pointAt(block: number): Promise<Point> {
    const [head, ledger] = await Promise.all([readBlock(this.#rpc, block), this.#ledger.head()]);
    return pointOf(head, ledger);
  }

  /** The market at one block. */
  async market(at?: Point): Promise<Market> {
    const point = at ?? (await this.point());
    const last = this.#lastMarket;
    if (last?.point.block === point.block && last.point.ledger === point.ledger) return { ...last, point };
    const market = await this.#readMarket(point);
    if (point.block >= (this.#lastMarket?.point.block ?? 0)) this.#lastMarket = market;
    return market;
  }

  /** The market of this block will be asked for soon. */
  async expectMarket({ block }: Point): Promise<void> {
    expectReads(this.#rpc, block, { seen: await this.marketRead() });
  }

  /** Call after the network was put back. */
  forget(): void {
    this.#lastMarket = undefined;
    this.#head = undefined;
    this.#reserve = undefined;
    this.#balances = { ledger: -1, drops: new Map() };
  }

  /** In drops, of an account of the ledger, at a validated ledger. */
  async balanceDrops(address: string, ledger: number): Promise<bigint> {
    if (ledger > this.#balances.ledger) this.#balances = { ledger, drops: new Map() };
    const { drops, ledger: remembered } = this.#balances;
    if (ledger !== remembered) return this.#ledger.balanceDrops(address, ledger);
    const known = drops.get(address);
    if (known !== undefined) return known;
    const balanceDrops = await this.#ledger.balanceDrops(address, ledger);
    drops.set(address, balanceDrops);
    return balanceDrops;
  }

  async #readMarket(point: Point): Promise<Market> {
    const reading = readAll(this.#rpc, point.block, { seen: await this.marketRead() });
    const [{ seen }, ledgerReserveDrops, { maxFeePerGasWei }] = await Promise.all([
      reading,
      this.#reserveDrops(point.ledger),
      this.#feesAt(point.block),
    ]);
    return { ...seen, point, ledgerReserveDrops, gasReserveWei: DEFAULT_GAS_LIMIT * maxFeePerGasWei };
  }

  /** By the newest block: if it was the newest just now, nobody is asked. */
  async #feesAt(block: number): Promise<GasFees> {
    const { block: newest, baseFeeWei } = this.#head ?? {};
    return newest === block && baseFeeWei !== undefined
      ? feesFor(baseFeeWei, this.#fees)
      : readFees(this.#rpc, this.#fees);
  }

  /** What an account of the ledger must keep. */
  async #reserveDrops(ledger: number): Promise<bigint> {
    if (this.#reserve?.ledger !== ledger) this.#reserve = { ledger, drops: await this.#ledger.baseReserveDrops() };
    return this.#reserve.drops;
  }

  /** The market as one part of a larger batch. */
  async marketRead(): Promise<Read<ChainMarket>> {
    const { assetManager, priceReader, collateralTypes, features, mintingTags } = this.#contracts;
    const pools = await this.pools();
    return combineReads(
      {
        settings: readSettings(assetManager),
        queue: readQueue(assetManager, QUEUE_PAGE),
        underlying: readUnderlyingClock(assetManager),
        agents: combineList(pools.map((pool) => readAgent(assetManager, pool))),
        feeds: combineRecord(feedSymbols(this.#contracts), (symbol) =>
          readFeed(priceReader, symbol, features.redeemAmount),
        ),
        minimumRedeemAmountUba: combineList(features.redeemAmount ? [readMinimumRedeemAmount(assetManager)] : []),
        directMinting: combineList(
          mintingTags === undefined ? [] : [readDirectMintingTerms(assetManager, mintingTags)],
        ),
      },
      ({ settings: live, feeds, minimumRedeemAmountUba, directMinting, agents, ...seen }) => {
        const settings = {
          ...live,
          minimumRedeemAmountUba: minimumRedeemAmountUba[0],
          directMinting: directMinting[0]?.(live.granularityUba),
          defaultPoolPartRoundsUp: !features.redeemAmount,
          poolMinRatioBips: collateralTypes.find((type) => type.isPool)?.minCollateralRatioBips ?? 0n,
        };
        const { prices, trustedPrices } = pricesOf(this.#contracts, feeds, live);
        return {
          ...seen,
          ...prices,
          feeds: Object.fromEntries(Object.entries(feeds).map(([symbol, { ordinary }]) => [symbol, ordinary])),
          settings,
          agents: agents.map((agent) => withCapacity(agent, settings, this.#contracts, prices, trustedPrices)),
        };
      },
    );
  }

  /** What a user has, with the records named. */
  async userState(who: Who, tracked: readonly RecordId[], at?: Point): Promise<UserState> {
    const point = at ?? (await this.point());
    const { fAsset, wNat } = this.#contracts;
    const pools = await this.pools();
    const vaultTokens = [...new Set(pools.map((pool) => pool.vaultToken.toLowerCase()))];
    const balanceOf = (token: string) => readBigint(token, erc20Interface, 'balanceOf', [who.evmAddress]);
    const positions: Record<string, Read<PoolPosition>> = Object.fromEntries(
      pools.map((pool) => [pool.vault, readPoolPosition(pool, this.#contracts, who.evmAddress)]),
    );
    const [{ native, inTokens, vaultBalances, ...holdings }, xrp] = await Promise.all([
      readAll(this.#rpc, point.block, {
        native: readNativeBalance(who.evmAddress),
        inTokens: combineReads({ fAsset: balanceOf(fAsset), wNat: balanceOf(wNat) }, (balances) => balances),
        vaultBalances: combineRecord(vaultTokens, balanceOf),
        pools: combineReads(positions, (byVault) => byVault),
        records: combineRecord(tracked, (id) => readRecord(this.#contracts, id)),
      }),
      this.balanceDrops(who.ledgerAddress, point.ledger),
    ]);
    const inVaultTokens = Object.entries(vaultBalances).map(([token, amount]) => [`vault token ${token}`, amount]);
    return {
      point,
      balances: { xrp, native, ...inTokens, ...Object.fromEntries(inVaultTokens) },
      ...holdings,
    };
  }

  /** Every agent's pool. Found once: agents that come later are seen by the next run. */
  pools(): Promise<readonly PoolAddresses[]> {
    return this.#pools.of('all', () => this.#findPools());
  }

  async #findPools(): Promise<readonly PoolAddresses[]> {
    const { assetManager } = this.#contracts;
    const { vaults } = await readAll(this.#rpc, 'latest', { vaults: readAgentVaults(assetManager) });
    const agents = await readAll(
      this.#rpc,
      'latest',
      Object.fromEntries(vaults.map((vault) => [vault, readAgentInfo(assetManager, vault)])),
    );
    return Object.values(agents).map(({ vault, pool, poolToken, vaultToken, underlyingAddress }) => ({
      vault,
      pool,
      poolToken,
      vaultToken,
      underlyingAddress,
    }));
  }
}
