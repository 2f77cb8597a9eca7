/**
 * On what terms the devnet's chain takes transactions, and native coin from nowhere.
 */
import type { ChainTerms } from '../../clients/flare/account.ts';
import type { JsonRpc } from '../../clients/flare/json-rpc.ts';
import { HANG_MS } from '../../units/hang.ts';

export const CHAIN_ID = 31_337;
/**
 * State can be read this many blocks back: a redemption's window, lengthened by other redemptions, may last for hundreds. Each
 * costs memory (measured: a quarter of a megabyte with three users and agents), and no time.
 */
export const HISTORY_BLOCKS = 1024;

/** The base fee is zero unless it is moved, so every transaction costs exactly the priority fee a unit of gas. */
export const CHAIN_TERMS: ChainTerms = {
  chainId: BigInt(CHAIN_ID),
  maxFeePerGasWei: 10n * 10n ** 9n,
  maxPriorityFeePerGasWei: 10n ** 9n,
  feeCapWei: 10n ** 13n,
  receiptPollMs: 10,
  receiptTimeoutMs: HANG_MS,
};

/** Gives each address this balance in wei, whatever it had. */
export async function setBalances(rpc: JsonRpc, balances: ReadonlyMap<string, bigint>): Promise<void> {
  const calls = [...balances].map(([address, balanceWei]) => ({
    method: 'anvil_setBalance',
    params: [address, `0x${balanceWei.toString(16)}`],
  }));
  await rpc.batch(calls);
}
