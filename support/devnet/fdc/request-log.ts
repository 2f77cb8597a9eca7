/**
 * Reads the attestation requests that FdcHub has emitted since the last look, with the time of their block.
 *
 * One eth_blockNumber when nothing happened, and not even that where someone else knows so. Judges no request.
 */
import { Interface } from 'ethers';
import type { JsonRpc } from '../../clients/flare/json-rpc.ts';
import type { Hex } from './attestation-types.ts';

const fdcHub = new Interface(['event AttestationRequest(bytes data, uint256 fee)']);
const REQUEST_TOPIC = fdcHub.getEvent('AttestationRequest')?.topicHash;

export interface LoggedRequest {
  readonly requestHex: Hex;
  readonly blockTimestampS: number;
}

/** Something that grows whenever the chain may have new blocks. */
export interface ChainActivity {
  version(): number;
}

interface RpcLog {
  readonly blockNumber: Hex;
  readonly topics: string[];
  readonly data: string;
}

export class RequestLog {
  readonly #rpc: JsonRpc;
  readonly #fdcHub: string;
  readonly #activity: ChainActivity | undefined;
  #lastBlock = -1;
  #seenVersion: number | undefined;

  constructor(rpc: JsonRpc, fdcHub: string, activity?: ChainActivity) {
    this.#rpc = rpc;
    this.#fdcHub = fdcHub;
    this.#activity = activity;
  }

  /** Last block looked at. */
  get lastBlock(): number {
    return this.#lastBlock;
  }

  /** The chain was put back: what comes after this block is looked at again. */
  putBack(lastBlock: number): void {
    this.#lastBlock = lastBlock;
    this.#seenVersion = undefined;
  }

  /** Requests of the blocks after the last look, in log order. */
  async next(): Promise<LoggedRequest[]> {
    const version = this.#activity?.version();
    if (version !== undefined && version === this.#seenVersion) return [];
    const requests = await this.#read();
    this.#seenVersion = version;
    return requests;
  }

  async #read(): Promise<LoggedRequest[]> {
    const head = Number(await this.#rpc.call<Hex>('eth_blockNumber'));
    if (head < this.#lastBlock) {
      throw new Error(
        `the chain was put back to block ${head}, but the FDC rounds were not (block ${this.#lastBlock})`,
      );
    }
    if (head === this.#lastBlock) return [];
    const filter = {
      address: this.#fdcHub,
      topics: [REQUEST_TOPIC],
      fromBlock: `0x${(this.#lastBlock + 1).toString(16)}`,
      toBlock: `0x${head.toString(16)}`,
    };
    const logs = await this.#rpc.call<RpcLog[]>('eth_getLogs', [filter]);
    const timestamps = await this.#timestamps(new Set(logs.map((log) => log.blockNumber)));
    this.#lastBlock = head;
    return logs.map((log) => ({
      requestHex: String(fdcHub.parseLog(log)?.args['data']).toLowerCase(),
      blockTimestampS: timestamps.get(log.blockNumber) ?? 0,
    }));
  }

  async #timestamps(blocks: ReadonlySet<Hex>): Promise<ReadonlyMap<Hex, number>> {
    const calls = [...blocks].map((block) => ({ method: 'eth_getBlockByNumber', params: [block, false] }));
    const headers = await this.#rpc.batch<{ number: Hex; timestamp: Hex }[]>(calls);
    return new Map(headers.map(({ number, timestamp }) => [number, Number(timestamp)]));
  }
}
