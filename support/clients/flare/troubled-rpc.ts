/**
 * A user's connection to a slow or forgetful chain: transactions are mined a block late, or are taken and forgotten until
 * they are sent again. Everything else passes unchanged.
 *
 * Its behaviour depends only on the calls, so a replay meets the same blocks.
 */
import { Transaction } from 'ethers';
import type { NodeLimits } from './node-limits.ts';
import { JsonRpc, JsonRpcError, type RpcCall } from './json-rpc.ts';

export type ChainTrouble = 'delay' | 'drop';

/**
 * Blocks mined between the sending of a delayed transaction and its own. No more than one, since the devnet's chain
 * remembers few states and other users act during a long step.
 */
export const DELAY_BLOCKS = 1;

const SENDING = ['eth_sendRawTransaction', 'eth_sendRawTransactionSync'];
/** Code with which a node says that it gave up waiting for a receipt (EIP-7966). */
const NO_RECEIPT_YET = 4;
/** It has no connection of its own; calls pass through the one behind it. */
const NO_NODE = 'http://127.0.0.1:0';
const REFUSED = -32_000;

export class TroubledRpc extends JsonRpc {
  readonly #chain: JsonRpc;
  readonly #troubleNow: () => ChainTrouble | undefined;
  /** Waiting transactions and for how many blocks, one for each nonce of a sender; a later one replaces an earlier one. */
  readonly #delayed = new Map<string, { readonly raw: string; readonly blocksLeft: number }>();
  readonly #forgotten = new Set<string>();
  /** What the chain has got already is not troubled again, however often it is sent. */
  readonly #passed = new Set<string>();

  constructor(chain: JsonRpc, troubleNow: () => ChainTrouble | undefined) {
    super(NO_NODE);
    this.#chain = chain;
    this.#troubleNow = troubleNow;
  }

  /** Call after the chain was put back. */
  reset(): void {
    this.#delayed.clear();
    this.#forgotten.clear();
    this.#passed.clear();
  }

  override get limits(): NodeLimits {
    return this.#chain.limits;
  }

  override async batch<T extends readonly unknown[]>(calls: readonly RpcCall[]): Promise<T> {
    const sending = calls.find(({ method }) => SENDING.includes(method));
    if (sending !== undefined) this.#refuse(sending);
    else if (calls.some(({ method }) => method === 'eth_getTransactionReceipt')) await this.#passBlock();
    return this.#chain.batch<T>(calls);
  }

  /** Returns when the chain may have it; otherwise throws a node's error. */
  #refuse({ method, params }: RpcCall): void {
    const raw = String(params[0]);
    const trouble = this.#passed.has(raw) || this.#forgotten.has(raw) ? undefined : this.#troubleNow();
    if (trouble === undefined) this.#passed.add(raw);
    if (trouble === undefined && this.#delayed.size === 0) return;
    const place = placeOf(raw);
    if (this.#delayed.get(place)?.raw === raw)
      throw new JsonRpcError(method, { code: REFUSED, message: 'already known' });
    this.#delayed.delete(place);
    if (trouble === undefined) return;
    if (trouble === 'delay') this.#delayed.set(place, { raw, blocksLeft: DELAY_BLOCKS });
    else this.#forgotten.add(raw);
    throw new JsonRpcError(method, {
      code: NO_RECEIPT_YET,
      message: `no receipt in time of ${Transaction.from(raw).hash}`,
    });
  }

  async #passBlock(): Promise<void> {
    for (const [place, { raw, blocksLeft }] of this.#delayed) {
      if (blocksLeft > 0) {
        await this.#chain.call('evm_mine');
        this.#delayed.set(place, { raw, blocksLeft: blocksLeft - 1 });
      } else {
        this.#delayed.delete(place);
        this.#passed.add(raw);
        // Returns when it is mined, so that the next look finds it.
        await this.#chain.call('eth_sendRawTransactionSync', [raw]);
      }
    }
  }
}

function placeOf(raw: string): string {
  const { from, nonce } = Transaction.from(raw);
  return `${from} ${nonce}`;
}
