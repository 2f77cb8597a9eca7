/**
 * Snapshots of the whole devnet: chain, ledger, FDC, agents and clock are taken and put back together.
 *
 * The chain's own snapshot is used up when it is put back, so it is taken again each time.
 */
import { toBeHex } from 'ethers';
import type { EvmAccount } from '../clients/flare/account.ts';
import type { JsonRpc } from '../clients/flare/json-rpc.ts';
import type { Restorable, Restore } from './clock.ts';

/** Of blocks before the first restore, as anvil starts; one more after each. */
const BLOCK_GAS_LIMIT = 30_000_000;

interface Taken {
  chainId: string;
  readonly restores: readonly Restore[];
}

export class Snapshots {
  readonly #rpc: JsonRpc;
  readonly #parts: readonly Restorable[];
  readonly #accounts: readonly EvmAccount[];
  readonly #taken = new Map<number, Taken>();
  #lastId = 0;
  #restored = 0;

  /** `accounts` forget their nonces whenever the chain is put back. */
  constructor(rpc: JsonRpc, parts: readonly Restorable[], accounts: readonly EvmAccount[]) {
    this.#rpc = rpc;
    this.#parts = parts;
    this.#accounts = accounts;
  }

  /** Id of a snapshot of everything as it is now. */
  async take(): Promise<number> {
    const restores: Restore[] = [];
    for (const part of this.#parts) restores.push(await part.snapshot());
    const chainId = await this.#rpc.call<string>('evm_snapshot');
    this.#lastId += 1;
    this.#taken.set(this.#lastId, { chainId, restores });
    return this.#lastId;
  }

  /** Puts everything back; any number of times. Snapshots taken after it are gone. Throws for an unknown id. */
  async restore(id: number): Promise<void> {
    const taken = this.#taken.get(id);
    if (taken === undefined)
      throw new Error(`there is no snapshot ${id} (never taken, or an earlier one was put back)`);
    for (const later of [...this.#taken.keys()].filter((key) => key > id)) this.#taken.delete(later);
    for (const restore of taken.restores) await restore();
    if (!(await this.#rpc.call<boolean>('evm_revert', [taken.chainId])))
      throw new Error(`the chain no longer has snapshot ${id}`);
    taken.chainId = await this.#rpc.call<string>('evm_snapshot');
    // anvil goes on with the fee that the last block left, whatever block it is put back to (measured).
    await this.#rpc.call('anvil_setNextBlockBaseFeePerGas', ['0x0']);
    await this.#makeOtherBlocks();
    for (const account of this.#accounts) account.forgetNonce();
  }

  /**
   * The same acts after a restore would make blocks of the same hash. anvil keeps past states by hash, and when it prunes
   * those that were put back it takes the living ones with them (measured: gone after 51 restores). A gas limit that nothing
   * comes near makes other hashes of the same state.
   */
  async #makeOtherBlocks(): Promise<void> {
    this.#restored += 1;
    await this.#rpc.call('evm_setBlockGasLimit', [toBeHex(BLOCK_GAS_LIMIT + this.#restored)]);
  }
}
