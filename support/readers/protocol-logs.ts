/** The logs of the protocol's contracts between two blocks, decoded, in order. Their meaning is left to others. */
import type { Interface, LogDescription } from 'ethers';
import type { ProtocolContracts } from '../clients/flare/contracts.ts';
import {
  assetManagerInterface,
  erc20Interface,
  poolInterface,
  poolTokenInterface,
} from '../clients/flare/interfaces.ts';
import type { JsonRpc } from '../clients/flare/json-rpc.ts';
import { readLogs } from '../clients/flare/logs.ts';
import { Remembered } from '../units/remembered.ts';
import type { Informer } from './informer.ts';

/** A log that one of the known contracts emitted. */
export interface ProtocolEvent {
  readonly event: LogDescription;
  /** Vault of the pool that emitted it; undefined for the asset manager's and the FAsset's. */
  readonly vault: string | undefined;
  /** The contract's address, lower-case. */
  readonly emitter: string;
  readonly hash: string;
  /** Time of its block, Unix seconds; 0 where the node does not give it with the log. */
  readonly atS: bigint;
  readonly block: number;
  readonly blockHash: string;
}

interface Source {
  readonly contract: Interface;
  readonly vault: string | undefined;
}

/** What was read since it was begun, in order: of every block after `from` up to `upTo`. */
interface Feed {
  from: number;
  /** Undefined until somebody asks. */
  upTo: number | undefined;
  events: ProtocolEvent[];
  /** Over when nobody reads. */
  turn: Promise<void>;
}

const emptyFeed = (): Feed => ({ from: 0, upTo: undefined, events: [], turn: Promise.resolve() });
/** Further back nobody but a user who has waited very long looks, and the chain tells them again. */
const MOST_EVENTS = 10_000;

export class ProtocolLogs {
  readonly #rpc: JsonRpc;
  readonly #contracts: ProtocolContracts;
  readonly #informer: Informer;
  readonly #sources = new Remembered<ReadonlyMap<string, Source>>();
  #feed = emptyFeed();

  constructor(rpc: JsonRpc, contracts: ProtocolContracts, informer: Informer) {
    this.#rpc = rpc;
    this.#contracts = contracts;
    this.#informer = informer;
  }

  /** Events of the asset manager, the FAsset, pools and pool tokens from `fromBlock` to `toBlock`, both included. */
  async between(fromBlock: number, toBlock: number): Promise<ProtocolEvent[]> {
    if (fromBlock > toBlock) return [];
    const feed = this.#feed;
    if (feed.upTo === undefined) feed.upTo = feed.from = fromBlock - 1;
    if (fromBlock <= feed.from) return this.#read(fromBlock, toBlock);
    await this.#follow(feed, toBlock);
    const { events } = feed;
    const first = events.findLastIndex(({ block }) => block < fromBlock) + 1;
    const last = events.findLastIndex(({ block }) => block <= toBlock);
    return events.slice(first, last + 1);
  }

  /** Call after the chain was put back. */
  forget(): void {
    this.#feed = emptyFeed();
  }

  /** Reads on up to this block; one after the other, so that each log is read once. */
  async #follow(feed: Feed, toBlock: number): Promise<void> {
    const before = feed.turn;
    let over = () => {};
    feed.turn = new Promise((resolve) => (over = resolve));
    try {
      await before;
      const { upTo = 0 } = feed;
      if (toBlock <= upTo) return;
      feed.events.push(...(await this.#read(upTo + 1, toBlock)));
      feed.upTo = toBlock;
      const spare = feed.events.length - MOST_EVENTS;
      if (spare <= 0) return;
      // All of a block, or a part of it would pass for the whole.
      feed.from = feed.events[spare]?.block ?? toBlock;
      feed.events = feed.events.filter(({ block }) => block > feed.from);
    } finally {
      over();
    }
  }

  async #read(fromBlock: number, toBlock: number): Promise<ProtocolEvent[]> {
    const sources = await this.#sources.of('all', () => this.#findSources());
    const logs = await readLogs(this.#rpc, { address: [...sources.keys()] }, fromBlock, toBlock);
    return logs.flatMap((log) => {
      const source = sources.get(log.address.toLowerCase());
      const event = source?.contract.parseLog(log);
      if (source === undefined || !event) return [];
      return [
        {
          event,
          vault: source.vault,
          emitter: log.address.toLowerCase(),
          hash: log.transactionHash,
          atS: BigInt(log.blockTimestamp ?? 0),
          block: Number(log.blockNumber),
          blockHash: log.blockHash,
        },
      ];
    });
  }

  async #findSources(): Promise<ReadonlyMap<string, Source>> {
    const pools = await this.#informer.pools();
    return new Map<string, Source>([
      [this.#contracts.assetManager.toLowerCase(), { contract: assetManagerInterface, vault: undefined }],
      [this.#contracts.fAsset.toLowerCase(), { contract: erc20Interface, vault: undefined }],
      ...pools.flatMap(({ vault, pool, poolToken }): [string, Source][] => [
        [pool.toLowerCase(), { contract: poolInterface, vault }],
        [poolToken.toLowerCase(), { contract: poolTokenInterface, vault }],
      ]),
    ]);
  }
}
