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

export class ProtocolLogs {
  readonly #rpc: JsonRpc;
  readonly #contracts: ProtocolContracts;
  readonly #informer: Informer;
  readonly #sources = new Remembered<ReadonlyMap<string, Source>>();

  constructor(rpc: JsonRpc, contracts: ProtocolContracts, informer: Informer) {
    this.#rpc = rpc;
    this.#contracts = contracts;
    this.#informer = informer;
  }

  /** Events of the asset manager, the FAsset, pools and pool tokens from `fromBlock` to `toBlock`, both included. */
  async between(fromBlock: number, toBlock: number): Promise<ProtocolEvent[]> {
    if (fromBlock > toBlock) return [];
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
