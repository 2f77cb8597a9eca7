/**
 * Keeps the chain's time equal to the clock's with few calls: only a transaction or the end of a move needs it.
 *
 * Services send through `ServiceRpc`, which sets the next block's timestamp before it sends. It also counts what may
 * have changed the chain, so that a service can leave it alone when nothing has.
 */
import type { JsonRpc, RpcCall } from '../../clients/flare/json-rpc.ts';
import { HANG_MS } from '../../units/hang.ts';
import type { Restorable, Restore } from '../clock.ts';
import { type Rehearsal, RehearsedRpc } from './rehearsed-chain.ts';

/** Something that grows whenever the chain may have new blocks. */
export interface ChainActivity {
  version(): number;
}

const SENDING = new Set(['eth_sendRawTransaction', 'eth_sendRawTransactionSync']);

/** The virtual time of one chain: its blocks carry the second that was last set. */
export class ChainTime implements ChainActivity, Restorable {
  readonly #rpc: JsonRpc;
  /** Timestamp that the next block will carry. */
  #nextS: number;
  /** Timestamp of the latest block, as far as known: others may have mined at `nextS` meanwhile, never later. */
  #minedS: number;
  #version = 0;

  constructor(rpc: JsonRpc, startS: number) {
    this.#rpc = rpc;
    this.#nextS = startS;
    this.#minedS = startS;
  }

  version(): number {
    return this.#version;
  }

  /** Others than the services may have sent something. */
  touched(): void {
    this.#version += 1;
  }

  /** The next block gets this timestamp. */
  async beforeSend(atS: number): Promise<void> {
    this.#version += 1;
    if (atS > this.#nextS) {
      await this.#rpc.call('evm_setNextBlockTimestamp', [atS]);
      this.#nextS = atS;
    }
    this.#minedS = this.#nextS;
  }

  /** The latest block has this timestamp, so that calls see it. */
  async show(atS: number): Promise<void> {
    if (atS <= this.#minedS) return;
    await this.#rpc.call('evm_mine', [atS]);
    this.#nextS = atS;
    this.#minedS = atS;
  }

  snapshot(): Promise<Restore> {
    const nextS = this.#nextS;
    const minedS = this.#minedS;
    const restore = async () => {
      this.#nextS = nextS;
      this.#minedS = minedS;
      this.#version += 1;
    };
    return Promise.resolve(restore);
  }
}

/** A node connection for services: `beforeSend` runs before each transaction is sent, and before each that only was sent. */
export class ServiceRpc extends RehearsedRpc {
  readonly #beforeSend: () => Promise<void>;

  constructor(url: string, rehearsal: Rehearsal, beforeSend: () => Promise<void>) {
    super(url, rehearsal, { timeoutMs: HANG_MS });
    this.#beforeSend = beforeSend;
  }

  override async batch<T extends readonly unknown[]>(calls: readonly RpcCall[]): Promise<T> {
    if (calls.some(({ method }) => SENDING.has(method))) await this.#beforeSend();
    return super.batch<T>(calls);
  }

  /** The receipt of a transaction that `send` sends; in a rehearsal it is neither signed nor sent again. */
  async sent<T>(transaction: unknown, send: () => Promise<T>): Promise<T> {
    await this.#beforeSend();
    return this.act(transaction, send);
  }
}
